"""Vonage. https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="vonage",
    title="Vonage",
    confidence="sdk",
    proof="vonage-jwt 1.1.5 verify_signature, and the documented check of payload_hash",
    docs="https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks",
    schemes=(
        Jwt(
            algorithms=("HS256",),
            header="Authorization",
            prefix="Bearer ",
            issuers=("Vonage",),
            body_hash="payload_hash",
            api_key_claim="api_key",
            fresh=("iat",),
        ),
    ),
    secret="the account's signature secret: dashboard.vonage.com > API Settings > Signature secret",
    settings={"api_key": "your API key at Vonage: tokens that name another are refused; any if left out"},
    # A message keeps its id from status to status.
    id=("json:message_uuid", "json:uuid"),
    once=("json:message_uuid+json:status", "json:uuid+json:status"),
    id_signed=True,
    type=("json:status", "json:message_type", "json:channel"),
    notes=(
        "Webhooks by GET have no body and so no hash of it: set the HTTP method to POST.",
        "The token says when it was made and not how long it lives: an id that was seen before tells.",
        "The older SMS API signs by a parameter, sig, and is refused.",
    ),
)
