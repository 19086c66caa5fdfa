"""Smartcar. https://smartcar.com/docs/integrations/webhooks/payload-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="smartcar",
    title="Smartcar",
    confidence="docs",
    proof="smartcar Python library 6.19.1 verify_payload",
    docs="https://smartcar.com/docs/integrations/webhooks/payload-verification",
    schemes=(Hmac(header="SC-Signature"),),
    secret="the Application Management Token: Smartcar dashboard > the application > API Keys",
    id=("json:eventId",),
    id_signed=True,
    type=("json:eventType",),
    answer_within=15,
)
