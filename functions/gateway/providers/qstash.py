"""Upstash QStash. https://upstash.com/docs/qstash/howto/signature"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="qstash",
    title="Upstash QStash",
    confidence="sdk",
    proof="qstash 3.4.0 Receiver",
    docs="https://upstash.com/docs/qstash/howto/signature",
    schemes=(
        Jwt(
            algorithms=("HS256",),
            header="Upstash-Signature",
            issuers=("Upstash",),
            url_claim="sub",
            body_hash="body",
            body_hash_encoding="base64url",
            fresh=("exp",),
        ),
    ),
    secret="the next signing key, then the current one: console.upstash.com > QStash > Signing keys",
    id=("header:Upstash-Message-Id",),
    notes=("QStash signs the URL that it was given: that must be the URL that Hookline prints.",),
)
