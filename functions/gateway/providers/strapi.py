"""Strapi. https://docs.strapi.io/cms/backend-customization/webhooks"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="strapi",
    title="Strapi",
    confidence="docs",
    proof="Strapi documentation, Webhooks",
    docs="https://docs.strapi.io/cms/backend-customization/webhooks",
    schemes=(Token(header="Authorization", prefix="Bearer ", bare=True),),
    secret="the value of the Authorization header that you add: Strapi > Settings > Webhooks > the webhook",
    settings={"header": "the header that you add for it; Authorization if left out"},
    type=("header:X-Strapi-Event", "json:event"),
    notes=(
        "Strapi sends no event id: its redeliveries cannot be told from new events.",
        "The token authenticates the caller, not the body.",
    ),
)
