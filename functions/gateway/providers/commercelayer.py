"""Commerce Layer. https://docs.commercelayer.io/core/callbacks-security"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="commercelayer",
    title="Commerce Layer",
    confidence="sdk",
    proof="@commercelayer/sdk-utils: checkSignature",
    docs="https://docs.commercelayer.io/core/callbacks-security",
    schemes=(Hmac(header="X-CommerceLayer-Signature", encoding="base64"),),
    secret="the webhook's shared_secret, which Commerce Layer answers with when the webhook is created",
    type=("header:X-CommerceLayer-Topic",),
    answer_within=5,
    notes=(
        "The topic is a header that the signature does not cover.",
        "Thirty failures in a row open a circuit breaker: reset the webhook then.",
    ),
)
