"""ElevenLabs. https://elevenlabs.io/docs/overview/administration/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="elevenlabs",
    title="ElevenLabs",
    confidence="sdk",
    proof="elevenlabs Python library webhooks.construct_event",
    docs="https://elevenlabs.io/docs/overview/administration/webhooks",
    schemes=(
        Hmac(
            header="ElevenLabs-Signature",
            content="{timestamp}.{body}",
            signature_field="v0",
            timestamp_field="t",
            tolerance=1800,
        ),
    ),
    secret="the webhook's shared secret (wsec_…), shown once when it is created: Settings > Webhooks",
    type=("json:type",),
    notes=("Audio webhooks are large: allow for them, or leave them out.",),
)
