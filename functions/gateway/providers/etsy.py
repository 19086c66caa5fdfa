"""Etsy. https://developers.etsy.com/documentation/essentials/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="etsy",
    title="Etsy",
    confidence="registry",
    proof="Etsy documentation, Webhooks",
    docs="https://developers.etsy.com/documentation/essentials/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the endpoint's signing secret (whsec_…): Etsy > Manage your apps > Webhook portal > the endpoint",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:event_type", "json:type"),
    notes=(
        "Webhooks are for apps with commercial access.",
        "The body names a resource only; what changed has to be fetched.",
    ),
)
