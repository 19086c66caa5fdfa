"""Supabase auth hooks. https://supabase.com/docs/guides/auth/auth-hooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="supabase",
    title="Supabase auth hooks",
    confidence="registry+",
    proof="webhook-co's registry and one more",
    docs="https://supabase.com/docs/guides/auth/auth-hooks",
    schemes=(StandardWebhooks(),),
    secret="the hook's secret (v1,whsec_…): Supabase Dashboard > Authentication > Hooks",
    id=("header:webhook-id",),
    id_signed=True,
    notes=(
        "Database webhooks are another product: see supabase-db.",
        "The answer is 200 with an empty body: a hook whose answer is read, as Custom Access Token, fails.",
        "Their bodies name no type: give each hook a source of its own.",
    ),
)
