"""Bunny Stream. https://docs.bunny.net/docs/stream-webhook"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="bunny-stream",
    title="Bunny Stream",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.bunny.net/docs/stream-webhook",
    schemes=(Hmac(header="X-BunnyStream-Signature"),),
    secret="the read-only API key of the video library: Bunny dashboard > Stream > the library > API",
    type=("json:Status",),
)
