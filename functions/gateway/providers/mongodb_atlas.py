"""MongoDB Atlas. https://www.mongodb.com/docs/atlas/configure-alerts/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="mongodb-atlas",
    title="MongoDB Atlas",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://www.mongodb.com/docs/atlas/configure-alerts/",
    # The manual says hex, deliveries come in base64.
    schemes=(Hmac(header="X-MMS-Signature", hash="sha1", encoding="base64", or_encoding="hex"),),
    secret="the webhook secret: Atlas > Project Integrations > Webhook Settings",
    id=("json:id",),
    id_signed=True,
    type=("header:X-MMS-Event",),
    notes=("Atlas signs with SHA-1 and nothing else.",),
)
