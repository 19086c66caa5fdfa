"""Langfuse. https://langfuse.com/docs/prompt-management/features/webhooks-slack-integrations"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="langfuse",
    title="Langfuse",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://langfuse.com/docs/prompt-management/features/webhooks-slack-integrations",
    schemes=(
        Hmac(
            header="x-langfuse-signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the automation's webhook secret (lf-whsec_…), shown once when it is created",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
