"""Okta event hooks. https://developer.okta.com/docs/concepts/event-hooks/"""

from gateway.providers.schema import Handshake, Provider, Token

PROVIDER = Provider(
    name="okta",
    title="Okta event hooks",
    confidence="docs",
    proof="Okta documentation, Event hooks",
    docs="https://developer.okta.com/docs/concepts/event-hooks/",
    # Okta sends the text as it was entered: no `Bearer ` is put before it.
    schemes=(Token(header="Authorization"),),
    secret=(
        "the whole text that you enter as Authentication secret: Okta Admin Console > Workflow > Event Hooks"
    ),
    settings={"header": "the hook's Authentication field; Authorization if left out"},
    id=("json:eventId",),
    type=("json:data.events.0.eventType",),
    handshakes=(
        # Okta verifies the URL once, and sends the text of the authentication along.
        Handshake(
            methods=("GET",),
            echo="header:X-Okta-Verification-Challenge",
            content_type="application/json",
            body='{"verification":{json}}',
        ),
    ),
    answer_within=3,
    notes=(
        "A delivery may hold several events: its type is the first one's, and `data.events` has them all.",
        "Okta tries once more after a failure.",
        "The token authenticates the caller, not the body.",
    ),
)
