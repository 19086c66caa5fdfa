"""HighLevel. https://marketplace.gohighlevel.com/docs/webhook/WebhookIntegrationGuide"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="highlevel",
    title="HighLevel",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://marketplace.gohighlevel.com/docs/webhook/WebhookIntegrationGuide",
    schemes=(
        Asymmetric(
            algorithm="rsa-sha256",
            header="x-wh-signature",
            content="{body}",
            encoding="base64",
        ),
    ),
    secret="HighLevel's public key (PEM), from the webhook integration guide in its documentation",
    id=("json:webhookId",),
    id_signed=True,
    type=("json:type",),
)
