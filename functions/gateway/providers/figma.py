"""Figma. https://developers.figma.com/docs/rest-api/webhooks-security/"""

from gateway.providers.schema import Handshake, Provider, Token

PROVIDER = Provider(
    name="figma",
    title="Figma",
    confidence="docs",
    proof="Figma documentation, Webhooks V2 security",
    docs="https://developers.figma.com/docs/rest-api/webhooks-security/",
    schemes=(Token(place="json:passcode"),),
    secret="the passcode that you send when you make the webhook by Figma's API",
    type=("json:event_type",),
    handshakes=(Handshake(methods=("POST",), where=(("json:event_type", "PING"),)),),
    redact=("json:passcode",),
    notes=(
        "Figma sends no event id: its redeliveries cannot be told from new events.",
        "The passcode stands in each body, and is kept with it: change it when a reader of events leaves.",
        "A webhook that is answered 400 is switched off.",
        "The token authenticates the caller, not the body.",
    ),
)
