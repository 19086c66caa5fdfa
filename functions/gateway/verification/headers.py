"""What of a request authenticates it: where schemes are looked for, and what is never kept."""

import re
from collections.abc import Mapping
from urllib.parse import unquote_plus

from gateway.catalog import Source
from gateway.providers.schema import Hmac, Jwt, Token

# Sent beside the header that is verified, or by whoever has the wrong URL.
_ALWAYS = frozenset(
    {
        "authorization",
        "cookie",
        "proxy-authorization",
        "stripe-signature",
        "svix-signature",
        "webhook-signature",
        "x-amz-security-token",
        "x-api-key",
        "x-gitlab-token",
        "x-hub-signature",
        "x-hub-signature-256",
        "x-shopify-hmac-sha256",
        "x-signature-ed25519",
        "x-slack-signature",
        "x-twilio-email-event-webhook-signature",
        "x-twilio-signature",
    }
)

# Of senders that nothing is known of: what says by its name that it authenticates.
_TELLING = re.compile(
    r"signature|hmac|secret|token|passw|credential|cookie|api-?key|authori[sz]ation|authentication"
    r"|(?:^|[-_])(?:auth|sig|sign)(?:$|[-_])"
)


def secret_headers(source: Source) -> frozenset[str]:
    """Lower-case names of the headers that must reach no log, ledger or subscriber."""
    return _ALWAYS.union(*(scheme.headers for scheme in source.schemes))


def telling(name: str) -> bool:
    """Whether a header, or a parameter of a query, says by its name that its value authenticates."""
    return name.lower() in _ALWAYS or _TELLING.search(name.lower()) is not None


def kept_headers(source: Source, headers: Mapping[str, str]) -> dict[str, str]:
    """Those of a request, by lower-case name, that may be kept and shown: none that authenticates.

    One that the source's id or type stands in is kept whatever its name says, unless the source verifies by
    it.
    """
    secret = secret_headers(source)
    places = {part.lower() for place in (*source.id, *source.type) for part in place.split("+")}
    return {
        name: value
        for name, value in headers.items()
        if name not in secret and (f"header:{name}" in places or not _TELLING.search(name))
    }


def kept_query(source: Source, query: str) -> str:
    """The query string with *** for the value of each parameter that authenticates, by the source's scheme or
    by its name. One that the source's id or type stands in is kept, unless the source verifies by it.
    """
    secret = {scheme.parameter for scheme in source.schemes if isinstance(scheme, Token)}
    secret |= {scheme.query for scheme in source.schemes if isinstance(scheme, Hmac | Jwt)}
    places = {part for place in (*source.id, *source.type) for part in place.split("+")}

    def kept(pair: str) -> str:
        written, equals, _ = pair.partition("=")
        name = unquote_plus(written)
        authenticates = name in secret or (telling(name) and f"query:{name}" not in places)
        return f"{written}{equals}***" if authenticates and equals else pair

    return "&".join(kept(pair) for pair in query.split("&"))
