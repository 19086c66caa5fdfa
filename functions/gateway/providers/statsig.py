"""Statsig. https://docs.statsig.com/integrations/event_webhook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="statsig",
    title="Statsig",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.statsig.com/integrations/event_webhook",
    schemes=(
        Hmac(
            header="X-Statsig-Signature",
            prefix="v0=",
            content="v0:{timestamp}:{body}",
            timestamp_header="X-Statsig-Request-Timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the webhook's signing secret: Statsig > Project Settings > Integrations > Generic Webhook",
)
