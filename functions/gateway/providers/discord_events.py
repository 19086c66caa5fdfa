"""Discord's webhook events, which have an endpoint apart from interactions.

https://docs.discord.com/developers/events/webhook-events
"""

from gateway.providers.schema import Answer, Asymmetric, Handshake, Provider

PROVIDER = Provider(
    name="discord-events",
    title="Discord webhook events",
    confidence="sdk",
    proof="discord-interactions 4.4.0 (npm) verifyWebhookEventMiddleware",
    docs="https://docs.discord.com/developers/events/webhook-events",
    schemes=(
        Asymmetric(
            algorithm="ed25519",
            header="X-Signature-Ed25519",
            timestamp_header="X-Signature-Timestamp",
        ),
    ),
    secret="the application's public key: discord.com/developers > the application > General Information",
    type=("json:event.type",),
    # Type 0 is the greeting here and type 1 an event, the other way round than for interactions.
    handshakes=(Handshake(where=(("json:type", 0),), status=204, content_type="application/json"),),
    answer=Answer(status=204, content_type="application/json"),
    retries_for=10 * 60,
    answer_within=3,
    notes=("Discord sends no event id: its redeliveries cannot be told from new events.",),
)
