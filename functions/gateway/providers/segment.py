"""Segment. https://www.twilio.com/docs/segment/connections/destinations/catalog/actions-webhook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="segment",
    title="Segment",
    confidence="docs",
    proof="Segment documentation, Webhooks (Actions)",
    docs="https://www.twilio.com/docs/segment/connections/destinations/catalog/actions-webhook",
    schemes=(Hmac(header="X-Signature", hash="sha1"),),
    secret=(
        "the shared secret that you enter for the destination: Segment > Destinations > Webhooks "
        "(Actions) > Settings"
    ),
    id=("json:messageId",),
    id_signed=True,
    type=("json:type",),
    notes=("Segment signs with SHA-1 and nothing else, and only where a shared secret is set.",),
)
