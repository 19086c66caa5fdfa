"""Zoho CRM notifications. https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="zoho-crm",
    title="Zoho CRM notifications",
    confidence="docs",
    proof="Zoho CRM documentation, Notification APIs",
    docs="https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html",
    schemes=(Token(place="json:token"),),
    secret="the token that you send with actions/watch: up to 50 characters",
    type=("json:operation",),
    redact=("json:token",),
    notes=(
        "Zoho sends no event id: its redeliveries cannot be told from new events.",
        "The module (Leads, Accounts) stands in `module`: filter by `match` for it.",
        "The token stands in each body, and is kept with it: change it when a reader of events leaves.",
        "The token authenticates the caller, not the body.",
    ),
)
