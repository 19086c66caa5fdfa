"""Primer. https://primer.io/docs/api-reference/get-started/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="primer",
    title="Primer",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://primer.io/docs/api-reference/get-started/webhooks",
    schemes=(Hmac(header="X-Signature-Primary", more_headers=("X-Signature-Secondary",), encoding="base64"),),
    secret="the signing secret: Primer dashboard > Developers > Webhooks",
    type=("json:eventType",),
)
