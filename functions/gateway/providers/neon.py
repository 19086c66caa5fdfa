"""Neon Auth. https://neon.com/docs/auth/guides/webhooks"""

from gateway.providers.schema import DetachedJws, Provider

PROVIDER = Provider(
    name="neon",
    title="Neon Auth",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://neon.com/docs/auth/guides/webhooks",
    schemes=(
        DetachedJws(
            algorithms=("EdDSA",),
            header="X-Neon-Signature",
            payload="timestamped",
            timestamp_header="X-Neon-Timestamp",
            timestamp_format="ms",
            kid_header="X-Neon-Signature-Kid",
            tolerance=300,
        ),
    ),
    secret="the key set that lies at your Neon Auth URL; none if `settings` say where it is",
    settings={
        "key_set_url": "your Neon Auth URL and /.well-known/jwks.json: its keys are fetched from there"
    },
    id=("header:X-Neon-Event-Id",),
    type=("header:X-Neon-Event-Type",),
    notes=("Some events wait for the answer: the gateway's comes at once, and says nothing of the event.",),
)
