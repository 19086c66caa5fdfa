"""Paystack, with a timestamp. https://paystack.com/docs/payments/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="paystack-v1",
    title="Paystack (with a timestamp)",
    confidence="registry",
    proof="PaystackOSS/doc-code-snippets, verifying-signature sample, which does not name the header",
    docs="https://paystack.com/docs/payments/webhooks/",
    # t=<seconds>,v1=<key id>:<signature>
    schemes=(
        Hmac(
            hash="sha512",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
            key_id_mark=":",
        ),
    ),
    secret="the secret key: Paystack dashboard > Settings > API Keys & Webhooks",
    settings={"header": "the header in which Paystack sends t=…,v1=…: what you have been told, or seen"},
    required=("header",),
    id=("json:data.id",),
    id_signed=True,
    once=("json:event+json:data.id",),
    type=("json:event",),
    notes=("Most Paystack accounts sign in x-paystack-signature: that is `paystack`.",),
)
