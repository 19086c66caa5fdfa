"""Treezor. https://docs.treezor.com/guide/webhooks/integrity-checks.html"""

from gateway.providers.schema import Fields, Provider

PROVIDER = Provider(
    name="treezor",
    title="Treezor",
    confidence="registry",
    proof="one open registry",
    docs="https://docs.treezor.com/guide/webhooks/integrity-checks.html",
    schemes=(
        Fields(
            signature="json:object_payload_signature",
            content="{php:json:object_payload}",
            encoding="base64",
        ),
    ),
    secret="the webhook secret that Treezor gave you with your credentials",
    id=("json:webhook_id",),
    type=("json:webhook",),
    retries_for=30 * 60,
    notes=("Only object_payload is signed: neither the id nor the type is.",),
)
