"""Autodesk Platform Services. https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/hook-callback-security/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="autodesk",
    title="Autodesk Platform Services",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/hook-callback-security/",
    schemes=(Hmac(header="x-adsk-signature", hash="sha1", prefix="sha1hash="),),
    secret="the token that you registered with POST webhooks/v1/tokens",
    id=("header:x-adsk-delivery-id",),
    type=("json:hook.event",),
    notes=("The delivery id is a header that the signature does not cover.",),
)
