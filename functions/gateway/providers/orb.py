"""Orb. https://docs.withorb.com/integrations-and-exports/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="orb",
    title="Orb",
    confidence="sdk",
    proof="orb-billing, Python: webhooks.verify_signature",
    docs="https://docs.withorb.com/integrations-and-exports/webhooks",
    # While the secret is rotated there are several signatures.
    schemes=(
        Hmac(
            header="X-Orb-Signature",
            prefix="v1=",
            separator=" ",
            content="v1:{timestamp}:{body}",
            timestamp_header="X-Orb-Timestamp",
            timestamp_unit="rfc3339",
        ),
    ),
    secret="the endpoint's signing secret: Orb > Developers > Webhooks > the endpoint",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
