"""Supabase database webhooks. https://supabase.com/docs/guides/database/webhooks"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="supabase-db",
    title="Supabase database webhooks",
    confidence="registry",
    proof="Trigger.dev's registry",
    docs="https://supabase.com/docs/guides/database/webhooks",
    schemes=(Token(header="Authorization", prefix="Bearer "),),
    secret=(
        "the token of the Authorization header that you add: Supabase Dashboard > Database > Webhooks > "
        "the webhook"
    ),
    settings={"header": "the header that you add for it; Authorization if left out"},
    type=("json:type",),
    notes=(
        "Supabase sends no event id: a redelivery cannot be told from a new event.",
        "Auth hooks are another product: see supabase.",
        "The token authenticates the caller, not the body.",
    ),
)
