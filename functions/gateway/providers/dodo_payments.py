"""Dodo Payments. https://docs.dodopayments.com/developer-resources/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="dodo-payments",
    title="Dodo Payments",
    confidence="sdk",
    proof="dodopayments, Python: webhooks.unwrap",
    docs="https://docs.dodopayments.com/developer-resources/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the webhook's secret key (whsec_…): Dodo Payments > Developer > Webhooks > the endpoint",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:type",),
)
