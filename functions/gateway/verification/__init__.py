"""Does this request come from who it says it comes from?

One small module a signature family. Each has `sign` and `verify` over one canonicalisation; malformed input
is a `Rejected`, never an exception. `verify` here chooses the scheme by the *configured keys*, never by what
the request claims, and fails closed.
"""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, Protocol, cast

from gateway.catalog import Source
from gateway.providers.schema import Basic, PayPal, Scheme, fetches
from gateway.request import Request
from gateway.verification.headers import kept_headers, kept_query, secret_headers
from gateway.verification.keys import fitting
from gateway.verification.outcome import Reason, Rejected, Verified

__all__ = [
    "Reason",
    "Rejected",
    "Verified",
    "challenge",
    "kept_headers",
    "kept_query",
    "key_set",
    "keyless",
    "plausible",
    "prove",
    "secret_headers",
    "sign",
    "signed",
    "unusable",
    "verify",
    "verifying_key",
]

# Imported when a source needs them: a bundle holds only the families that are configured.
_FAMILIES = {
    "hmac-signature": "gateway.verification.hmac_signature",
    "standard-webhooks": "gateway.verification.standard_webhooks",
    "token": "gateway.verification.token",
    "basic": "gateway.verification.basic",
    "url-form": "gateway.verification.url_form",
    "asymmetric": "gateway.verification.asymmetric",
    "jwt": "gateway.verification.jwt",
    "detached-jws": "gateway.verification.detached_jws",
    "http-signature": "gateway.verification.http_signature",
    "sns": "gateway.verification.sns",
    "paypal": "gateway.verification.paypal",
    "php-form": "gateway.verification.php_form",
    "fields": "gateway.verification.fields",
    "adyen": "gateway.verification.adyen",
    "braintree": "gateway.verification.braintree",
}

# How many headers a refusal names: DocuSign numbers its own up to a hundred.
_NAMED = 4


class _Family(Protocol):
    """What each family's module offers; `scheme` is of the family's own type.

    `sign` makes headers. Where a signature stands elsewhere, the module has `signed` in its place, and
    `carries`, which says whether a request has one.
    """

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
    wanted = list(dict.fromkeys(name for scheme in schemes for name in scheme.headers))
    named = [*wanted[:_NAMED], "another of its headers"] if len(wanted) > _NAMED else wanted
    return Rejected(Reason.SIGNATURE_MISSING, f"no {' or '.join(named) or 'signature'}")


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
        if _carries(scheme, request):
            find = getattr(_family(scheme), "key_set", None)
            return str(find(scheme, request)) if find is not None else ""
    return ""


def keyless(source: Source, request: Request) -> bool:
    """Whether a request can be verified without a key of the operator's, by what its provider publishes."""
    carried = [scheme for scheme in source.schemes if _carries(scheme, request)] or source.schemes
    # A key of PayPal's is the webhook's id, which nobody publishes.
    return fetches(carried[0]) and not isinstance(carried[0], PayPal)


def sign(
    schemes: Sequence[Scheme], key: str, request: Request, now: float, identifier: str
) -> dict[str, str]:
    """The headers that a sender adds. key: the shared secret, or the private key. identifier: the event's id,
    for schemes that sign one. Raises ValueError for what cannot be signed.
    """
    scheme = _scheme(schemes, key)
    return _family(scheme).sign(scheme, key, request, now, identifier)


def signed(schemes: Sequence[Scheme], key: str, request: Request, now: float, identifier: str) -> Request:
    """The request as a sender signs it, wherever the signature stands. Raises ValueError, as `sign` does.

    Of several schemes that the key is for, by the first that can sign such a request.
    """
    first = _scheme(schemes, key)
    troubles = []
    for scheme in (first, *(other for other in _eligible(schemes, [key]) if other is not first)):
        try:
            return _signed(scheme, key, request, now, identifier)
        except ValueError as trouble:
            troubles.append(trouble)
    raise troubles[0]


def _signed(scheme: Scheme, key: str, request: Request, now: float, identifier: str) -> Request:
    own = getattr(_family(scheme), "signed", None)
    if own is not None:
        whole: Request = own(scheme, key, request, now, identifier)
        return whole
    headers = _family(scheme).sign(scheme, key, request, now, identifier)
    added = {name.lower(): value for name, value in headers.items()}
    return replace(request, headers={**request.headers, **added})


def prove(schemes: Sequence[Scheme], key: str, text: str) -> str:
    """What a scheme of its own way shows of the key to a provider that asks with `text`."""
    scheme = _scheme(schemes, key)
    made: str = getattr(_family(scheme), "prove")(scheme, key, text)  # noqa: B009  few families have it
    return made


def unusable(schemes: Sequence[Scheme], key: str) -> str:
    """Why nothing can be verified with this key, in words without it; empty if all is well."""
    if not key.strip():
        return "the key is empty"
    try:
        scheme = _scheme(schemes, key)
    except ValueError as error:
        return str(error)
    return _family(scheme).unusable(scheme, key)


def challenge(source: Source) -> str:
    """What the WWW-Authenticate header of a refusal says; empty if the source is sent no such credentials."""
    realms = (scheme.realm for scheme in source.schemes if isinstance(scheme, Basic))
    return ", ".join(f'Basic realm="{realm}"' for realm in realms)


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
