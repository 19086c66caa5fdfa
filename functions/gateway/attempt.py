"""One attempt of one subscriber to handle one event: claim, call the function, end the delivery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gateway.deliveries import Busy, Claimed, Done
from gateway.errors import StoreUnavailable
from gateway.received import Undecodable, about, decode
from gateway.redaction import described
from gateway.subscribe import ClaimLost, Event, Stores

# What a lease has beyond the time that Lambda gives the function: it cannot end while the function lives.
LEASE_BEYOND_MS = 10_000

Function = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The function returned, or committed, and the delivery is ended. about: the ids for the log."""

    about: Mapping[str, str]
    attempt: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """Delivered before: nothing was done."""

    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deferred:
    """Another attempt is under way: nothing was done, and nothing can be for this long."""

    about: Mapping[str, str]
    remaining_ms: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The message must come again: to be handled, or to be found delivered if a commit took effect.

    attempt is 0 if none began.
    """

    about: Mapping[str, str]
    attempt: int
    error: Exception


def attempt(
    subscriber: str, function: Function, message: str, stores: Stores, *, owner: str, remaining_ms: int
) -> Delivered | Repeated | Deferred | Failed:
    """owner: a token never used before. remaining_ms: how long this process can live at most.

    What is no Exception (an exit, an interrupt) passes through; the claim is then held until its lease ends.
    """
    try:
        document = decode(message)
    except Undecodable as error:
        return Failed({}, 0, error)
    now = stores.clock()
    try:
        claim = stores.deliveries.claim(
            subscriber,
            document["id"],
            owner=owner,
            now=now,
            lease_until=now + remaining_ms + LEASE_BEYOND_MS,
        )
    except StoreUnavailable as error:
        return Failed(about(document), 0, error)
    match claim:
        case Done():
            return Repeated(about(document))
        case Busy(remaining):
            return Deferred(about(document), remaining)
        case Claimed():
            trouble = _handle(function, Event(document, claim, stores), claim, stores)
            if trouble is not None:
                return Failed(about(document), claim.attempt, trouble)
            return Delivered(about(document), claim.attempt)


def _handle(function: Function, event: Event, claim: Claimed, stores: Stores) -> Exception | None:
    """Call the function and end the delivery; what went wrong, if anything did."""
    trouble: Exception | None = None
    try:
        function(event)
    except Exception as error:  # noqa: BLE001  what a subscriber raises concerns its own record alone
        trouble = error
    left = event.settle()
    try:
        if left == "committed":
            return trouble
        if trouble is None and left == "in doubt":
            trouble = StoreUnavailable("the function returned after a commit that may not have taken effect")
        if trouble is not None:
            stores.deliveries.release(claim, error=described(trouble), now=stores.clock())
        elif not stores.deliveries.complete(claim, now=stores.clock()):
            trouble = ClaimLost(f"event {event.id}: another attempt took it before this one was over")
    except StoreUnavailable as error:
        # A claim that could not be released is free when its lease is over, before the message is seen again.
        return trouble or error
    return trouble
