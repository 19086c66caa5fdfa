"""Paddle Classic. https://developer.paddle.com/classic/reference/b3A6MzA3NzQ2-verifying-webhooks"""

from gateway.providers.schema import PhpForm, Provider

PROVIDER = Provider(
    name="paddle-classic",
    title="Paddle Classic",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://developer.paddle.com/classic/reference/b3A6MzA3NzQ2-verifying-webhooks",
    # SHA-1 is all that Paddle Classic signs with; Paddle Billing signs otherwise.
    schemes=(PhpForm(algorithm="rsa-sha1", field="p_signature"),),
    secret="Paddle's public key (PEM): vendors.paddle.com > Developer tools > Public key",
    id=("form:alert_id",),
    id_signed=True,
    type=("form:alert_name",),
)
