"""Constant Contact. https://developer.constantcontact.com/api_guide/webhook_authenticity.html"""

from gateway.providers.schema import DetachedJws, Provider

PROVIDER = Provider(
    name="constant-contact",
    title="Constant Contact",
    confidence="docs",
    proof="Constant Contact documentation, webhook authenticity",
    docs="https://developer.constantcontact.com/api_guide/webhook_authenticity.html",
    schemes=(
        DetachedJws(
            algorithms=("RS256",),
            header="x-ctct-webhook-sig",
            b64=False,
            timestamp_parameter="ts",
            key_set_url="https://developer.constantcontact.com/.well-known/jwks.json",
            tolerance=300,
        ),
    ),
    secret="none is needed: Constant Contact publishes its keys. A key of your own is tried before them",
    type=("json:event_type",),
)
