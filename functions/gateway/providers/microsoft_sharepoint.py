"""Microsoft SharePoint.

https://learn.microsoft.com/en-us/sharepoint/dev/apis/webhooks/overview-sharepoint-webhooks
"""

from gateway.providers.schema import Handshake, Provider, Token

PROVIDER = Provider(
    name="microsoft-sharepoint",
    title="Microsoft SharePoint",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://learn.microsoft.com/en-us/sharepoint/dev/apis/webhooks/overview-sharepoint-webhooks",
    schemes=(Token(place="json:clientState", items="json:value"),),
    secret="the clientState that you send when you make the subscription by SharePoint's API",
    type=("json:resource",),
    items="json:value",
    handshakes=(Handshake(echo="query:validationtoken", bodiless=True, unsigned=True),),
    retries_for=5 * 5 * 60,
    answer_within=5,
    redact=("json:clientState",),
    notes=(
        "Every notification of a request must carry an active clientState; set those of all subscriptions.",
        "A notification names a list and neither an id nor a change: both have to be fetched.",
        "The token authenticates the caller, not the body.",
    ),
)
