"""MessageBird. https://developers.messagebird.com/api/#verifying-http-requests"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="messagebird-bird",
    title="MessageBird",
    confidence="sdk",
    proof="messagebird, Python: RequestValidator",
    docs="https://developers.messagebird.com/api/#verifying-http-requests",
    schemes=(
        Jwt(
            algorithms=("HS256",),
            header="MessageBird-Signature-JWT",
            issuers=("MessageBird",),
            url_hash="url_hash",
            body_hash="payload_hash",
            body_hash_may_lack=True,
            fresh=("exp", "iat"),
            leeway=1,
            tolerance=300,
        ),
    ),
    secret="the signing key: MessageBird dashboard > Developers > API settings > Signed requests",
    notes=(
        "MessageBird signs the URL that it calls: it must be given the URL that Hookline prints.",
        "The newer notifications of Bird are signed in another way.",
    ),
)
