"""ConnectWise PSA. https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide#Callbacks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="connectwise-psa",
    title="ConnectWise PSA",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide#Callbacks",
    schemes=(Hmac(header="x-content-signature", encoding="base64", key="sha256"),),
    secret=(
        "the signing_key that the callback's Metadata.key_url leads to at your region's "
        "myconnectwise.net: open it once and copy the key"
    ),
    id=("json:MessageId",),
    id_signed=True,
    type=("json:Type+json:Action",),
    notes=(
        "The HMAC's key is the SHA-256 of the signing key.",
        "Hookline fetches no key: the URL stands in a request that nobody has verified yet.",
    ),
)
