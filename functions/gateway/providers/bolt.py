"""Bolt. https://help.bolt.com/developers/webhooks/hook-verification/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="bolt",
    title="Bolt",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://help.bolt.com/developers/webhooks/hook-verification/",
    # While a key is rotated the second header carries the other key's signature.
    schemes=(
        Hmac(header="X-Bolt-Hmac-Sha256", more_headers=("X-Bolt-Hmac-Sha256-Pending",), encoding="base64"),
    ),
    secret="the signing secret of the Bolt merchant division: Merchant Dashboard > Developers > API",
    type=("json:type",),
)
