"""The official SDKs for Node that prove literals, and where we and they disagree.

STRICTER and LOOSER: by SDK, what each kind of alteration (tests/conformance/official.py) is refused for that
it accepts, or accepted for that it refuses.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from gateway.verification.keys import fingerprint
from tests.conformance.official import BODIES, Sdk, having
from tests.conformance.sdk_keys import EC, OTHER_EC, OTHER_ED25519, OTHER_RSA, RSA
from tests.conformance.senders import (
    DISCORD_KEY,
    DISCORD_SEED,
    FORM,
    FORMS,
    SENDGRID_KEY,
    SENDGRID_SIGNING_KEY,
    URL,
)

_TEXT = "5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"
_OTHER = "6XcY6lFXMmgatHOkI75J9mPPrVC7f9GI"
_WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_OTHER_WHSEC = "whsec_NgLR0s9HLZrsUxkVQE9JMQAJp3MbMbTx"
_HEX = sha256(b"a key").hexdigest()
_OTHER_HEX = sha256(b"another key").hexdigest()
_TOPIC = "arn:aws:sns:us-east-1:123456789012:orders"

# For SDKs that write the JSON anew before they hash it: what JSON.stringify would write.
_WRITTEN_ANEW = {kind: BODIES[kind] for kind in ("plain", "non-ASCII")}


def _text(package: str, provider: str, proves: str, **more: Any) -> Sdk:
    """One whose key is text that both sides take."""
    given: dict[str, Any] = {"name": package, "key": _TEXT, "other": _OTHER, **more}
    return Sdk(package=package, provider=provider, proves=proves, **given)


def _adyen(reference: str) -> str:
    item = {
        "additionalData": {"shopperReference": "Zoë 🧾"},
        "amount": {"currency": "EUR", "value": 1130},
        "eventCode": "AUTHORISATION",
        "eventDate": "2026-11-23T12:00:00+01:00",
        "merchantAccountCode": "AcmeShop",
        "merchantReference": reference,
        "originalReference": "",
        "pspReference": "7914073381342284",
        "success": "true",
    }
    return json.dumps({"live": "false", "notificationItems": [{"NotificationRequestItem": item}]})


def _sns(message: str) -> str:
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": _TOPIC,
            "Subject": "Order 1001 — Zoë",
            "Message": message,
        },
        ensure_ascii=False,
    )


def _braintree(kind: str) -> str:
    xml = (
        f'<notification><timestamp type="datetime">2026-11-23T12:00:00Z</timestamp><kind>{kind}</kind>'
        '<subject><check type="boolean">true</check></subject></notification>'
    )
    return f"bt_payload={quote(b64encode(xml.encode()).decode(), safe='')}&bt_signature="


def _dropbox(kind: str) -> str:
    event = {"event": {"event_type": kind, "event_time": "1795435200", "event_hash": ""}}
    return f"json={quote(json.dumps(event), safe='')}"


def _plain(name: str) -> str:
    """A whole event: the SDK holds it to its schema before it looks at its age."""
    ulid, moment = "01HD44FHDVS5HB1J8X9PCSVHJ4", "2026-11-23T11:59:57Z"
    actor = {"actorType": "system", "system": "imports"}
    customer = {
        "id": f"c_{ulid}",
        "email": {"email": "zoe@example.com", "isVerified": True, "verifiedAt": None},
        "externalId": None,
        "fullName": name,
        "shortName": None,
        "customerGroupMemberships": [],
        "createdAt": moment,
        "createdBy": actor,
        "updatedAt": moment,
        "updatedBy": actor,
    }
    kind = "customer.customer_deleted"
    event = {
        "id": f"pEv_{ulid}",
        "type": kind,
        "timestamp": moment,
        "workspaceId": f"w_{ulid}",
        "payload": {"eventType": kind, "previousCustomer": customer},
        "webhookMetadata": {
            "webhookTargetId": f"whTarget_{ulid}",
            "webhookTargetVersion": "2026-02-27",
            "webhookDeliveryAttemptId": f"whAttempt_{ulid}",
            "webhookDeliveryAttemptNumber": 1,
            "webhookDeliveryAttemptTimestamp": moment,
        },
    }
    return json.dumps(event, ensure_ascii=False)


def _in_one_line(pem: str) -> str:
    return pem.replace("\n", "")


def _shopify(family: str) -> Mapping[str, str]:
    return {
        f"{family}-topic": "orders/create",
        f"{family}-shop-domain": "acme.myshopify.com",
        f"{family}-api-version": "2026-10",
        f"{family}-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        f"{family}-handle": "orders",
        f"{family}-action": "create",
    }


_PUBLIC_KEYS = (
    Sdk(
        name="@sendgrid/eventwebhook",
        package="@sendgrid/eventwebhook",
        provider="sendgrid",
        proves="EventWebhook.verifySignature",
        key=SENDGRID_KEY,
        signing_key=SENDGRID_SIGNING_KEY,
        other=OTHER_EC.public_der,
        # Its signatures differ in length from one time to the next, so that some of many are padded.
        bodies={f"{kind}, {time}": body for kind, body in BODIES.items() for time in range(4)},
    ),
    Sdk(
        name="discord-interactions",
        package="discord-interactions",
        provider="discord",
        proves="verifyKey",
        key=DISCORD_KEY,
        signing_key=DISCORD_SEED.hex(),
        other=OTHER_ED25519,
    ),
    Sdk(
        name="event-notification-nodejs-sdk",
        package="event-notification-nodejs-sdk",
        provider="ebay",
        proves="validateSignature",
        key=EC.public,
        signing_key=EC.private,
        other=OTHER_EC.public,
        their_key=_in_one_line(EC.public),
        their_other=_in_one_line(OTHER_EC.public),
        bodies=_WRITTEN_ANEW,
    ),
    Sdk(
        name="sns-validator",
        package="sns-validator",
        provider="aws-sns",
        proves="MessageValidator.validate",
        key=RSA.public,
        signing_key=RSA.private,
        other=OTHER_RSA.public,
        bodies={kind: _sns(body) for kind, body in BODIES.items()},
        content_type="text/plain; charset=UTF-8",
        settings={"topic_arns": (_TOPIC,)},
    ),
)

_BODY = (
    _text("@octokit/webhooks", "github", "Webhooks.verify", signs=True),
    _text("@octokit/webhooks-methods", "github", "verify", signs=True),
    _text("@shopify/shopify-api", "shopify", "webhooks.validate", headers=_shopify("shopify")),
    _text(
        "@shopify/shopify-api",
        "shopify",
        "webhooks.validate",
        name="@shopify/shopify-api X-Shopify",
        headers=_shopify("x-shopify"),
        settings={"header": "X-Shopify-Hmac-Sha256"},
    ),
    _text(
        "@adyen/api-library",
        "adyen-platform",
        "HmacValidator.validateHMACSignature",
        name="@adyen/api-library adyen-platform",
        key=_HEX,
        other=_OTHER_HEX,
    ),
    _text("@line/bot-sdk", "line", "validateSignature"),
    _text("razorpay", "razorpay", "validateWebhookSignature"),
    _text("@easypost/api", "easypost", "Utils.validateWebhook"),
    _text("gocardless-nodejs", "gocardless", "verifySignature"),
    _text("@onfido/api", "onfido", "WebhookEventVerifier.readPayload"),
    _text("@linear/sdk", "linear", "LinearWebhookClient.verify", bodies=having('"webhookTimestamp":0')),
    _text("@notionhq/client", "notion", "verifyWebhookSignature", signs=True),
    _text("modern-treasury", "modern-treasury", "webhooks.validateSignature", signs=True),
    _text("@nangohq/node", "nango", "Nango.verifyIncomingWebhookRequest"),
    _text(
        "pusher",
        "pusher",
        "WebHook.isValid",
        their_key={"key": "app-key", "secret": _TEXT},
        their_other={"key": "app-key", "secret": _OTHER},
        headers={"x-pusher-key": "app-key"},
        bodies=having('"time_ms":0'),
        settings={"key_id": ("app-key",)},
    ),
    _text("coinbase-commerce-node", "coinbase-commerce", "Webhook.verifySigHeader"),
    _text("@unit-finance/unit-node-sdk", "unit", "Webhooks.verify", bodies=_WRITTEN_ANEW),
    _text("smartcar", "smartcar", "verifyPayload", bodies=_WRITTEN_ANEW),
    _text(
        "connect-sdk-nodejs",
        "worldline",
        "newSignatureValidator",
        their_key={"id": "key-1", "secret": _TEXT},
        their_other={"id": "key-1", "secret": _OTHER},
        headers={"x-gcs-keyid": "key-1"},
        settings={"key_id": ("key-1",)},
    ),
    _text("@hookdeck/sdk", "hookdeck", "verifyWebhookSignature"),
    _text("@commercelayer/sdk-utils", "commercelayer", "checkSignature"),
    _text(
        "@solidgate/node-sdk",
        "solidgate",
        "the signature of its own requests",
        signs=True,
        verifies=False,
        headers={"merchant": "wh_pk_1"},
        settings={"key_id": ("wh_pk_1",)},
    ),
    _text("chargebee", "chargebee", "basicAuthValidator", key=f"hooks:{_TEXT}:!", other=f"hooks:{_OTHER}:!"),
)

_TIMESTAMPED = (
    _text("stripe", "stripe", "webhooks.constructEvent", key=f"whsec_{_TEXT}", signs=True),
    _text("@paddle/paddle-node-sdk", "paddle", "webhooks.isSignatureValid", key=f"pdl_ntfset_{_TEXT}"),
    _text("@mux/mux-node", "mux", "webhooks.verifySignature"),
    _text("@workos-inc/node", "workos", "webhooks.verifyHeader", signs=True),
    _text(
        "@contentful/node-apps-toolkit",
        "contentful",
        "verifyRequest",
        key=_HEX,
        other=_OTHER_HEX,
        signs=True,
        headers={
            "x-contentful-signed-headers": "content-type,x-contentful-signed-headers,x-contentful-timestamp"
        },
    ),
    _text("webflow-api", "webflow", "webhooks.verifySignature"),
    _text("@hygraph/utils", "hygraph", "verifyWebhookSignature", signs=True),
    _text("@sanity/webhook", "sanity", "isValidRequest", signs=True),
    _text("@slack/bolt", "slack", "AwsLambdaReceiver"),
    _text("retell-sdk", "retell", "verify", signs=True),
    _text("orb-billing", "orb", "webhooks.verifySignature"),
    _text("@metronome/sdk", "metronome", "webhooks.verifySignature"),
    _text("customerio-node", "customerio", "verifyRequestSignature"),
    _text(
        "@zoom/rivet",
        "zoom",
        "AwsLambdaReceiver",
        bodies={
            "plain": '{"event":"meeting.started","event_ts":1795435200000}',
            "non-ASCII": '{"event":"meeting.started","payload":{"topic":"Zoë 🧾 Ünal"}}',
        },
    ),
    _text(
        "hook0-client",
        "hook0",
        "verifyWebhookSignature",
        headers={"x-event-id": "0191e3a4-2b4e-7a3c-9a4b-3f6c1d2e4f50"},
    ),
    _text(
        "crisp-api",
        "crisp",
        "Crisp.verifyHook",
        bodies=_WRITTEN_ANEW,
    ),
    _text(
        "@team-plain/typescript-sdk",
        "plain",
        "verifyPlainWebhook",
        bodies={"non-ASCII": _plain("Zoë 🧾 Ünal"), "escaped": _plain('a/b\n"c"')},
    ),
    _text("cloudinary", "cloudinary", "verifyNotificationSignature"),
    _text(
        "cloudinary",
        "cloudinary-sha256",
        "verifyNotificationSignature",
        name="cloudinary cloudinary-sha256",
    ),
)

_STANDARD = (
    _text("svix", "svix", "Webhook.verify", key=_WHSEC, other=_OTHER_WHSEC, signs=True),
    _text(
        "standardwebhooks",
        "standard-webhooks",
        "Webhook.verify",
        key=_WHSEC,
        other=_OTHER_WHSEC,
        signs=True,
        settings={"names": ("webhook",)},
    ),
    _text("@polar-sh/sdk", "polar", "validateEvent", key=f"polar_whs_{_TEXT}", other=f"polar_whs_{_OTHER}"),
    _text("resend", "resend", "webhooks.verify", key=_WHSEC, other=_OTHER_WHSEC),
    _text("replicate", "replicate", "validateWebhook", key=_WHSEC, other=_OTHER_WHSEC),
    _text("lithic", "lithic", "webhooks.verifySignature", key=_WHSEC, other=_OTHER_WHSEC),
    _text(
        "@tryfinch/finch-api",
        "finch",
        "webhooks.verifySignature",
        key=_WHSEC.removeprefix("whsec_"),
        other=_OTHER_WHSEC.removeprefix("whsec_"),
    ),
    _text("@clerk/backend", "clerk", "verifyWebhook", key=_WHSEC, other=_OTHER_WHSEC),
    _text("dodopayments", "dodo-payments", "webhooks.unwrap", key=_WHSEC, other=_OTHER_WHSEC),
)

_FIELDS = (
    _text(
        "@adyen/api-library",
        "adyen",
        "HmacValidator.validateHMAC",
        key=_HEX,
        other=_OTHER_HEX,
        signs=True,
        bodies={"plain": _adyen("order-1"), "non-ASCII": _adyen("Zoë 🧾"), "escaped": _adyen('a:\\b\n"c"/')},
    ),
    _text(
        "mercadopago",
        "mercado-pago",
        "WebhookSignatureValidator.validate",
        url="https://hooks.example.com/in/source?data.id=ORD01JQ4S&type=payment",
        headers={"x-request-id": "bb56a2f1-6aae-46ac-982e-9dcd3581d08e"},
    ),
    _text(
        "@dropbox/sign",
        "dropbox-sign",
        "EventCallbackHelper.isValid",
        content_type=FORM,
        bodies={
            kind: _dropbox(kind) for kind in ("signature_request_signed", "signature_request_all_signed")
        },
    ),
    _text(
        "braintree",
        "braintree",
        "webhookNotification.parse",
        key=f"pub{_TEXT[:8]}:{_HEX}",
        other=f"pub{_TEXT[:8]}:{_OTHER_HEX}",
        signs=True,
        content_type=FORM,
        bodies={"a check": _braintree("check")},
    ),
)

_JSON_HASH = sha256(BODIES["escaped"].encode()).hexdigest()

_URLS = (
    _text("twilio", "twilio", "validateRequest", signs=True, content_type=FORM, bodies=FORMS),
    _text(
        "twilio",
        "twilio",
        "validateRequestWithBody",
        name="twilio with a body",
        signs=True,
        bodies={"escaped": BODIES["escaped"]},
        url=f"{URL}&bodySHA256={_JSON_HASH}",
    ),
    _text("plivo", "plivo", "validateV3Signature", content_type=FORM, bodies=FORMS),
)

_EC_SET = EC.key_set(kid=fingerprint(EC.private))
_OTHER_EC_SET = OTHER_EC.key_set(kid=fingerprint(EC.private))
_GOOGLE = {
    "audience": "https://hooks.example.com/in/source",
    "email": "pusher@acme.iam.gserviceaccount.com",
}

_TOKENS = (
    Sdk(
        name="jose plaid",
        package="jose",
        provider="plaid",
        proves="jwtVerify, as Plaid's documentation has it",
        key=_EC_SET,
        signing_key=EC.private,
        other=_OTHER_EC_SET,
    ),
    Sdk(
        name="jose fusionauth",
        package="jose",
        provider="fusionauth",
        proves="jwtVerify, as FusionAuth's example has it",
        key=_EC_SET,
        signing_key=EC.private,
        other=_OTHER_EC_SET,
    ),
    Sdk(
        name="google-auth-library",
        package="google-auth-library",
        provider="google-pubsub",
        proves="OAuth2Client.verifySignedJwtWithCertsAsync",
        key=RSA.public,
        signing_key=RSA.private,
        other=OTHER_RSA.public,
        their_key={**_GOOGLE, "certificates": json.dumps({fingerprint(RSA.private): RSA.public})},
        their_other={**_GOOGLE, "certificates": json.dumps({fingerprint(RSA.private): OTHER_RSA.public})},
        settings={"audience": (_GOOGLE["audience"],), "service_account_email": (_GOOGLE["email"],)},
    ),
    Sdk(
        name="@kinde/webhooks",
        package="@kinde/webhooks",
        provider="kinde",
        proves="decodeWebhook",
        key=RSA.key_set(kid=fingerprint(RSA.private)),
        signing_key=RSA.private,
        other=OTHER_RSA.key_set(kid=fingerprint(RSA.private)),
        settings={"issuers": ("https://acme.kinde.com",)},
    ),
    _text(
        "livekit-server-sdk",
        "livekit",
        "WebhookReceiver.receive",
        signs=True,
        settings={"api_key": ("APIwQz",)},
        their_key={"api_key": "APIwQz", "secret": _TEXT},
        their_other={"api_key": "APIwQz", "secret": _OTHER},
    ),
    _text("@upstash/qstash", "qstash", "Receiver.verify", key=f"sig_{_TEXT}", other=f"sig_{_OTHER}"),
    _text("@vonage/jwt", "vonage", "verifySignature"),
    _text("messagebird", "messagebird-bird", "webhook-signature-jwt"),
    _text("atlassian-jwt", "jira-connect", "decodeSymmetric, createQueryStringHash", signs=True),
)

SDKS: tuple[Sdk, ...] = (
    *_BODY,
    *_TIMESTAMPED,
    *_STANDARD,
    *_FIELDS,
    *_URLS,
    *_TOKENS,
    *_PUBLIC_KEYS,
)

_AGE = "the moment that is signed has to be near, which the SDK leaves to its caller"
_BYTES = "the body's own bytes are what is signed; the SDK reads the JSON and writes it anew"
_CERTIFICATE = "a certificate of SNS's has a name that is SNS's"
_EXACT = "hex and base64 count as they are written: in lower case, with all their padding, nothing after it"
_EXPIRED = "a token that has run out is none any more"
_FUTURE = "the tolerance holds in both directions"
_HASH = "the token holds the body's hash, which the SDK leaves to its caller"
_ISSUED = "a token that is issued in time to come is none yet"
_NAMES = "the members of a header go by their names, not by their places"
_ONCE = "a header that is there twice, or a field of it, is no one's"
_UTF_8 = "JSON is UTF-8"
_VERSION = "a signature counts for the version that stands before it"

STRICTER: Mapping[str, Mapping[str, str]] = {
    "@adyen/api-library adyen-platform": {
        "hmacsignature cut short": _EXACT,
        "hmacsignature doubled": _ONCE,
    },
    "@line/bot-sdk": {
        "x-line-signature cut short": _EXACT,
        "x-line-signature doubled": _ONCE,
    },
    "gocardless-nodejs": {
        "webhook-signature doubled": _ONCE,
        "webhook-signature in the other case": _EXACT,
    },
    "@onfido/api": {
        "x-sha2-signature doubled": _ONCE,
        "x-sha2-signature in the other case": _EXACT,
    },
    "@nangohq/node": {
        "x-nango-hmac-sha256 in the other case": _EXACT,
    },
    "pusher": {
        "a day early": _AGE,
        "a day late": _AGE,
    },
    "@unit-finance/unit-node-sdk": {
        "body with a byte more": _BYTES,
    },
    "smartcar": {
        "body with a byte more": _BYTES,
    },
    "chargebee": {
        "authorization cut short": _EXACT,
    },
    "stripe": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
        "stripe-signature doubled": _ONCE,
    },
    "@paddle/paddle-node-sdk": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
    },
    "@mux/mux-node": {
        "a day early": _FUTURE,
        "mux-signature doubled": _ONCE,
        "six minutes early": _FUTURE,
    },
    "@workos-inc/node": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
        "workos-signature doubled": _ONCE,
        "workos-signature with a bit changed": _NAMES,
        "workos-signature without its beginning": _NAMES,
    },
    "@contentful/node-apps-toolkit": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
        "x-contentful-timestamp doubled": _ONCE,
    },
    "webflow-api": {
        "a day early": _AGE,
        "a day late": _AGE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "@hygraph/utils": {
        "a day early": _AGE,
        "a day late": _AGE,
        "gcms-signature doubled": _ONCE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "@slack/bolt": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
    },
    "retell-sdk": {
        "x-retell-signature in the other case": _EXACT,
    },
    "customerio-node": {
        "a day early": _AGE,
        "a day late": _AGE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "@zoom/rivet": {
        "a day early": _AGE,
        "a day late": _AGE,
        "body with a byte more": _BYTES,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "hook0-client": {
        "x-hook0-signature doubled": _ONCE,
    },
    "crisp-api": {
        "a day early": _AGE,
        "a day late": _AGE,
        "body with a byte more": _BYTES,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "cloudinary": {
        "a day early": _FUTURE,
    },
    "cloudinary cloudinary-sha256": {
        "a day early": _FUTURE,
    },
    "svix": {
        "svix-signature doubled": _ONCE,
        "svix-timestamp doubled": _ONCE,
    },
    "standardwebhooks": {
        "webhook-signature doubled": _ONCE,
        "webhook-timestamp doubled": _ONCE,
    },
    "@polar-sh/sdk": {
        "webhook-signature cut short": _EXACT,
        "webhook-signature doubled": _ONCE,
    },
    "resend": {
        "svix-signature doubled": _ONCE,
        "svix-timestamp doubled": _ONCE,
    },
    "replicate": {
        "a day early": _AGE,
        "a day late": _AGE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
        "webhook-signature doubled": _ONCE,
        "webhook-signature with a bit changed": _VERSION,
        "webhook-signature without its beginning": _VERSION,
    },
    "lithic": {
        "webhook-signature doubled": _ONCE,
        "webhook-timestamp doubled": _ONCE,
    },
    "@tryfinch/finch-api": {
        "finch-signature doubled": _ONCE,
        "finch-timestamp doubled": _ONCE,
    },
    "@clerk/backend": {
        "svix-signature doubled": _ONCE,
        "svix-timestamp doubled": _ONCE,
    },
    "dodopayments": {
        "webhook-signature doubled": _ONCE,
        "webhook-timestamp doubled": _ONCE,
    },
    "@adyen/api-library": {
        "a bit of the body": _UTF_8,
    },
    "mercadopago": {
        "x-signature doubled": _ONCE,
    },
    "jose fusionauth": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "google-auth-library": {
        "six minutes late": _EXPIRED,
    },
    "@kinde/webhooks": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "livekit-server-sdk": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "@upstash/qstash": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "@vonage/jwt": {
        "a bit of the body": _HASH,
        "a day early": _ISSUED,
        "body missing": _HASH,
        "body with a byte more": _HASH,
        "six minutes early": _ISSUED,
    },
    "messagebird": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "atlassian-jwt": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "@sendgrid/eventwebhook": {
        "x-twilio-email-event-webhook-signature cut short": _EXACT,
        "x-twilio-email-event-webhook-signature doubled": _ONCE,
    },
    "discord-interactions": {
        "x-signature-ed25519 cut short": _EXACT,
        "x-signature-ed25519 in the other case": _EXACT,
    },
    "event-notification-nodejs-sdk": {
        "body with a byte more": _BYTES,
        "x-ebay-signature cut short": _EXACT,
        "x-ebay-signature doubled": _ONCE,
    },
    "sns-validator": {
        "a bit of the body": _CERTIFICATE,
    },
}

LOOSER: Mapping[str, Mapping[str, str]] = {}
