"""ClickUp. https://developer.clickup.com/docs/webhooksignature"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="clickup",
    title="ClickUp",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developer.clickup.com/docs/webhooksignature",
    schemes=(Hmac(header="X-Signature"),),
    secret="the secret that ClickUp answers with when the webhook is created through its API",
    type=("json:event",),
)
