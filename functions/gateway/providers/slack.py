"""Slack. https://docs.slack.dev/authentication/verifying-requests-from-slack/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="slack",
    title="Slack",
    confidence="sdk",
    proof="slack_sdk SignatureVerifier",
    docs="https://docs.slack.dev/authentication/verifying-requests-from-slack/",
    schemes=(
        Hmac(
            header="X-Slack-Signature",
            prefix="v0=",
            content="v0:{timestamp}:{body}",
            timestamp_header="X-Slack-Request-Timestamp",
        ),
    ),
    secret="the signing secret: api.slack.com/apps > the app > Basic Information > App Credentials",
    # A slash command has no event id; its trigger id is made for it alone.
    id=("json:event_id", "form:trigger_id"),
    id_signed=True,
    type=("json:event.type", "json:type", "form:command"),
    handshakes=(
        Handshake(
            methods=("POST",),
            where=(("json:type", "url_verification"),),
            echo="json:challenge",
            content_type="text/plain",
        ),
        # An old probe, which is not signed.
        Handshake(methods=("POST",), where=(("form:ssl_check", "1"),), unsigned=True),
    ),
    # Three retries: at once, after one minute, after five.
    retries_for=6 * 60,
    answer_within=3,
    # An interaction is JSON in a form's field.
    redact=("json:token", "form:token", "form:payload>json:token"),
    notes=("Slack waits three seconds for the answer and shows the user an error after that.",),
)
