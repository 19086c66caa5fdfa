"""Circle. https://developers.circle.com/wallets/webhook-notifications"""

from gateway.providers.schema import Asymmetric, Handshake, Provider

PROVIDER = Provider(
    name="circle",
    title="Circle",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://developers.circle.com/wallets/webhook-notifications",
    schemes=(
        Asymmetric(
            algorithm="ecdsa-p256",
            header="X-Circle-Signature",
            content="{body}",
            encoding="base64",
            kid_header="X-Circle-Key-Id",
        ),
    ),
    secret=(
        "the public key (base64 DER) that Circle's API returns for the id in X-Circle-Key-Id: "
        "GET /v2/notifications/publicKey/{id}"
    ),
    id=("json:notificationId",),
    id_signed=True,
    type=("json:notificationType",),
    notes=("Keys are fetched with an API key of yours: when Circle changes its key, set the new one too.",),
    handshakes=(Handshake(methods=("HEAD",), unsigned=True),),
)
