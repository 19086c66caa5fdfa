"""Checkr. https://docs.checkr.com/#section/Webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="checkr",
    title="Checkr",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.checkr.com/#section/Webhooks",
    schemes=(Hmac(header="X-Checkr-Signature"),),
    secret=(
        "the API key of the account that the webhook belongs to: Checkr dashboard > Account Settings "
        "> Developer Settings"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
