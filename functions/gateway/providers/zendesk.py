"""Zendesk. https://developer.zendesk.com/documentation/webhooks/verifying/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="zendesk",
    title="Zendesk",
    confidence="docs",
    proof="Zendesk documentation, Verifying webhooks",
    docs="https://developer.zendesk.com/documentation/webhooks/verifying/",
    schemes=(
        Hmac(
            header="X-Zendesk-Webhook-Signature",
            encoding="base64",
            content="{timestamp}{body}",
            timestamp_header="X-Zendesk-Webhook-Signature-Timestamp",
            timestamp_unit="rfc3339",
        ),
    ),
    secret="the webhook's signing secret: Admin Center > Apps and integrations > Webhooks > the webhook",
    id=("header:X-Zendesk-Webhook-Invocation-Id",),
    type=("json:type",),
    methods=("POST", "PUT", "PATCH", "GET", "DELETE"),
    answer_within=12,
    notes=(
        "Before a webhook is saved, `Test webhook` signs with a secret that is public: it is refused.",
        "The invocation's id is a header that the signature does not cover.",
    ),
)
