"""Mixpanel cohort sync. https://docs.mixpanel.com/docs/cohort-sync/webhooks"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="mixpanel",
    title="Mixpanel cohort sync",
    confidence="registry",
    proof="webhook-co's registry",
    docs="https://docs.mixpanel.com/docs/cohort-sync/webhooks",
    schemes=(Basic(),),
    secret="user:password, as you enter them: Mixpanel > Data Management > Integrations > Custom Webhook",
    type=("json:action",),
    notes=(
        "Mixpanel sends no event id: its redeliveries cannot be told from new events.",
        "The password authenticates the caller, not the body.",
    ),
)
