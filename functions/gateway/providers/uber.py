"""Uber. https://developer.uber.com/docs/eats/guides/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="uber",
    title="Uber",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developer.uber.com/docs/eats/guides/webhooks",
    # Uber Direct sends the second one.
    schemes=(Hmac(header="X-Uber-Signature", more_headers=("x-postmates-signature",)),),
    secret=(
        "the application's client secret, or for Uber Direct the webhook's signing key: Uber "
        "Developer Dashboard > the app"
    ),
    id=("json:event_id",),
    id_signed=True,
    type=("json:event_type",),
)
