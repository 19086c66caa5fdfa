"""Marqeta, by SHA-1. https://www.marqeta.com/docs/developer-guides/signature-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="marqeta-sha1",
    title="Marqeta, by SHA-1",
    confidence="docs",
    proof="Marqeta documentation, Signature verification",
    docs="https://www.marqeta.com/docs/developer-guides/signature-verification",
    schemes=(Hmac(header="X-Marqeta-Signature", hash="sha1"),),
    secret="the webhook's config.secret, where no signature_algorithm is set",
    id=("json:token",),
    id_signed=True,
    type=("json:type",),
    items="json:transactions",
    retries_for=14 * 86_400,
    notes=("Set signature_algorithm to HMAC_SHA_256, then use `marqeta`.",),
)
