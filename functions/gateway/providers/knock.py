"""Knock. https://docs.knock.app/developer-tools/outbound-webhooks/event-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="knock",
    title="Knock",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.knock.app/developer-tools/outbound-webhooks/event-webhooks",
    schemes=(
        Hmac(
            header="x-knock-signature",
            encoding="base64",
            content="{timestamp}.{body}",
            signature_field="s",
            timestamp_field="t",
            timestamp_unit="ms",
        ),
    ),
    secret="the webhook's signing key: Knock dashboard > Developers > Webhooks > the webhook",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
