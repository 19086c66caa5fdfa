"""Airwallex. https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="airwallex",
    title="Airwallex",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events",
    schemes=(
        Hmac(
            header="x-signature",
            content="{timestamp}{body}",
            timestamp_header="x-timestamp",
            timestamp_unit="ms",
            tolerance=0,
        ),
    ),
    secret="the secret of the notification URL: Airwallex web app > Developer > Webhooks > the URL",
    id=("json:id",),
    id_signed=True,
    type=("json:name",),
    retries_for=3 * 86_400,
    notes=("Airwallex names no tolerance and redelivers for days: the signed id tells replays apart.",),
)
