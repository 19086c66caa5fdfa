"""Anthropic managed agents. https://platform.claude.com/docs/en/managed-agents/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="anthropic",
    title="Anthropic managed agents",
    confidence="sdk",
    proof="anthropic 2.12.0 beta.webhooks.unwrap",
    docs="https://platform.claude.com/docs/en/managed-agents/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the signing key (whsec_…): Claude Console > Manage > Webhooks > the endpoint",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:data.type",),
    notes=("The body's own `type` is always `event`; what happened stands in data.type.",),
)
