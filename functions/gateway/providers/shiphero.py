"""ShipHero. https://developer.shiphero.com/webhooks/"""

from gateway.providers.schema import Answer, Hmac, Provider

PROVIDER = Provider(
    name="shiphero",
    title="ShipHero",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.shiphero.com/webhooks/",
    schemes=(Hmac(header="x-shiphero-hmac-sha256", encoding="base64"),),
    secret="the shared_signature_secret that ShipHero answers with when the webhook is created",
    id=("header:X-Shiphero-Message-ID",),
    type=("json:webhook_type",),
    answer=Answer(content_type="application/json", body='{"code":"200","Status":"Success"}'),
    answer_within=10,
    notes=("The message's id is a header that the signature does not cover.",),
)
