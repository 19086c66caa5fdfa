"""Discord's interactions. https://docs.discord.com/developers/interactions/overview"""

from gateway.providers.schema import Answer, Asymmetric, Handshake, Provider

PROVIDER = Provider(
    name="discord",
    title="Discord interactions",
    confidence="sdk",
    proof="discord-interactions, Python: verify_key",
    docs="https://docs.discord.com/developers/interactions/overview",
    schemes=(
        Asymmetric(
            algorithm="ed25519",
            header="X-Signature-Ed25519",
            timestamp_header="X-Signature-Timestamp",
        ),
    ),
    secret="the application's public key: discord.com/developers > the application > General Information",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    handshakes=(Handshake(where=(("json:type", 1),), content_type="application/json", body='{"type":1}'),),
    # "Deferred": the user sees that it is being worked on; a subscriber has 15 minutes to write the answer.
    answer=Answer(content_type="application/json", body='{"type":5}'),
    retries_for=0,
    answer_within=3,
    notes=(
        "A subscriber answers by editing the original response with the interaction's token.",
        "Discord sends forged requests now and then and takes the URL away unless they are refused with 401.",
    ),
)
