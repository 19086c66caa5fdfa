"""Microsoft Graph change notifications.

https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks
"""

from gateway.providers.schema import Answer, Handshake, Provider, Token

PROVIDER = Provider(
    name="microsoft-graph",
    title="Microsoft Graph change notifications",
    confidence="docs",
    proof="Microsoft Graph documentation, Change notifications by webhooks",
    docs="https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks",
    schemes=(Token(place="json:clientState", items="json:value"),),
    secret="the clientState that you send when you make the subscription by Microsoft Graph",
    id=("json:id",),
    type=("json:changeType", "json:lifecycleEvent"),
    items="json:value",
    handshakes=(Handshake(echo="query:validationToken", bodiless=True, unsigned=True),),
    answer=Answer(status=202),
    retries_for=4 * 3600,
    answer_within=3,
    redact=("json:clientState",),
    notes=(
        "Every notification of a request must carry an active clientState; set those of all subscriptions.",
        "Few notifications have an id; redeliveries of the others cannot be told from new events.",
        "Encrypted resource data and validationTokens are passed on; they are not checked.",
        "The token authenticates the caller, not the body.",
    ),
)
