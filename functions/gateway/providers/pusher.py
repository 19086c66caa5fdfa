"""Pusher Channels. https://pusher.com/docs/channels/server_api/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="pusher",
    title="Pusher Channels",
    confidence="sdk",
    proof="pusher Python library validate_webhook",
    docs="https://pusher.com/docs/channels/server_api/webhooks/",
    # Pusher redelivers for five minutes, with the moment of the first attempt.
    schemes=(
        Hmac(
            header="X-Pusher-Signature",
            timestamp_json="time_ms",
            timestamp_unit="ms",
            tolerance=600,
            key_id_header="X-Pusher-Key",
        ),
    ),
    secret="the app's secret: Pusher dashboard > the app > App Keys",
    type=("json:name",),
    items="json:events",
    retries_for=300,
    settings={"key_id": "the app's key: requests that name another app in X-Pusher-Key are refused"},
)
