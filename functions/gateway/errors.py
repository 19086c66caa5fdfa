"""What goes wrong outside of a request: our own trouble.

    HooklineError
    └── StoreUnavailable        an AWS store refused or did not answer in time
        └── KeysUnavailable     a source's keys could not be read, or none is set

What is wrong with a request is a value (`Rejected`), not an exception.
"""


class HooklineError(Exception):
    """Anything that Hookline raises on purpose."""


class StoreUnavailable(HooklineError):
    """A store refused a call or did not answer in time; the call may have taken effect all the same."""


class KeysUnavailable(StoreUnavailable):
    """The keys of a source could not be read, or none is set."""
