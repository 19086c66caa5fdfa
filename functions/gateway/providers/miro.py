"""Miro. https://developers.miro.com/docs/getting-started-with-webhooks"""

from gateway.providers.schema import Handshake, Provider

PROVIDER = Provider(
    name="miro",
    title="Miro",
    confidence="docs",
    proof="Miro documentation, Webhooks",
    docs="https://developers.miro.com/docs/getting-started-with-webhooks",
    schemes=(),
    secret=(
        "nothing: Miro signs nothing, and the unguessable path of the source's URL is all the protection "
        "there is"
    ),
    type=("json:type",),
    handshakes=(
        Handshake(
            echo="json:challenge",
            absent=("json:event",),
            content_type="application/json",
            body='{"challenge":{json}}',
        ),
    ),
    notes=(
        "Miro's webhooks are experimental, and Miro has announced to end them.",
        "Miro sends no event id: its redeliveries cannot be told from new events.",
    ),
)
