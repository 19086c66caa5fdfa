"""X. https://docs.x.com/x-api/webhooks/introduction"""

from gateway.providers.schema import Handshake, Hmac, Proof, Provider

PROVIDER = Provider(
    name="x",
    title="X (formerly Twitter)",
    confidence="docs",
    proof="X documentation, Webhooks",
    docs="https://docs.x.com/x-api/webhooks/introduction",
    schemes=(Hmac(header="x-twitter-webhooks-signature", encoding="base64", prefix="sha256="),),
    secret="the app's API key secret (consumer secret): developer.x.com > the app > Keys and tokens",
    answer_within=10,
    notes=(
        "Each hour X wants proof of the secret; only tokens whose form no event can have are answered.",
        "The URL must have no port.",
    ),
    handshakes=(
        # An HMAC with the key that signs bodies, for anybody: never of a text that could be a body.
        Handshake(
            methods=("GET",),
            unsigned=True,
            echo="query:crc_token",
            bounds=r"[A-Za-z0-9._~+/=-]{1,256}",
            proof=Proof(encoding="base64"),
            content_type="application/json",
            body='{"response_token":"sha256={proof}"}',
        ),
    ),
)
