"""PagerDuty. https://developer.pagerduty.com/docs/webhooks/webhook-signatures/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="pagerduty",
    title="PagerDuty",
    confidence="docs",
    proof="PagerDuty documentation, Webhook signatures",
    docs="https://developer.pagerduty.com/docs/webhooks/webhook-signatures/",
    # While the secret is rotated there are several signatures.
    schemes=(Hmac(header="X-PagerDuty-Signature", prefix="v1=", separator=","),),
    secret="the subscription's secret, shown once when it is created: Integrations > Generic Webhooks (v3)",
    id=("json:event.id",),
    id_signed=True,
    type=("json:event.event_type",),
    retries_for=2 * 86_400,
    answer_within=5,
    notes=("PagerDuty drops an event for good that is answered 4xx, and three of them pause the webhook.",),
)
