"""Contentful. https://www.contentful.com/developers/docs/webhooks/request-verification/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="contentful",
    title="Contentful",
    confidence="sdk",
    proof="@contentful/node-apps-toolkit verifyRequest",
    docs="https://www.contentful.com/developers/docs/webhooks/request-verification/",
    schemes=(
        Hmac(
            header="X-Contentful-Signature",
            content="{contentful}",
            timestamp_header="X-Contentful-Timestamp",
            timestamp_unit="ms",
            tolerance=30,
        ),
    ),
    secret=(
        "the space's signing secret, 64 characters: Settings > Webhooks > Settings > Request verification"
    ),
    id=("header:X-Contentful-Idempotency-Key",),
    type=("header:X-Contentful-Topic",),
    notes=(
        "The path is signed: Contentful must call the URL that Hookline prints.",
        "Only the headers that X-Contentful-Signed-Headers lists are signed.",
    ),
)
