"""Onfleet. https://docs.onfleet.com/reference/secrets"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="onfleet",
    title="Onfleet",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.onfleet.com/reference/secrets",
    schemes=(Hmac(header="X-Onfleet-Signature", hash="sha512", key="hex"),),
    secret="the webhook secret, hex digits: Onfleet dashboard > Settings > API & Webhooks",
    type=("json:triggerId",),
    handshakes=(Handshake(methods=("GET",), unsigned=True, echo="query:check"),),
)
