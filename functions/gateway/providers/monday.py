"""monday.com. https://developer.monday.com/apps/docs/integration-authorization"""

from gateway.providers.schema import Handshake, Jwt, Provider

PROVIDER = Provider(
    name="monday",
    title="monday.com",
    confidence="docs",
    proof="monday.com documentation, Authorization header",
    docs="https://developer.monday.com/apps/docs/integration-authorization",
    schemes=(Jwt(algorithms=("HS256",), header="Authorization", url_claim="aud", fresh=("exp",)),),
    secret=(
        "the app's signing secret, or its client secret for webhooks of the app's life: "
        "monday.com > Developers > the app > General settings"
    ),
    id=("json:event.triggerUuid",),
    type=("json:event.type",),
    handshakes=(
        Handshake(
            methods=("POST",),
            unsigned=True,
            absent=("json:event",),
            echo="json:challenge",
            content_type="application/json",
            body='{"challenge":{json}}',
        ),
    ),
    notes=(
        "Webhooks made in the user interface or with a personal token are not signed, and so refused.",
        "The token does not cover the body: whoever has recorded one can send another body for five minutes.",
        "monday.com signs the URL that it was given: that must be the URL that Hookline prints.",
    ),
)
