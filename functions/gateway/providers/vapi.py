"""Vapi. https://docs.vapi.ai/server-url/server-authentication"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="vapi",
    title="Vapi",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.vapi.ai/server-url/server-authentication",
    schemes=(Hmac(header="x-vapi-signature"),),
    secret="the HMAC secret of the server's credential: Vapi dashboard > Integrations > Custom Credentials",
    type=("json:message.type",),
    notes=(
        "Choose HMAC for the server's credential: X-Vapi-Secret is a shared text and counts for nothing.",
    ),
)
