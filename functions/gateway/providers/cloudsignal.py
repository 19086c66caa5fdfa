"""CloudSignal by Cloudprinter.com. https://docs.cloudprinter.com/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="cloudsignal",
    title="CloudSignal by Cloudprinter.com",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://docs.cloudprinter.com/",
    schemes=(Token(place="json:apikey"),),
    secret="the API key of the webhook: Cloudprinter.com > CloudSignal webhooks",
    type=("json:type",),
    retries_for=7 * 86_400,
    redact=("json:apikey",),
    notes=(
        "The key stands in each body, and is kept with it: change it when a reader of events leaves.",
        "The token authenticates the caller, not the body.",
    ),
)
