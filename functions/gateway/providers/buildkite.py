"""Buildkite. https://buildkite.com/docs/apis/webhooks/pipelines#webhook-signature"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="buildkite",
    title="Buildkite",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://buildkite.com/docs/apis/webhooks/pipelines#webhook-signature",
    schemes=(
        Hmac(
            header="X-Buildkite-Signature",
            content="{timestamp}.{body}",
            signature_field="signature",
            timestamp_field="timestamp",
        ),
    ),
    secret=(
        "the token of the notification service, with signatures switched on: Settings > Notification "
        "Services > the webhook"
    ),
    id=("header:X-Buildkite-Request",),
    type=("header:X-Buildkite-Event",),
    notes=("A notification service either signs or sends X-Buildkite-Token: choose the signature.",),
)
