"""LiveKit. https://docs.livekit.io/home/server/webhooks/"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="livekit",
    title="LiveKit",
    confidence="sdk",
    proof="livekit-api 1.2.2 WebhookReceiver",
    docs="https://docs.livekit.io/home/server/webhooks/",
    schemes=(
        Jwt(
            algorithms=("HS256",),
            header="Authorization",
            body_hash="sha256",
            body_hash_encoding="base64",
            api_key_claim="iss",
            fresh=("exp",),
            leeway=60,
        ),
    ),
    secret="the API secret of the key that signs the webhook: LiveKit Cloud > Settings > API keys",
    settings={"api_key": "the API key that belongs to the secret, as in APIwQz…"},
    required=("api_key",),
    id=("json:id",),
    id_signed=True,
    type=("json:event",),
)
