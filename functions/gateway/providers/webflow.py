"""Webflow. https://developers.webflow.com/data/docs/working-with-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="webflow",
    title="Webflow",
    confidence="sdk",
    proof="webflow-api verifySignature",
    docs="https://developers.webflow.com/data/docs/working-with-webhooks",
    schemes=(
        Hmac(
            header="x-webflow-signature",
            content="{timestamp}:{body}",
            timestamp_header="x-webflow-timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the OAuth app's client secret, or the secret of a webhook that was made with a site token",
    id=("json:payload.id",),
    # Of most triggers payload.id is the object's, which comes with each change of it.
    once=("json:payload.id+json:payload.submittedAt", "json:payload.id+header:x-webflow-timestamp"),
    id_signed=True,
    type=("json:triggerType",),
    notes=(
        "Only submissions of forms have an id of their own: others are told apart by when they were signed.",
        "A webhook made in the dashboard before an app existed is not signed.",
    ),
)
