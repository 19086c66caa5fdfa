"""Bridge. https://docs.bridgeapi.io/docs/secure-your-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="bridge-api",
    title="Bridge",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.bridgeapi.io/docs/secure-your-webhooks",
    schemes=(Hmac(header="BridgeApi-Signature", encoding="hex-upper", prefix="v1=", separator=","),),
    secret="the webhook's secret: Bridge dashboard > Webhooks > the webhook",
    type=("json:type",),
    retries_for=2 * 86_400,
)
