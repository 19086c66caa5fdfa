"""Wise. https://docs.wise.com/api-docs/features/webhooks-notifications/event-handling"""

from gateway.providers.schema import Asymmetric, Handshake, Provider

PROVIDER = Provider(
    name="wise",
    title="Wise",
    confidence="docs",
    proof="Wise documentation, event handling",
    docs="https://docs.wise.com/api-docs/features/webhooks-notifications/event-handling",
    # Beside it comes X-Signature, by SHA-1, which does not count.
    schemes=(
        Asymmetric(
            algorithm="rsa-sha256",
            header="X-Signature-SHA256",
            content="{body}",
            encoding="base64",
        ),
    ),
    secret="Wise's public key (PEM) from its documentation: that of the sandbox is another one",
    id=("header:X-Delivery-Id",),
    type=("json:event_type",),
    handshakes=(Handshake(methods=("POST",), where=(("header:X-Test-Notification", "true"),)),),
    retries_for=14 * 86_400,
    answer_within=5,
    notes=("When a subscription is made a notification with X-Test-Notification: true comes, as an event.",),
)
