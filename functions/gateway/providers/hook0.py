"""Hook0. https://documentation.hook0.com/tutorials/webhook-authentication"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="hook0",
    title="Hook0",
    confidence="sdk",
    proof="hook0-client, Python: verify_webhook_signature",
    docs="https://documentation.hook0.com/tutorials/webhook-authentication",
    # Where both are sent `v1` decides: `v0` is never a way around it.
    schemes=(
        Hmac(
            header="X-Hook0-Signature",
            content="{timestamp}.{field:h}.{headers:h}.{body}",
            signature_field="v1",
            timestamp_field="t",
            once=True,
            yields=True,
            beside="h=x-event-id",
        ),
        Hmac(
            header="X-Hook0-Signature",
            content="{timestamp}.{body}",
            signature_field="v0",
            timestamp_field="t",
            once=True,
        ),
    ),
    secret="the subscription's secret: Hook0 > the application > Subscriptions",
    id=("header:X-Event-Id",),
    type=("header:X-Event-Type",),
    notes=("Where `v1` is sent it alone counts; it covers the headers that it lists.",),
)
