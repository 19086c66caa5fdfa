"""Gorgias. https://docs.gorgias.com/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="gorgias",
    title="Gorgias",
    confidence="unconfirmed",
    proof="no documentation of a signature is known",
    docs="https://docs.gorgias.com/",
    schemes=(Token(header="Authorization", prefix="Bearer ", bare=True),),
    secret="the text that you enter as the value of a header: Settings > HTTP integration",
    settings={"header": "the header that you have Gorgias send the token in; Authorization if left out"},
    notes=(
        "The payload is a template of yours, and has neither an id nor a type that is known.",
        "The token authenticates the caller, not the body.",
    ),
)
