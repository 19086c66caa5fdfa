"""Marqeta. https://www.marqeta.com/docs/developer-guides/signature-verification"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="marqeta",
    title="Marqeta",
    confidence="docs",
    proof="Marqeta documentation, Signature verification",
    docs="https://www.marqeta.com/docs/developer-guides/signature-verification",
    schemes=(Hmac(header="X-Marqeta-Signature"),),
    secret="the webhook's config.secret, with signature_algorithm HMAC_SHA_256",
    id=("json:token",),
    id_signed=True,
    type=("json:type",),
    items="json:transactions",
    handshakes=(Handshake(methods=("POST",), where=(("json:pings.0.payload", "healthcheck"),)),),
    retries_for=14 * 86_400,
    notes=(
        "Marqeta signs with SHA-1 unless told otherwise: that is `marqeta-sha1`.",
        "Marqeta also sends Basic credentials; the signature is what counts here.",
    ),
)
