"""fal. https://docs.fal.ai/model-apis/model-endpoints/webhooks"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="fal-ai",
    title="fal",
    confidence="registry+",
    proof="two open registries of webhook schemes agree",
    docs="https://docs.fal.ai/model-apis/model-endpoints/webhooks",
    schemes=(
        Asymmetric(
            algorithm="ed25519",
            header="X-Fal-Webhook-Signature",
            content=(
                "{header:X-Fal-Webhook-Request-Id}\n{header:X-Fal-Webhook-User-Id}\n{timestamp}\n"
                "{body_sha256_hex}"
            ),
            timestamp_header="X-Fal-Webhook-Timestamp",
            key_set_url="https://rest.alpha.fal.ai/.well-known/jwks.json",
            user_id_header="X-Fal-Webhook-User-Id",
            tolerance=300,
        ),
    ),
    secret="none is needed: fal publishes its keys. A key of your own is tried before them",
    settings={
        "user_id": "your user id at fal, or several: any user can have a signed request sent to any URL"
    },
    required=("user_id",),
    id=("header:X-Fal-Webhook-Request-Id",),
    id_signed=True,
    type=("json:status",),
)
