"""Tally. https://tally.so/help/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="tally",
    title="Tally",
    confidence="docs",
    proof="descriptions of Tally's signature that agree",
    docs="https://tally.so/help/webhooks",
    schemes=(Hmac(header="Tally-Signature", encoding="base64"),),
    secret="the signing secret that you enter for the webhook: the form's Integrations > Webhooks",
    id=("json:eventId",),
    id_signed=True,
    type=("json:eventType",),
)
