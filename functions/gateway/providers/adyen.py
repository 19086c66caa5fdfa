"""Adyen's standard (payments) webhooks.

https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
"""

from gateway.providers.schema import Adyen, Answer, Provider

PROVIDER = Provider(
    name="adyen",
    title="Adyen payments",
    confidence="sdk",
    proof="Adyen 16.0.0 util.py; @adyen/api-library 32.1.0",
    docs="https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
    schemes=(Adyen(),),
    secret="the webhook's HMAC key, 64 hex digits: Customer Area > Developers > Webhooks > the webhook",
    # So Adyen says: duplicates have the same pspReference and eventCode.
    id=("json:NotificationRequestItem.pspReference+::+json:NotificationRequestItem.eventCode",),
    id_signed=True,
    type=("json:NotificationRequestItem.eventCode",),
    items="json:notificationItems",
    answer=Answer(content_type="text/plain", body="[accepted]"),
    # From two minutes to eight hours apart, for thirty days; later notifications queue up behind.
    retries_for=30 * 86_400,
    answer_within=10,
    notes=(
        "Only eight values of an item are signed: no date, reason, payment method or other additional data.",
        "Its platform webhooks are signed in another way: provider adyen-platform.",
    ),
)
