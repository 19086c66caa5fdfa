"""Ashby. https://developers.ashbyhq.com/docs/authenticating-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="ashby",
    title="Ashby",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developers.ashbyhq.com/docs/authenticating-webhooks",
    schemes=(Hmac(header="Ashby-Signature", prefix="sha256="),),
    secret="the secret token that you enter for the webhook: Ashby > Admin > Integrations > Webhooks",
    type=("json:action",),
    notes=("Ashby disables a webhook whose ping is refused: set the key before the webhook is saved.",),
)
