"""What runs on a person's machine: the configuration, the command line and the local gateway."""
