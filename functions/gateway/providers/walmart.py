"""Walmart Marketplace. https://developer.walmart.com/us-marketplace/docs/notifications-overview"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="walmart",
    title="Walmart Marketplace",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developer.walmart.com/us-marketplace/docs/notifications-overview",
    schemes=(
        Hmac(
            header="WM_SEC.SIGNATURE",
            encoding="base64",
            content="{method}\n{path}\n{timestamp}\n{body_sha256_hex}",
            timestamp_header="WM_SEC.TIMESTAMP",
        ),
    ),
    secret="the secret of the event subscription in Walmart's Developer Portal",
    type=("json:eventType",),
    answer_within=3,
    notes=("Method and path are signed: Walmart must call the URL that Hookline prints.",),
)
