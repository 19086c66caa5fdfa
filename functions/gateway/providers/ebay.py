"""eBay's notifications. https://developer.ebay.com/api-docs/commerce/notification/overview.html"""

from gateway.providers.schema import Asymmetric, Handshake, Proof, Provider

PROVIDER = Provider(
    name="ebay",
    title="eBay",
    confidence="sdk",
    proof="event-notification-nodejs-sdk: validateSignature",
    docs="https://developer.ebay.com/api-docs/commerce/notification/overview.html",
    schemes=(
        # SHA-1 is all that eBay signs with.
        Asymmetric(
            algorithm="ecdsa-p256-sha1",
            header="X-EBAY-SIGNATURE",
            content="{body}",
            packed=True,
            encoding="base64",
        ),
    ),
    secret=(
        "eBay's public key, from getPublicKey of its Notification API; or several by their ids, as JSON: "
        '{"<kid>": "-----BEGIN PUBLIC KEY-----…"}'
    ),
    id=("json:notification.notificationId",),
    id_signed=True,
    type=("json:metadata.topic",),
    handshakes=(
        Handshake(
            methods=("GET",),
            unsigned=True,
            echo="query:challenge_code",
            bounds=r"[A-Za-z0-9-]{1,128}",
            proof=Proof(signs="{echo}{named:verification_token}{url}", keyed=False),
            content_type="application/json",
            body='{"challengeResponse":"{proof}"}',
        ),
    ),
    named={"verification_token": "the verification token that you entered at eBay beside the endpoint"},
    notes=(
        "When eBay changes its key, set the new one too: its API gives it only to signed-in applications.",
    ),
)
