"""Wix. https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="wix",
    title="Wix",
    confidence="sdk",
    proof="@wix/sdk 1.21.16 AppStrategy",
    docs=(
        "https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks"
    ),
    schemes=(
        Jwt(
            algorithms=("RS256",),
            fresh=("exp",),
            text_claims=("data.data", "data.identity", "data"),
        ),
    ),
    secret="the app's public key: manage.wix.com > Custom apps > the app > Webhooks > Get public key",
    id=("jwt:data.data.id",),
    id_signed=True,
    type=("jwt:data.eventType",),
    notes=(
        "The body is the token itself: subscribers get it as text.",
        "Its claim `data` is JSON in text, and so is what stands under `data` and `identity` in there.",
    ),
)
