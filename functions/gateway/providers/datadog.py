"""Datadog. https://docs.datadoghq.com/integrations/webhooks/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="datadog",
    title="Datadog",
    confidence="docs",
    proof="Datadog documentation, Webhooks",
    docs="https://docs.datadoghq.com/integrations/webhooks/",
    schemes=(Token(header="X-Datadog-Token", prefix="Bearer ", bare=True),),
    secret="the text that you write into the webhook's Custom Headers: Datadog > Integrations > Webhooks",
    settings={"header": "the one of its Custom Headers that carries the token; X-Datadog-Token if left out"},
    id=("json:id",),
    type=("json:event_type",),
    answer_within=15,
    notes=(
        "The payload is a template of yours: keep `id` ($ID) and `event_type` ($EVENT_TYPE) in it.",
        "A renotification has the first one's $ID and counts as its redelivery: write $ID-$DATE to get both.",
        "Datadog tries again only after a status of 5xx.",
        "The token authenticates the caller, not the body.",
    ),
)
