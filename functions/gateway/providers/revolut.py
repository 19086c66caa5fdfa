"""Revolut. https://developer.revolut.com/docs/guides/merchant/reference/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="revolut",
    title="Revolut",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.revolut.com/docs/guides/merchant/reference/webhooks",
    # While the secret is rotated there are several signatures.
    schemes=(
        Hmac(
            header="Revolut-Signature",
            prefix="v1=",
            separator=",",
            content="v1.{timestamp}.{body}",
            timestamp_header="Revolut-Request-Timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the webhook's signing secret (wsk_…), which Revolut answers with when the webhook is created",
    type=("json:event",),
    retries_for=30 * 60,
)
