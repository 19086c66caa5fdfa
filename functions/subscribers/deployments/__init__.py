"""GitHub's pushes and releases, in a table of deployments."""
