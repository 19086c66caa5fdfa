"""LinkedIn. https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation"""

from gateway.providers.schema import Handshake, Hmac, Proof, Provider

PROVIDER = Provider(
    name="linkedin",
    title="LinkedIn",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation",
    # The text `hmacsha256=` is signed, and not sent.
    schemes=(Hmac(header="X-LI-Signature", content="hmacsha256={body}"),),
    secret="the app's client secret: LinkedIn Developer Portal > the app > Auth",
    id=("json:notificationId",),
    id_signed=True,
    type=("json:type",),
    handshakes=(
        # Events are signed with hmacsha256= before the body: a text without = is none.
        Handshake(
            methods=("GET",),
            unsigned=True,
            echo="query:challengeCode",
            bounds=r"[A-Za-z0-9-]{1,64}",
            proof=Proof(),
            content_type="application/json",
            body='{"challengeCode":{json},"challengeResponse":"{proof}"}',
        ),
    ),
    retries_for=8 * 3600,
)
