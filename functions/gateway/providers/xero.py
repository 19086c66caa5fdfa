"""Xero. https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="xero",
    title="Xero",
    confidence="docs",
    proof="Xero documentation, Configuring your server",
    docs="https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/",
    schemes=(Hmac(header="x-xero-signature", encoding="base64"),),
    secret="the webhooks key, as it is shown: developer.xero.com > My Apps > the app > Webhooks",
    type=("json:eventCategory+json:eventType",),
    items="json:events",
    answer_within=5,
    retries_for=86_400,
    notes=(
        "Xero tries the URL with right and with wrong signatures: the wrong ones have to get 401.",
        "Its events have no id: a redelivery cannot be told from a new one.",
    ),
    handshakes=(
        # "Intent to receive": some of them with a wrong signature, which must get 401.
        Handshake(methods=("POST",), where=(("json:events", ()), ("json:firstEventSequence", 0))),
    ),
)
