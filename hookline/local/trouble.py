"""What keeps a gateway from being run or reached."""


class Trouble(Exception):
    """One clear line for a person: what happened, with what value, and what to do about it."""
