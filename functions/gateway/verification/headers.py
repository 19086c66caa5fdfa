"""Which headers authenticate a request: where schemes are looked for, and what is never kept."""

from gateway.catalog import Source
from gateway.providers.schema import Scheme, StandardWebhooks

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


def signature_headers(scheme: Scheme) -> tuple[str, ...]:
    """The headers with this scheme's signature or token, lower-case, in order of preference."""
    if isinstance(scheme, StandardWebhooks):
        return tuple(f"{name}-signature" for name in scheme.names)
    return (scheme.header.lower(),)


def secret_headers(source: Source) -> frozenset[str]:
    """Lower-case names of the headers that must reach no log, ledger or subscriber."""
    return _ALWAYS.union(*(signature_headers(scheme) for scheme in source.schemes))
