"""Subscribers as a person handles them: what a new one consists of, and which there are."""
