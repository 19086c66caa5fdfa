"""The AWS side: one construct a capability, wired in `gateway_stack`."""
