"""Cisco Meraki. https://developer.cisco.com/meraki/webhooks/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="cisco-meraki",
    title="Cisco Meraki",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://developer.cisco.com/meraki/webhooks/",
    schemes=(Token(place="json:sharedSecret"),),
    secret=(
        "the shared secret that you enter: Meraki Dashboard > Network-wide > Alerts > Webhooks > HTTPS "
        "receivers"
    ),
    id=("json:alertId",),
    type=("json:alertTypeId",),
    redact=("json:sharedSecret",),
    notes=(
        "The secret stands in each body, and is kept with it: change it when a reader of events leaves.",
        "The token authenticates the caller, not the body.",
    ),
)
