"""Webex. https://developer.webex.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="webex",
    title="Webex",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.webex.com/docs/webhooks",
    schemes=(Hmac(header="X-Spark-Signature", hash="sha1"),),
    secret="the secret that you gave when the webhook was created",
    id=("json:id",),
    id_signed=True,
    recurs=True,
    type=("json:resource+json:event",),
    notes=(
        "Webex signs with SHA-1 and nothing else.",
        "The body's own id is the webhook's, which comes with each of its events.",
    ),
)
