"""Coinbase Developer Platform. https://docs.cdp.coinbase.com/webhooks/verify-signatures"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="coinbase",
    title="Coinbase Developer Platform",
    confidence="docs",
    proof="Coinbase documentation, Verify webhook signatures",
    docs="https://docs.cdp.coinbase.com/webhooks/verify-signatures",
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
    secret=(
        "the subscription's secret, which Coinbase answers with in metadata.secret when the "
        "subscription is created"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:eventType",),
    notes=("The signature is Hook0's: where `v1` is sent it alone counts.",),
)
