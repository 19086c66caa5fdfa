"""Twitch EventSub. https://dev.twitch.tv/docs/eventsub/handling-webhook-events/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="twitch",
    title="Twitch EventSub",
    confidence="docs",
    proof="Twitch documentation, Handling webhook events",
    docs="https://dev.twitch.tv/docs/eventsub/handling-webhook-events/",
    schemes=(
        Hmac(
            header="Twitch-Eventsub-Message-Signature",
            prefix="sha256=",
            content="{header:Twitch-Eventsub-Message-Id}{timestamp}{body}",
            timestamp_header="Twitch-Eventsub-Message-Timestamp",
            timestamp_unit="rfc3339",
            tolerance=600,
        ),
    ),
    secret="the secret of 10 to 100 characters that you make the subscription with; each may have its own",
    id=("header:Twitch-Eventsub-Message-Id",),
    id_signed=True,
    type=("header:Twitch-Eventsub-Subscription-Type",),
    notes=(
        "What a message is (a notification, a revocation) is a header that the signature does not cover.",
        "A revoked subscription is told by an event whose subscription.status says why.",
    ),
    handshakes=(
        Handshake(
            methods=("POST",),
            where=(("header:Twitch-Eventsub-Message-Type", "webhook_callback_verification"),),
            echo="json:challenge",
            content_type="text/plain",
        ),
    ),
)
