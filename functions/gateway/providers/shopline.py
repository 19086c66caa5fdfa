"""SHOPLINE. https://developer.shopline.com/docs/apps/event-notifications/overview"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="shopline",
    title="SHOPLINE",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developer.shopline.com/docs/apps/event-notifications/overview",
    schemes=(Hmac(header="X-Shopline-Hmac-Sha256"),),
    secret="the app's secret: SHOPLINE Partner Portal > the app > App credentials",
    id=("header:X-Shopline-Webhook-Id",),
    type=("header:X-Shopline-Topic",),
    retries_for=2 * 86_400,
    answer_within=5,
    notes=("Ids and topics are headers that the signature does not cover.",),
)
