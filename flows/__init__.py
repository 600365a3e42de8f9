"""The shell: the clock, the environment, the command line and the schedules. What is done is in `tasks`, what is stored in `warehouse`."""
