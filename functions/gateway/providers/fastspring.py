"""FastSpring. https://developer.fastspring.com/reference/message-security"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="fastspring",
    title="FastSpring",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.fastspring.com/reference/message-security",
    schemes=(Hmac(header="X-FS-Signature", encoding="base64"),),
    secret="the HMAC SHA256 secret of the webhook URL: FastSpring app > Developer Tools > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    items="json:events",
    notes=("Without a secret FastSpring signs nothing.",),
)
