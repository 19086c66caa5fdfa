"""Drift. https://devdocs.drift.com/docs/webhook-events-1"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="drift",
    title="Drift",
    confidence="unconfirmed",
    proof="hearsay: a verification token in the body",
    docs="https://devdocs.drift.com/docs/webhook-events-1",
    schemes=(Token(place="json:token"),),
    secret="the app's verification token: Drift > Developer dashboard > the app",
    type=("json:type",),
    redact=("json:token",),
    notes=(
        "Drift sends no event id that is known: redeliveries cannot be told apart.",
        "The token authenticates the caller, not the body.",
    ),
)
