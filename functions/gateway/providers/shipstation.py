"""ShipStation's API, once ShipEngine. https://docs.shipstation.com/webhooks-validation"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="shipstation",
    title="ShipStation API (ShipEngine)",
    confidence="docs",
    proof="ShipStation documentation, webhook validation",
    docs="https://docs.shipstation.com/webhooks-validation",
    schemes=(
        Asymmetric(
            algorithm="rsa-sha256",
            header="x-shipengine-rsa-sha256-signature",
            content="{timestamp}.{body}",
            timestamp_header="x-shipengine-timestamp",
            timestamp_format="iso",
            encoding="base64",
            kid_header="x-shipengine-rsa-sha256-key-id",
            key_set_url="https://api.shipengine.com/jwks",
            tolerance=300,
        ),
    ),
    secret="none is needed: ShipStation publishes its keys. A key of your own is tried before them",
    type=("json:resource_type",),
    notes=("The webhooks of ShipStation's older API (V1) are not signed, and so refused.",),
)
