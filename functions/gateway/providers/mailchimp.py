"""Mailchimp audience webhooks.

https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/
"""

from gateway.providers.schema import Handshake, Provider, Token

PROVIDER = Provider(
    name="mailchimp",
    title="Mailchimp audience webhooks",
    confidence="docs",
    proof="Mailchimp documentation, Sync Audience Data with Webhooks",
    docs="https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/",
    schemes=(Token(parameter="secret"),),
    secret="an unguessable text of yours, which you put into the URL that you give Mailchimp: ?secret=…",
    settings={"parameter": "the parameter of the URL that carries the text; `secret` if left out"},
    type=("form:type",),
    handshakes=(
        # Mailchimp visits the URL, secret included, when the webhook is saved.
        Handshake(methods=("GET", "POST"), bodiless=True),
    ),
    retries_for=75 * 60,
    answer_within=10,
    notes=(
        "Mailchimp signs nothing and sends no event id: redeliveries cannot be told from new events.",
        "The token authenticates the caller, not the body.",
    ),
)
