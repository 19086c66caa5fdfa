"""Freshworks. https://developers.freshworks.com/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="freshworks",
    title="Freshworks",
    confidence="unconfirmed",
    proof="no documentation of a signature is known",
    docs="https://developers.freshworks.com/",
    schemes=(Token(header="Authorization", prefix="Bearer ", bare=True),),
    secret="the text that you enter as the value of a header, in the rule that triggers the webhook",
    settings={"header": "the header that you have Freshworks send the token in; Authorization if left out"},
    notes=(
        "With Basic authentication the key is `Basic ` and the base64 that Freshworks sends.",
        "The token authenticates the caller, not the body.",
    ),
)
