"""BigCommerce. https://docs.bigcommerce.com/developer/docs/integrations/webhooks/https-webhook-overview"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="bigcommerce",
    title="BigCommerce",
    confidence="sdk",
    proof="standardwebhooks 1.1.0 with BigCommerce's documentation",
    docs="https://docs.bigcommerce.com/developer/docs/integrations/webhooks/https-webhook-overview",
    # The client secret is the key as it stands; it is not base64 of one.
    schemes=(StandardWebhooks(key="text"),),
    secret="the client secret of the app whose API account made the webhook, as it is shown",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:scope",),
    retries_for=48 * 3600,
    notes=(
        "`hash` in the body is the same for two firings of one event: it is not the event's id.",
        "The body names a resource only; what changed has to be fetched.",
        "After 48 hours of failures BigCommerce deactivates the webhook.",
    ),
)
