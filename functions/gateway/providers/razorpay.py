"""Razorpay. https://razorpay.com/docs/webhooks/validate-test/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="razorpay",
    title="Razorpay",
    confidence="sdk",
    proof="razorpay Python library 2.0.1 utility.verify_webhook_signature",
    docs="https://razorpay.com/docs/webhooks/validate-test/",
    schemes=(Hmac(header="X-Razorpay-Signature"),),
    secret="the secret that you enter for the webhook: Razorpay dashboard > Account & Settings > Webhooks",
    id=("header:x-razorpay-event-id",),
    type=("json:event",),
    retries_for=86_400,
    answer_within=5,
    notes=(
        "After a change of secret Razorpay signs older events with the old one: keep both.",
        "The event's id is a header that the signature does not cover.",
    ),
)
