"""Strava. https://developers.strava.com/docs/webhooks/"""

from gateway.providers.schema import Handshake, Provider

PROVIDER = Provider(
    name="strava",
    title="Strava",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://developers.strava.com/docs/webhooks/",
    schemes=(),
    secret=(
        "nothing: Strava signs nothing, and the unguessable path of the source's URL is all the "
        "protection there is"
    ),
    type=("json:object_type+json:aspect_type",),
    named={"verify_token": "the verify_token that you send when you make the subscription"},
    handshakes=(
        Handshake(
            methods=("GET",),
            where=(("query:hub.mode", "subscribe"),),
            token=("query:hub.verify_token", "verify_token"),
            echo="query:hub.challenge",
            content_type="application/json",
            body='{"hub.challenge":{json}}',
        ),
    ),
    answer_within=2,
    notes=(
        "Check subscription_id, which is yours, before you believe an event.",
        "A type is such as activity+create.",
        "Strava sends no event id: its redeliveries cannot be told from new events.",
    ),
)
