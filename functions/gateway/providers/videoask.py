"""VideoAsk. https://developers.videoask.com/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="videoask",
    title="VideoAsk",
    confidence="registry",
    proof="Nango's source",
    docs="https://developers.videoask.com/",
    schemes=(Token(prefix="Bearer ", bare=True),),
    secret="the text that you enter as the value of the webhook's custom header",
    settings={"header": "the name of the webhook's custom header"},
    required=("header",),
    id=("json:event_id",),
    type=("json:event_type",),
    notes=("The token authenticates the caller, not the body.",),
)
