"""Acuity Scheduling. https://developers.acuityscheduling.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="acuity",
    title="Acuity Scheduling",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developers.acuityscheduling.com/docs/webhooks",
    schemes=(Hmac(header="X-Acuity-Signature", encoding="base64"),),
    secret="the API key of the account's main administrator: Acuity > Integrations > API",
    type=("form:action",),
)
