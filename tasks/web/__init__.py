"""The network, and the archive of what came from it."""
