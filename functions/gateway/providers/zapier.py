"""Webhooks by Zapier. https://help.zapier.com/hc/en-us/articles/8496326446989"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="zapier",
    title="Webhooks by Zapier",
    confidence="registry",
    proof="webhook-co's registry",
    docs="https://help.zapier.com/hc/en-us/articles/8496326446989",
    schemes=(Token(header="Authorization", prefix="Bearer ", bare=True),),
    secret="the text that you enter as the value of a header: the Zap > Webhooks by Zapier > Headers",
    settings={"header": "the name of that header; Authorization if left out"},
    notes=(
        "The body is what the Zap makes of it, and has neither an id nor a type that is known.",
        "With Basic Auth the key is `Basic ` and the base64 that Zapier sends.",
        "The token authenticates the caller, not the body.",
    ),
)
