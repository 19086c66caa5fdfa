"""Auth0 log streams. https://auth0.com/docs/customize/log-streams/custom-log-streams"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="auth0",
    title="Auth0 log streams",
    confidence="docs",
    proof="Auth0 documentation, Custom Webhooks",
    docs="https://auth0.com/docs/customize/log-streams/custom-log-streams",
    schemes=(Token(header="Authorization"),),
    secret="the whole text that you enter as Authorization Token of the custom webhook stream",
    id=("json:log_id",),
    type=("json:data.type",),
    items="json:",
    notes=(
        "Any of its content formats will do: JSON lines, an array, or single objects.",
        "Auth0 lets the token be left out: set one.",
        "The token authenticates the caller, not the body.",
    ),
)
