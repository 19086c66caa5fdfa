"""Autotask PSA. https://www.autotask.net/help/developerhelp/Content/APIs/Webhooks/SecuringWebhooks.htm"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="autotask",
    title="Autotask PSA",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://www.autotask.net/help/developerhelp/Content/APIs/Webhooks/SecuringWebhooks.htm",
    schemes=(Hmac(header="x-hook-signature", hash="sha1", encoding="base64", prefix="sha1="),),
    secret="the secret key that you entered for the webhook when it was created through the Autotask API",
    type=("json:EntityType+json:Action",),
)
