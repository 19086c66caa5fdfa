"""Enode. https://developers.enode.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="enode",
    title="Enode",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developers.enode.com/docs/webhooks",
    schemes=(Hmac(header="x-enode-signature", hash="sha1", prefix="sha1="),),
    secret="the secret that you gave when the webhook was created",
    id=("header:x-enode-delivery",),
    type=("json:0.event",),
    retries_for=86_400,
    answer_within=5,
    notes=("The delivery id is a header that the signature does not cover.",),
)
