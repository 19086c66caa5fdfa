"""SendGrid's event webhook.

https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="sendgrid",
    title="SendGrid",
    confidence="sdk",
    proof="sendgrid 6.12.4 EventWebhook",
    docs=(
        "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/"
        "getting-started-event-webhook-security-features"
    ),
    # SendGrid's libraries do not look at the timestamp's age, and a retry may keep the first attempt's.
    schemes=(
        Asymmetric(
            algorithm="ecdsa-p256",
            header="X-Twilio-Email-Event-Webhook-Signature",
            timestamp_header="X-Twilio-Email-Event-Webhook-Timestamp",
            encoding="base64",
        ),
    ),
    secret="the verification key: SendGrid > Settings > Mail Settings > Event Webhooks > Security features",
    id=("json:sg_event_id",),
    id_signed=True,
    type=("json:event",),
    items="json:",
    retries_for=86_400,
)
