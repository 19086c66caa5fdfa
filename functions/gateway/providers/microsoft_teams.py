"""Microsoft Teams, outgoing webhook. https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook"""

from gateway.providers.schema import Answer, Hmac, Provider

PROVIDER = Provider(
    name="microsoft-teams",
    title="Microsoft Teams, outgoing webhook",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook",
    schemes=(Hmac(header="Authorization", encoding="base64", prefix="HMAC ", key="base64"),),
    secret=(
        "the security token in base64, shown once when the outgoing webhook is created: the team > "
        "Manage team > Apps"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    answer=Answer(content_type="application/json", body='{"type":"message","text":"Received."}'),
    answer_within=5,
    notes=("Teams shows the answer's text in the conversation.",),
)
