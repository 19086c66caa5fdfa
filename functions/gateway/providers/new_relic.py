"""New Relic. https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="new-relic",
    title="New Relic",
    confidence="docs",
    proof="New Relic documentation, Notification integrations",
    docs="https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/",
    schemes=(Token(header="Authorization", prefix="Bearer ", bare=True, also=("X-NewRelic-Token",)),),
    secret=(
        "the destination's bearer token; for another kind the whole value of the header that New Relic "
        "then sends"
    ),
    settings={"header": "the destination's custom header that carries the token; Authorization if left out"},
    # An issue is opened, acknowledged and closed under one id.
    id=("json:id", "json:issueId"),
    once=("json:id+json:state+json:updatedAt", "json:issueId+json:state"),
    type=("json:state",),
    notes=(
        "The payload is a template of yours: keep `id`, `state` and `updatedAt` in it.",
        "With Basic authentication the key is `Basic ` and the base64 that New Relic sends.",
        "The token authenticates the caller, not the body.",
    ),
)
