"""Trello. https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/"""

from gateway.providers.schema import Fields, Handshake, Provider

PROVIDER = Provider(
    name="trello",
    title="Trello",
    confidence="docs",
    proof="Atlassian documentation, Trello webhooks",
    docs="https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/",
    schemes=(
        Fields(signature="header:X-Trello-Webhook", content="{body}{url}", hash="sha1", encoding="base64"),
    ),
    secret="the application's secret, not its key nor a token: trello.com/power-ups/admin > the Power-Up",
    id=("json:action.id",),
    id_signed=True,
    type=("json:action.type",),
    # Before a webhook is made, Trello looks whether somebody is there.
    handshakes=(Handshake(methods=("HEAD",), unsigned=True),),
    notes=("Trello signs the callback URL: it must be given the URL that Hookline prints, byte for byte.",),
)
