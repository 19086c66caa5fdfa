"""Keeping secrets out of what is logged and kept about somebody else's exception."""

import re

# Keys that say what they are, credentials in a header's or a URL's shape, and `password=…`.
_SECRETS = re.compile(
    r"""
      \b(?:sk|rk|pk|whsec|whpk|whsk|gh[pousr]|github_pat|glpat|xox[a-z]|SG)[-_.][\w.+/=-]{6,}
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b
    | (?<=://)[^\s/@]+(?=@)
    | (?<=\bBearer\s)\S+ | (?<=\bBasic\s)\S+
    | (?<=password=)\S+ | (?<=secret=)\S+ | (?<=token=)\S+ | (?<=signature=)\S+
    """,
    re.VERBOSE | re.IGNORECASE,
)
CHARACTERS = 500


def described(error: BaseException) -> str:
    """An exception's class and words: one line, at most 500 characters, without what looks like a secret."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {_SECRETS.sub('***', words)}"[:CHARACTERS].rstrip(": ")
