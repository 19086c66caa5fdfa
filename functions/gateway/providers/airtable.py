"""Airtable. https://airtable.com/developers/web/api/webhooks-overview"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="airtable",
    title="Airtable",
    confidence="docs",
    proof="Airtable documentation, Webhooks overview",
    docs="https://airtable.com/developers/web/api/webhooks-overview",
    schemes=(Hmac(header="X-Airtable-Content-MAC", prefix="hmac-sha256=", key="base64"),),
    secret=(
        "the webhook's macSecretBase64, which Airtable shows once: in its answer when the webhook is created"
    ),
    notes=(
        "A notification only says that there is something new: fetch it with the webhook's cursor.",
        "A webhook expires after seven days unless it is refreshed.",
    ),
)
