"""Notion. https://developers.notion.com/reference/webhooks"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="notion",
    title="Notion",
    confidence="sdk",
    proof="@notionhq/client 5.26.0 verification of webhooks",
    docs="https://developers.notion.com/reference/webhooks",
    # Its SDK takes hex in either case.
    schemes=(Hmac(header="X-Notion-Signature", prefix="sha256=", or_encoding="hex-upper"),),
    secret=(
        "the verification token that Notion hands over when the subscription is made: `enrolment: open` "
        "stores it"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    volatile=("attempt_number",),
    retries_for=86_400,
    notes=("The token has to be pasted into Notion too: it is shown on the integration's Webhooks tab.",),
    handshakes=(
        # The token becomes the key; the operator copies it from the secret into Notion's page.
        Handshake(
            methods=("POST",),
            unsigned=True,
            absent=("header:X-Notion-Signature",),
            secret="json:verification_token",
            bounds=r"[!-~]{16,256}",
        ),
    ),
)
