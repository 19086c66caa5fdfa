"""Meta: WhatsApp. https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="meta-whatsapp",
    title="Meta: WhatsApp",
    confidence="registry+",
    proof="Meta documentation, Webhooks from Meta",
    docs="https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks",
    schemes=(Hmac(header="X-Hub-Signature-256", prefix="sha256="),),
    secret="the app's secret: developers.facebook.com > the app > App settings > Basic > App secret",
    type=("json:entry.0.changes.0.field", "json:object"),
    retries_for=36 * 3600,
    notes=(
        "One request may hold up to a thousand changes, which have no id of their own: they are one event.",
        "The SHA-1 signature that comes along counts for nothing.",
    ),
    handshakes=(
        Handshake(
            methods=("GET",),
            unsigned=True,
            where=(("query:hub.mode", "subscribe"),),
            token=("query:hub.verify_token", "verify_token"),
            echo="query:hub.challenge",
            bounds=r"[!-~]{1,256}",
        ),
    ),
    named={"verify_token": "the verify token that you enter at Meta beside the callback URL"},
)
