"""Front, by a rule. https://dev.frontapp.com/docs/rule-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="front-rule",
    title="Front, by a rule",
    confidence="docs",
    proof="Front documentation, Rule webhooks",
    docs="https://dev.frontapp.com/docs/rule-webhooks",
    schemes=(Hmac(header="X-Front-Signature", hash="sha1", encoding="base64"),),
    secret="the API secret of the webhook integration: Front > Settings > Integrations > Rule webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    retries_for=0,
    answer_within=5,
    notes=("Webhooks of an application are signed otherwise: those are `front`.",),
)
