"""Authorize.Net. https://developer.authorize.net/api/reference/features/webhooks.html"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="authorize-net",
    title="Authorize.Net",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.authorize.net/api/reference/features/webhooks.html",
    schemes=(
        Hmac(header="X-ANET-Signature", hash="sha512", encoding="hex-upper", prefix="sha512=", key="hex"),
    ),
    secret=(
        "the Signature Key, 128 hex digits: Merchant Interface > Account > Settings > API Credentials & Keys"
    ),
    id=("json:notificationId",),
    id_signed=True,
    type=("json:eventType",),
)
