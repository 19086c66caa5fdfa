"""Stripe. https://docs.stripe.com/webhooks#verify-manually"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="stripe",
    title="Stripe",
    confidence="sdk",
    proof="stripe Webhook.construct_event",
    docs="https://docs.stripe.com/webhooks",
    # `v0` is a test scheme and `v1` the only one that counts: a header of `v0` alone is a downgrade.
    schemes=(
        Hmac(
            header="Stripe-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret=(
        "the endpoint's signing secret with its whsec_ prefix: "
        "Stripe Dashboard > Workbench > Webhooks > the endpoint > Signing secret"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    # Counts the endpoints still to be served, so it falls from one attempt to the next.
    volatile=("pending_webhooks",),
    retries_for=3 * 86_400,
    notes=("Connect endpoints have a signing secret of their own.",),
)
