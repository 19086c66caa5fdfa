"""Cronofy. https://docs.cronofy.com/developers/push-notifications/authentication/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cronofy",
    title="Cronofy",
    confidence="sdk",
    proof="pycronofy, Python: Client.hmac_valid",
    docs="https://docs.cronofy.com/developers/push-notifications/authentication/",
    # One signature for each client secret that is active.
    schemes=(Hmac(header="Cronofy-HMAC-SHA256", encoding="base64", separator=","),),
    secret="the application's client secret: Cronofy Developer Dashboard > the application > Credentials",
    type=("json:notification.type",),
)
