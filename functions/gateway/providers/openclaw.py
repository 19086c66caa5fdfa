"""OpenClaw. https://docs.openclaw.ai/automation/webhook"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="openclaw",
    title="OpenClaw",
    confidence="registry+",
    proof="Hookdeck's skill; Svix Ingest's list of sources",
    docs="https://docs.openclaw.ai/automation/webhook",
    schemes=(Token(header="Authorization", prefix="Bearer ", also=("x-openclaw-token",)),),
    secret="the token of OpenClaw's hooks, from its configuration (hooks.token)",
    notes=(
        "Where its bodies carry an id and a type is not known: its events come without.",
        "The token authenticates the caller, not the body.",
    ),
)
