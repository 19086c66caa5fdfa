"""Treasury Prime. https://docs.treasuryprime.com/docs/webhooks"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="treasury-prime",
    title="Treasury Prime",
    confidence="registry",
    proof="an open registry of senders",
    docs="https://docs.treasuryprime.com/docs/webhooks",
    schemes=(Basic(),),
    secret="user:password, as you send them (basic_user, basic_secret) when you make the webhook",
    id=("json:id",),
    type=("json:event",),
    notes=("The password authenticates the caller, not the body.",),
)
