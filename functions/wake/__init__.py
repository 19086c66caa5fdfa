"""Brings deliveries back whose time has come, and looks for those that nobody carries."""
