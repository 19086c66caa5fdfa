"""Plaid. https://plaid.com/docs/api/webhooks/webhook-verification/"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="plaid",
    title="Plaid",
    confidence="docs",
    proof="Plaid documentation, webhook verification",
    docs="https://plaid.com/docs/api/webhooks/webhook-verification/",
    schemes=(
        Jwt(
            algorithms=("ES256",),
            header="Plaid-Verification",
            kid_required=True,
            body_hash="request_body_sha256",
            fresh=("iat",),
            tolerance=300,
        ),
    ),
    secret=(
        "the key that Plaid's API returns for the kid of a token: POST /webhook_verification_key/get; "
        "the answer may be set as it is"
    ),
    type=("json:webhook_code",),
    retries_for=86_400,
    answer_within=10,
    notes=("Keys are fetched with an API key of yours: when Plaid changes its key, set the new one too.",),
)
