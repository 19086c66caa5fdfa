"""Brevo. https://developers.brevo.com/docs/how-to-use-webhooks"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="brevo",
    title="Brevo",
    confidence="registry",
    proof="webhook-co's registry",
    docs="https://developers.brevo.com/docs/how-to-use-webhooks",
    schemes=(Token(header="Authorization", prefix="Bearer ", bare=True),),
    secret="the token that you give the webhook, or the whole value of the header that you have it send",
    settings={"header": "the header that you have Brevo send the token in; Authorization if left out"},
    # One message has several events, and may be opened twice.
    id=("json:message-id",),
    once=("json:message-id+json:event+json:ts_event",),
    type=("json:event",),
    notes=("The token authenticates the caller, not the body.",),
)
