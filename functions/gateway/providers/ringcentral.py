"""RingCentral. https://developers.ringcentral.com/guide/notifications/webhooks/receiving"""

from gateway.providers.schema import Handshake, Provider, Token

PROVIDER = Provider(
    name="ringcentral",
    title="RingCentral",
    confidence="registry+",
    proof="Hookdeck's skill; Trigger.dev's registry",
    docs="https://developers.ringcentral.com/guide/notifications/webhooks/receiving",
    schemes=(Token(header="Verification-Token"),),
    secret="the verificationToken that you send when you make the subscription by RingCentral's API",
    id=("json:uuid",),
    type=("json:event",),
    handshakes=(
        # The token that proves an event does not come with the greeting.
        Handshake(
            echo="header:Validation-Token",
            bounds="[!-~]{1,256}",
            unsigned=True,
            header=("Validation-Token", "{echo}"),
        ),
    ),
    notes=("The token authenticates the caller, not the body.",),
)
