"""Intercom. https://developers.intercom.com/docs/references/webhooks/webhook-models"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="intercom",
    title="Intercom",
    confidence="docs",
    proof="Intercom documentation, Signed notifications",
    docs="https://developers.intercom.com/docs/references/webhooks/webhook-models",
    schemes=(Hmac(header="X-Hub-Signature", hash="sha1", prefix="sha1="),),
    secret="the app's client secret: Developer Hub > the app > Configure > Basic information",
    id=("json:id",),
    id_signed=True,
    type=("json:topic",),
    handshakes=(Handshake(methods=("HEAD",), unsigned=True),),
    answer_within=5,
    notes=(
        "Intercom signs with SHA-1 and nothing else.",
        "A ping has no id.",
    ),
)
