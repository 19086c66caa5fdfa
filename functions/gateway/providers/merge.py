"""Merge. https://docs.merge.dev/basics/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="merge",
    title="Merge",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.merge.dev/basics/webhooks/",
    schemes=(Hmac(header="X-Merge-Webhook-Signature", encoding="base64url"),),
    secret="the organisation's webhook signature key: Merge dashboard > Advanced > Security",
    type=("json:hook.event",),
)
