"""Metronome. https://docs.metronome.com/developer-resources/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="metronome",
    title="Metronome",
    confidence="sdk",
    proof="@metronome/sdk: webhooks.verifySignature",
    docs="https://docs.metronome.com/developer-resources/webhooks/",
    schemes=(
        Hmac(
            header="Metronome-Webhook-Signature",
            content="{timestamp}\n{body}",
            timestamp_header="X-Metronome-Date",
            timestamp_unit="http-date",
        ),
    ),
    secret="the webhook's secret, shown once when it is created: Metronome > Connections > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
