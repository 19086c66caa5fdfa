"""Shopify. https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="shopify",
    title="Shopify",
    confidence="sdk",
    proof="@shopify/shopify-api",
    docs="https://shopify.dev/docs/apps/build/webhooks/subscribe/https",
    # The newer header family has no `X-`. Both are signed with the same key.
    schemes=(
        Hmac(header="Shopify-Hmac-Sha256", encoding="base64"),
        Hmac(header="X-Shopify-Hmac-Sha256", encoding="base64"),
    ),
    secret=(
        "the app's client secret: Dev Dashboard > the app > Settings; for webhooks made in a shop's admin, "
        "the key below the list: Settings > Notifications > Webhooks"
    ),
    id=(
        "header:X-Shopify-Event-Id",
        "header:Shopify-Event-Id",
        "header:X-Shopify-Webhook-Id",
        "header:Shopify-Webhook-Id",
    ),
    type=("header:X-Shopify-Topic", "header:Shopify-Topic"),
    retries_for=4 * 3600,
    answer_within=5,
    notes=(
        "After a rotation Shopify signs with the oldest secret that is not revoked: keep both.",
        "The signature covers the body alone: topic, shop and ids are headers that it does not cover.",
        "Several subscriptions share the event's id: give each topic that may share one a source of its own.",
    ),
)
