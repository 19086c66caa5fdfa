"""Help Scout. https://developer.helpscout.com/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="helpscout",
    title="Help Scout",
    confidence="docs",
    proof="Help Scout documentation, Webhooks",
    docs="https://developer.helpscout.com/webhooks/",
    schemes=(Hmac(header="X-HelpScout-Signature", hash="sha1", encoding="base64"),),
    secret="the secret key that you enter for the webhook: Help Scout > Manage > Apps > Webhooks",
    type=("header:X-HelpScout-Event",),
    notes=(
        "Help Scout signs with SHA-1 and nothing else.",
        "The event's name is a header that the signature does not cover.",
    ),
)
