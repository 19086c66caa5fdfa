"""Upollo. https://upollo.ai/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="upollo",
    title="Upollo",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://upollo.ai/docs/webhooks",
    # The timestamp `t` beside it is not signed.
    schemes=(
        Hmac(
            header="Upollo-Signature",
            hash="sha512",
            signature_field="s0",
            equals=":",
            beside="t:0",
        ),
    ),
    secret="the webhook's signing secret in Upollo",
    type=("json:eventType",),
)
