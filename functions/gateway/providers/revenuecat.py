"""RevenueCat. https://www.revenuecat.com/docs/integrations/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="revenuecat",
    title="RevenueCat",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://www.revenuecat.com/docs/integrations/webhooks",
    schemes=(
        Hmac(
            header="X-RevenueCat-Webhook-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret=(
        "the webhook's signing secret, with signatures switched on: RevenueCat > Integrations > Webhooks"
    ),
    id=("json:event.id",),
    id_signed=True,
    type=("json:event.type",),
    notes=("Signatures are off until they are switched on; otherwise a fixed Authorization header is sent.",),
)
