"""Flexport. https://developers.flexport.com/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="flexport",
    title="Flexport",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developers.flexport.com/",
    schemes=(Hmac(header="X-Hub-Signature-256", prefix="sha256="),),
    secret="the secret that you gave when the webhook was created",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
