"""Fireblocks. https://developers.fireblocks.com/docs/webhooks-notifications"""

from gateway.providers.schema import Asymmetric, DetachedJws, Provider

PROVIDER = Provider(
    name="fireblocks",
    title="Fireblocks",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://developers.fireblocks.com/docs/webhooks-notifications",
    schemes=(
        DetachedJws(
            algorithms=("RS512",),
            header="Fireblocks-Webhook-Signature",
            key_set_url="https://keys.fireblocks.io/.well-known/jwks.json",
        ),
        # Webhooks of the first version, which Fireblocks has announced the end of.
        Asymmetric(
            algorithm="rsa-sha512",
            header="Fireblocks-Signature",
            content="{body}",
            encoding="base64",
        ),
    ),
    secret=(
        "none is needed where Fireblocks signs by Fireblocks-Webhook-Signature, since it publishes its keys; "
        "else the public key of its environment, from its documentation"
    ),
    settings={"key_set_url": "the key set of your region, if that is not keys.fireblocks.io"},
    id=("json:id",),
    id_signed=True,
    type=("json:eventType", "json:type"),
)
