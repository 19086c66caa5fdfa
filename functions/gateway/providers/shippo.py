"""Shippo. https://docs.goshippo.com/docs/tracking/webhooksecurity/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="shippo",
    title="Shippo",
    confidence="docs",
    proof="Shippo documentation, Webhook security",
    docs="https://docs.goshippo.com/docs/tracking/webhooksecurity/",
    schemes=(
        Hmac(
            header="Shippo-Auth-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the HMAC secret that Shippo's support sets up for the account",
    type=("json:event",),
    notes=("Without HMAC, the default, Shippo's webhooks are not signed.",),
)
