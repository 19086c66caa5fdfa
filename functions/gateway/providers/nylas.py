"""Nylas. https://developer.nylas.com/docs/v3/notifications/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="nylas",
    title="Nylas",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.nylas.com/docs/v3/notifications/",
    schemes=(Hmac(header="x-nylas-signature"),),
    secret="the webhook_secret that Nylas answers with when the webhook is created",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    handshakes=(Handshake(methods=("GET",), unsigned=True, echo="query:challenge"),),
    answer_within=10,
    notes=("Of a compressed body the compressed bytes are signed.",),
)
