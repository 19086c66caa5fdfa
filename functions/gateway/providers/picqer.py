"""Picqer. https://picqer.com/en/api/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="picqer",
    title="Picqer",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://picqer.com/en/api/webhooks",
    schemes=(Hmac(header="X-Picqer-Signature", encoding="base64"),),
    secret="the secret that you gave when the hook was created",
    id=("json:idhook",),
    id_signed=True,
    recurs=True,
    type=("json:event",),
    retries_for=17 * 3600,
    answer_within=10,
    notes=("idhook is the hook's id, which comes with each of its deliveries.",),
)
