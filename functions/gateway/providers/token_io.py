"""Token.io. https://docs.token.io/docs/webhooks"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="token-io",
    title="Token.io",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://docs.token.io/docs/webhooks",
    schemes=(
        Asymmetric(
            algorithm="ed25519",
            header="token-signature",
            content="{body}",
            encoding="base64url",
        ),
    ),
    secret="the public key of Token.io's member (Ed25519, base64url), from its dashboard",
    type=("header:token-event",),
    retries_for=72 * 3600,
)
