"""Turns accepted envelopes into events: each claimed, written down and published, once for each id."""
