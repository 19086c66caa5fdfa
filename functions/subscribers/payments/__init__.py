"""Stripe's payments, in a table of orders."""
