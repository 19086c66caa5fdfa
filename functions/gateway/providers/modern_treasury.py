"""Modern Treasury. https://docs.moderntreasury.com/platform/reference/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="modern-treasury",
    title="Modern Treasury",
    confidence="sdk",
    proof="modern-treasury Python library webhooks.validate_signature",
    docs="https://docs.moderntreasury.com/platform/reference/webhooks",
    schemes=(Hmac(header="X-Signature"),),
    secret="the webhook key: Modern Treasury > Settings > Developers > Webhooks",
    type=("json:event",),
)
