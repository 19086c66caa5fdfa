"""TabaPay. https://developers.tabapay.com/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="tabapay",
    title="TabaPay",
    confidence="unconfirmed",
    proof="TabaPay documentation for the header; what is signed is not in it, and assumed to be as elsewhere",
    docs="https://developers.tabapay.com/",
    schemes=(
        Hmac(
            header="X-HMAC-Signature",
            content="{timestamp}.{body}",
            contents=("{timestamp}{body}",),
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the webhook's secret, as TabaPay gave it to you",
    id=("header:Idempotency-Key",),
    notes=(
        "While a secret is changed v1 is made with the new one and v2 with the old: keep both as keys.",
        "The event's id is a header that the signature does not cover.",
    ),
)
