"""Hookdeck. https://hookdeck.com/docs/authentication"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="hookdeck",
    title="Hookdeck",
    confidence="sdk",
    proof="@hookdeck/sdk: verifyWebhookSignature",
    docs="https://hookdeck.com/docs/authentication",
    # While the secret is rotated the second header carries the other one's signature.
    schemes=(
        Hmac(header="x-hookdeck-signature", more_headers=("x-hookdeck-signature-2",), encoding="base64"),
    ),
    secret="the project's signing secret: Hookdeck > Settings > Secrets",
    id=("header:x-hookdeck-eventid",),
    notes=("The event's id is a header that the signature does not cover.",),
)
