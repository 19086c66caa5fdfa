"""LINE Messaging API. https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="line",
    title="LINE Messaging API",
    confidence="sdk",
    proof="line-bot-sdk 3.27.0 SignatureValidator",
    docs="https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/",
    schemes=(Hmac(header="x-line-signature", encoding="base64"),),
    secret="the channel secret: LINE Developers Console > the channel > Basic settings",
    id=("json:webhookEventId",),
    id_signed=True,
    type=("json:type",),
    items="json:events",
    volatile=("deliveryContext",),
    handshakes=(Handshake(methods=("POST",), where=(("json:events", ()),)),),
    notes=(
        "`Verify` in the console sends a signed request without events.",
        "Redelivery is off until it is switched on for the channel.",
    ),
)
