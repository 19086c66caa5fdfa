"""Netlify. https://docs.netlify.com/deploy/deploy-notifications/#payload-signature"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="netlify",
    title="Netlify",
    confidence="docs",
    proof="Netlify documentation, payload signature",
    docs="https://docs.netlify.com/deploy/deploy-notifications/#payload-signature",
    schemes=(
        Jwt(
            algorithms=("HS256",),
            header="X-Webhook-Signature",
            issuers=("netlify",),
            body_hash="sha256",
        ),
    ),
    secret="the JWS secret token that was entered with the notification: Project > Notifications",
    # A deploy keeps its id from state to state.
    id=("json:id+json:state", "json:id"),
    id_signed=True,
    type=("header:X-Netlify-Event", "json:state"),
    notes=(
        "The token has no time in it: whoever has recorded a request can send it again, and its id tells.",
    ),
)
