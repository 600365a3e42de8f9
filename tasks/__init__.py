"""The work: plain typed functions from values to values. Only `tasks.web` touches the network, nothing here touches the warehouse."""
