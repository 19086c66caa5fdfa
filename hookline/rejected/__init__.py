"""What ingest refused and kept: looked at, and verified again with the keys that are in force now."""
