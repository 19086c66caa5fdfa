"""TikTok Shop. https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="tiktok-shop",
    title="TikTok Shop",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview",
    schemes=(Hmac(header="Authorization", content="{key_id}{body}"),),
    secret="the app secret: TikTok Shop Partner Center > App & Service > the app",
    id=("json:tts_notification_id",),
    id_signed=True,
    type=("json:type",),
    retries_for=56_000,
    answer_within=3,
    settings={"key_id": "the app key, which is signed before the body"},
    required=("key_id",),
)
