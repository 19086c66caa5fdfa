"""Sinch Conversation API. https://developers.sinch.com/docs/conversation/callbacks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="sinch",
    title="Sinch Conversation API",
    confidence="sdk",
    proof="sinch, Python: ConversationSinchEvent.validate_authentication_header",
    docs="https://developers.sinch.com/docs/conversation/callbacks",
    schemes=(
        Hmac(
            header="x-sinch-webhook-signature",
            encoding="base64",
            content="{body}.{header:x-sinch-webhook-signature-nonce}.{timestamp}",
            timestamp_header="x-sinch-webhook-signature-timestamp",
        ),
    ),
    secret="the secret that you gave the webhook when it was created",
    id=("header:x-sinch-webhook-signature-nonce",),
    id_signed=True,
    notes=("Voice and SMS sign otherwise: not these.",),
)
