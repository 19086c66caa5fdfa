"""Mailgun. https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks"""

from gateway.providers.schema import Fields, Provider

# Mailgun asks not to be strict with the time. This is for the token, which is remembered for a month.
_TOLERANCE = 15 * 86_400

PROVIDER = Provider(
    name="mailgun",
    title="Mailgun",
    confidence="sdk",
    proof="mailgun, Python: SecurityGuard.verify_webhook",
    docs="https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks",
    schemes=(
        Fields(
            signature="json:signature.signature",
            content="{json:signature.timestamp}{json:signature.token}",
            timestamp="json:signature.timestamp",
            tolerance=_TOLERANCE,
            nonce="json:signature.token",
        ),
        # Routes, and webhooks of old: a form, multipart where it holds files.
        Fields(
            signature="form:signature",
            content="{form:timestamp}{form:token}",
            timestamp="form:timestamp",
            tolerance=_TOLERANCE,
            nonce="form:token",
        ),
    ),
    secret="the HTTP webhook signing key: Mailgun > Account settings > API security",
    id=("json:event-data.id", "form:token"),
    type=("json:event-data.event", "form:event"),
    once=("json:signature.token", "form:token"),
    notes=(
        "The event itself is not signed, only a token beside it: what brings a known token is a duplicate.",
    ),
)
