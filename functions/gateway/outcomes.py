"""What becomes of a message that brought a delivery. about: the ids for the log."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.deliveries import Cause

About = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The function returned, or committed, and the delivery is ended."""

    about: About
    attempt: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """Delivered before: nothing was done."""

    about: About


@dataclass(frozen=True, slots=True)
class Superseded:
    """Something else carries the delivery by now: nothing was done."""

    about: About


@dataclass(frozen=True, slots=True)
class Paused:
    """The subscriber is paused: the delivery stands in its due line."""

    about: About


@dataclass(frozen=True, slots=True)
class Waiting:
    """The attempt failed; the next one is due in so many seconds, and a message or a line leads to it."""

    about: About
    attempt: int
    error: BaseException
    seconds: int


@dataclass(frozen=True, slots=True)
class Parked:
    """The delivery was given up. error: None if no attempt failed now. attempt: 0 if none ever was made."""

    about: About
    attempt: int
    cause: Cause
    told: str
    error: BaseException | None


@dataclass(frozen=True, slots=True)
class Deferred:
    """Another attempt is under way: nothing was done, and nothing can be for this long."""

    about: About
    remaining_ms: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The message must come again: to be handled, or to be found delivered if a commit took effect.

    attempt is 0 if none began.
    """

    about: About
    attempt: int
    error: BaseException


Outcome = Delivered | Repeated | Superseded | Paused | Waiting | Parked | Deferred | Failed
