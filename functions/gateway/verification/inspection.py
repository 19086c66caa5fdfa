"""How a verdict came about, for a person who asks. No function that runs in Lambda reaches this module."""

from collections.abc import Sequence

from gateway.catalog import Source
from gateway.providers.schema import Scheme
from gateway.request import Request
from gateway.verification import _carries, _eligible, _family
from gateway.verification.keys import fitting


def eligible(source: Source, keys: Sequence[str]) -> list[Scheme]:
    """The schemes that the keys leave, in the order in which they are looked for."""
    return _eligible(source.schemes, keys)


def carried(source: Source, keys: Sequence[str], request: Request) -> Scheme | None:
    """The scheme that the request is verified by; None if it has nothing of any."""
    return next((scheme for scheme in eligible(source, keys) if _carries(scheme, request)), None)


def carries(scheme: Scheme, request: Request) -> bool:
    """Whether there is something of this scheme's to verify."""
    return _carries(scheme, request)


def tried(scheme: Scheme, keys: Sequence[str]) -> list[str]:
    """The keys that are tried with a scheme, in their order."""
    return fitting(keys, scheme.key_prefix)


def signed_bytes(scheme: Scheme, key: str, request: Request, now: float) -> bytes | None:
    """Exactly what a signature with this key would have to cover.

    None where the scheme signs nothing, or the family cannot say it: it may have a function of this name.
    """
    find = getattr(_family(scheme), "signed_bytes", None)
    found: bytes | None = find(scheme, key, request, now) if find else None
    return found


def signed_at(scheme: Scheme, request: Request) -> tuple[str, float] | None:
    """The signed timestamp as it is written, and in seconds since 1970.

    None if there is none that can be read, or the family has no function of this name.
    """
    find = getattr(_family(scheme), "signed_at", None)
    found: tuple[str, float] | None = find(scheme, request) if find else None
    return found
