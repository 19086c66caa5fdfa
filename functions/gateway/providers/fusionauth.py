"""FusionAuth. https://fusionauth.io/docs/extend/events-and-webhooks/signing"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="fusionauth",
    title="FusionAuth",
    confidence="docs",
    proof="fusionauth-example-javascript-webhooks, signature-verify",
    docs="https://fusionauth.io/docs/extend/events-and-webhooks/signing",
    schemes=(
        Jwt(
            algorithms=(
                "HS256",
                "HS384",
                "HS512",
                "RS256",
                "RS384",
                "RS512",
                "ES256",
                "ES384",
                "EdDSA",
            ),
            header="X-FusionAuth-Signature-JWT",
            body_hash="request_body_sha256",
            body_hash_encoding="base64",
        ),
    ),
    secret=(
        "the HMAC key, or the public key as PEM, that signs the webhook: Settings > Key Master; "
        "none if `settings` say where the key set is"
    ),
    settings={
        "key_set_url": "the key set of your instance, as in https://auth.example.com/.well-known/jwks.json"
    },
    id=("json:event.id",),
    id_signed=True,
    type=("json:event.type",),
    notes=(
        "The token has no time in it: whoever has recorded a request can send it again, and its id tells.",
        "A transactional event waits for the answer, and a refusal stops what the user was doing.",
    ),
)
