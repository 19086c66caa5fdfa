"""Cronofy. https://docs.cronofy.com/developers/push-notifications/authentication/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cronofy",
    title="Cronofy",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.cronofy.com/developers/push-notifications/authentication/",
    # One signature for each client secret that is active.
    schemes=(Hmac(header="Cronofy-HMAC-SHA256", encoding="base64", separator=","),),
    secret="the application's client secret: Cronofy Developer Dashboard > the application > Credentials",
    type=("json:notification.type",),
)
