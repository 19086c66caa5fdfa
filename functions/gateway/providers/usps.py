"""USPS Subscriptions. https://developers.usps.com/subscriptions-adjustmentsv3"""

from gateway.providers.schema import Fields, Provider

# `payload` is JSON in a text: its decoded value is signed.
_CONTENT = "{json:timestamp}{json:payload}"

PROVIDER = Provider(
    name="usps",
    title="USPS",
    confidence="registry",
    proof="one open registry",
    docs="https://developers.usps.com/subscriptions-adjustmentsv3",
    # The second name is the older one.
    schemes=(
        Fields(signature="header:X-HMAC", content=_CONTENT, encoding="base64"),
        Fields(signature="header:hmac-header", content=_CONTENT, encoding="base64"),
    ),
    secret="the secret of 32 characters that you gave the subscription when you made it",
    type=("json:subscriptionType",),
    retries_for=0,
    notes=(
        "A subscription without a secret is not signed, and so refused.",
        "Nothing stands between timestamp and payload, which are signed: one can take of the other.",
    ),
)
