"""Frame.io. https://developer.adobe.com/frameio/guides/Webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="frame-io",
    title="Frame.io",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.adobe.com/frameio/guides/Webhooks/",
    schemes=(
        Hmac(
            header="X-Frameio-Signature",
            prefix="v0=",
            content="v0:{timestamp}:{body}",
            timestamp_header="X-Frameio-Request-Timestamp",
        ),
    ),
    secret="the webhook's signing secret, shown once when it is created",
    type=("json:type",),
)
