"""Chargebee. https://www.chargebee.com/docs/billing/2.0/site-configuration/webhook_settings"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="chargebee",
    title="Chargebee",
    confidence="sdk",
    proof="chargebee basicAuthValidator",
    docs="https://www.chargebee.com/docs/billing/2.0/site-configuration/webhook_settings",
    schemes=(Basic(),),
    secret="user:password, as you enter them: Chargebee > Settings > Configure Chargebee > Webhooks",
    id=("json:id",),
    type=("json:event_type",),
    answer_within=20,
    notes=("The password authenticates the caller, not the body.",),
)
