"""Answers the provider: verified and durable, or a refusal with its reason."""
