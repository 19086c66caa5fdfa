"""Smartcar. https://smartcar.com/docs/integrations/webhooks/payload-verification"""

from gateway.providers.schema import Handshake, Hmac, Proof, Provider

PROVIDER = Provider(
    name="smartcar",
    title="Smartcar",
    confidence="sdk",
    proof="smartcar, Python: verify_payload",
    docs="https://smartcar.com/docs/integrations/webhooks/payload-verification",
    schemes=(Hmac(header="SC-Signature"),),
    secret="the Application Management Token: Smartcar dashboard > the application > API Keys",
    id=("json:eventId",),
    id_signed=True,
    type=("json:eventType",),
    handshakes=(
        # An HMAC with the key that signs bodies: never of a text that could be a body.
        Handshake(
            methods=("POST",),
            unsigned=True,
            where=(("json:eventType", "VERIFY"),),
            echo="json:data.challenge",
            bounds=r"[A-Za-z0-9._~+/=-]{1,256}",
            proof=Proof(),
            content_type="application/json",
            body='{"challenge":"{proof}"}',
        ),
    ),
    answer_within=15,
)
