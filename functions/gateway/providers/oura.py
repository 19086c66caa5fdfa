"""Oura. https://cloud.ouraring.com/v2/docs#tag/Webhook-Subscription-Routes"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="oura",
    title="Oura",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://cloud.ouraring.com/v2/docs#tag/Webhook-Subscription-Routes",
    schemes=(
        Hmac(
            header="x-oura-signature",
            encoding="hex-upper",
            content="{timestamp}{body}",
            timestamp_header="x-oura-timestamp",
        ),
    ),
    secret="the application's client secret: Oura Cloud > API Applications",
    type=("json:data_type+json:event_type",),
    handshakes=(
        Handshake(
            methods=("GET",),
            unsigned=True,
            token=("query:verification_token", "verify_token"),
            echo="query:challenge",
            content_type="application/json",
            body='{"challenge":{json}}',
        ),
    ),
    named={"verify_token": "the verification_token that you made the subscription with"},
    answer_within=10,
)
