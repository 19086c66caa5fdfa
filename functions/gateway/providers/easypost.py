"""EasyPost. https://docs.easypost.com/guides/webhooks-guide"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="easypost",
    title="EasyPost",
    confidence="sdk",
    proof="easypost Python library util.validate_webhook",
    docs="https://docs.easypost.com/guides/webhooks-guide",
    schemes=(Hmac(header="X-Hmac-Signature", prefix="hmac-sha256-hex=", key="nfkd"),),
    secret="the webhook_secret that you gave the webhook: EasyPost dashboard > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:description",),
)
