"""Favro. https://favro.com/developer/#webhooks"""

from gateway.providers.schema import Fields, Provider

PROVIDER = Provider(
    name="favro",
    title="Favro",
    confidence="registry",
    proof="one open registry, which quotes Favro's documentation",
    docs="https://favro.com/developer/#webhooks",
    schemes=(
        Fields(
            signature="header:X-Favro-Webhook",
            content="{json:payloadId}{url}",
            hash="sha1",
            encoding="base64",
        ),
    ),
    secret="the secret that you gave the webhook when you made it",
    id=("json:payloadId",),
    id_signed=True,
    type=("json:action",),
    notes=("Only the payload's id and the URL are signed: the rest of the body is not authenticated.",),
)
