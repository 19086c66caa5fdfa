"""Typeform. https://www.typeform.com/developers/webhooks/secure-your-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="typeform",
    title="Typeform",
    confidence="docs",
    proof="Typeform documentation, Secure your webhooks",
    docs="https://www.typeform.com/developers/webhooks/secure-your-webhooks/",
    schemes=(Hmac(header="Typeform-Signature", encoding="base64", prefix="sha256="),),
    secret="the secret that you enter for the webhook: the form's Connect > Webhooks",
    id=("json:event_id",),
    id_signed=True,
    type=("json:event_type",),
    answer_within=30,
    notes=("Webhooks that are made in the dashboard start switched off.",),
)
