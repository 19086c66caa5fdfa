"""Worldline. https://docs.connect.worldline-solutions.com/documentation/webhooks/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="worldline",
    title="Worldline",
    confidence="sdk",
    proof="connect-sdk-python3, Python: webhooks.SignatureValidator",
    docs="https://docs.connect.worldline-solutions.com/documentation/webhooks/",
    schemes=(Hmac(header="X-GCS-Signature", encoding="base64", key_id_header="X-GCS-KeyId"),),
    secret="the secret key of the webhooks key pair: Configuration Center > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    settings={"key_id": "the key's id: requests that name another key in X-GCS-KeyId are refused"},
    handshakes=(
        Handshake(methods=("GET",), unsigned=True, echo="header:X-GCS-Webhooks-Endpoint-Verification"),
    ),
)
