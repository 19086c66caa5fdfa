"""Does this request come from who it says it comes from?

One small module a signature family. Each has `sign` and `verify` over one canonicalisation; malformed input
is a `Rejected`, never an exception. `verify` here chooses the scheme by the *configured keys*, never by what
the request claims, and fails closed.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from gateway.catalog import Source
from gateway.providers.schema import Scheme
from gateway.request import Request
from gateway.verification.headers import kept_headers, secret_headers
from gateway.verification.keys import fitting
from gateway.verification.outcome import Reason, Rejected, Verified

__all__ = [
    "Reason",
    "Rejected",
    "Verified",
    "kept_headers",
    "plausible",
    "secret_headers",
    "sign",
    "unusable",
    "verify",
    "verifying_key",
]

# Imported when a source needs them: a bundle holds only the families that are configured.
_FAMILIES = {
    "hmac-signature": "gateway.verification.hmac_signature",
    "standard-webhooks": "gateway.verification.standard_webhooks",
    "token": "gateway.verification.token",
    "url-form": "gateway.verification.url_form",
    "asymmetric": "gateway.verification.asymmetric",
}


class _Family(Protocol):
    """What each family's module offers; `scheme` is of the family's own type."""

    def verify(
        self, scheme: Any, keys: Sequence[str], request: Request, now: float, /
    ) -> Verified | Rejected: ...
    def sign(
        self, scheme: Any, key: str, request: Request, now: float, identifier: str, /
    ) -> dict[str, str]: ...
    def unusable(self, scheme: Any, key: str, /) -> str: ...
    def verifying_key(self, scheme: Any, key: str, /) -> str: ...


def verify(source: Source, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    """keys: the active ones, newest first. now: seconds since 1970. Nothing that is sent makes it raise."""
    if source.unverified:
        return Verified("none", "")
    schemes = _eligible(source.schemes, keys)
    if not schemes:
        return Rejected(Reason.SIGNATURE_MISMATCH, "no active key is of a kind that this source verifies by")
    for scheme in schemes:
        if _carries(scheme, request):
            return _family(scheme).verify(scheme, fitting(keys, scheme.key_prefix), request, now)
    wanted = [name for scheme in schemes for name in scheme.headers]
    return Rejected(Reason.SIGNATURE_MISSING, f"no {' or '.join(wanted)}")


def plausible(source: Source, request: Request, now: float) -> bool:
    """Whether it is one that another key might verify: something of a scheme's is there, and where the family
    can tell, the time that it names is not too far from now. It proves nothing.
    """
    return any(_carries(scheme, request) and not _stale(scheme, request, now) for scheme in source.schemes)


def key_set(source: Source, request: Request) -> str:
    """The URL of the key set or certificate that this request is to be verified with; empty if none is.

    What lies there counts as a key of the source. Whoever fetches it need trust no more than its family did:
    the URL is the scheme's own, or one that the request names and the scheme's pattern allows.
    """
    for scheme in source.schemes:
        find = getattr(_family(scheme), "key_set", None)
        if find is not None and _carries(scheme, request):
            url: str = find(scheme, request)
            return url
    return ""


def sign(
    schemes: Sequence[Scheme], key: str, request: Request, now: float, identifier: str
) -> dict[str, str]:
    """The headers that a sender adds. key: the shared secret, or the private key. identifier: the event's id,
    for schemes that sign one. Raises ValueError for what cannot be signed.
    """
    scheme = _scheme(schemes, key)
    return _family(scheme).sign(scheme, key, request, now, identifier)


def unusable(schemes: Sequence[Scheme], key: str) -> str:
    """Why nothing can be verified with this key, in words without it; empty if all is well."""
    if not key.strip():
        return "the key is empty"
    try:
        scheme = _scheme(schemes, key)
    except ValueError as error:
        return str(error)
    return _family(scheme).unusable(scheme, key)


def verifying_key(schemes: Sequence[Scheme], key: str) -> str:
    """The key to configure for what `sign` makes with `key`: itself, or the public key. Raises ValueError."""
    scheme = _scheme(schemes, key)
    return _family(scheme).verifying_key(scheme, key)


def _scheme(schemes: Sequence[Scheme], key: str) -> Scheme:
    eligible = _eligible(schemes, [key])
    if not eligible:
        prefixes = " or ".join(scheme.key_prefix for scheme in schemes if scheme.key_prefix)
        raise ValueError(
            f"the key does not begin with {prefixes}" if prefixes else "the source verifies nothing"
        )
    return eligible[0]


def _eligible(schemes: Sequence[Scheme], keys: Sequence[str]) -> list[Scheme]:
    """Schemes whose key_prefix fits an active key shut out those that have none."""
    stronger = [scheme for scheme in schemes if scheme.key_prefix and fitting(keys, scheme.key_prefix)]
    return stronger or [scheme for scheme in schemes if not scheme.key_prefix]


def _carries(scheme: Scheme, request: Request) -> bool:
    """Whether there is something of this scheme's to verify: in its headers, or where its family looks."""
    looks = getattr(_family(scheme), "carries", None)
    if looks is not None:
        return bool(looks(scheme, request))
    return any(request.header(name) for name in scheme.headers)


def _stale(scheme: Scheme, request: Request, now: float) -> bool:
    """Whether the time that a request names is too far from now, for families that have one."""
    looks = getattr(_family(scheme), "stale", None)
    return looks is not None and bool(looks(scheme, request, now))


def _family(scheme: Scheme) -> _Family:
    return cast(_Family, import_module(_FAMILIES[scheme.family]))
