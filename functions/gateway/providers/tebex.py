"""Tebex. https://docs.tebex.io/developers/webhooks/overview"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="tebex",
    title="Tebex",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.tebex.io/developers/webhooks/overview",
    # The hex SHA-256 of the body is signed in its place.
    schemes=(Hmac(header="X-Signature", content="{body_sha256_hex}"),),
    secret="the webhook secret: Tebex > Developers > Webhooks > Endpoints",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    handshakes=(
        Handshake(
            methods=("POST",),
            where=(("json:type", "validation.webhook"),),
            echo="json:id",
            content_type="application/json",
            body='{"id":{json}}',
        ),
    ),
)
