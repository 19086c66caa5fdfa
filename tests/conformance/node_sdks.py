"""The official SDKs for Node that prove literals, each with a key and bodies that it takes."""

import json
from hashlib import sha256
from typing import Any

from gateway.verification.keys import fingerprint
from tests.conformance import node_bodies as bodies
from tests.conformance.key_pairs import EC, OTHER_EC, OTHER_RSA, RSA
from tests.conformance.keys import (
    ED25519_OTHER_HEX,
    P256_OTHER_PUBLIC,
    STANDARD,
    STANDARD_OTHER,
    TEXT,
    TEXT_OTHER,
)
from tests.conformance.node_differences import LOOSER, STRICTER
from tests.conformance.official import BODIES, Sdk, having
from tests.conformance.senders import (
    DISCORD_KEY,
    DISCORD_SEED,
    FORM,
    FORMS,
    SENDGRID_KEY,
    SENDGRID_SIGNING_KEY,
)

_HEX = sha256(b"a key").hexdigest()
_OTHER_HEX = sha256(b"another key").hexdigest()

# For SDKs that write the JSON anew before they hash it: what JSON.stringify would write.
_WRITTEN_ANEW = {kind: BODIES[kind] for kind in ("plain", "non-ASCII")}


def _text(package: str, provider: str, proves: str, **more: Any) -> Sdk:
    """One whose key is text that both sides take."""
    given: dict[str, Any] = {"name": package, "key": TEXT, "other": TEXT_OTHER, **more}
    return Sdk(package=package, provider=provider, proves=proves, **given)


def _in_one_line(pem: str) -> str:
    return pem.replace("\n", "")


_PUBLIC_KEYS = (
    Sdk(
        name="@sendgrid/eventwebhook",
        package="@sendgrid/eventwebhook",
        provider="sendgrid",
        proves="EventWebhook.verifySignature",
        key=SENDGRID_KEY,
        signing_key=SENDGRID_SIGNING_KEY,
        other=P256_OTHER_PUBLIC,
        # Its signatures differ in length from one time to the next, so that some of many are padded.
        bodies={f"{kind}, {time}": body for kind, body in BODIES.items() for time in range(2)},
    ),
    Sdk(
        name="discord-interactions",
        package="discord-interactions",
        provider="discord",
        proves="verifyKey",
        key=DISCORD_KEY,
        signing_key=DISCORD_SEED.hex(),
        other=ED25519_OTHER_HEX,
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
        bodies={kind: bodies.sns(body) for kind, body in BODIES.items()},
        content_type="text/plain; charset=UTF-8",
        settings={"topic_arns": (bodies.TOPIC,)},
    ),
)

_BODY = (
    _text("@octokit/webhooks", "github", "Webhooks.verify", signs=True),
    _text("@octokit/webhooks-methods", "github", "verify", signs=True),
    _text("@shopify/shopify-api", "shopify", "webhooks.validate", headers=bodies.shopify("shopify")),
    _text(
        "@shopify/shopify-api",
        "shopify",
        "webhooks.validate",
        name="@shopify/shopify-api X-Shopify",
        headers=bodies.shopify("x-shopify"),
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
        their_key={"key": "app-key", "secret": TEXT},
        their_other={"key": "app-key", "secret": TEXT_OTHER},
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
        their_key={"id": "key-1", "secret": TEXT},
        their_other={"id": "key-1", "secret": TEXT_OTHER},
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
    _text("chargebee", "chargebee", "basicAuthValidator", key=f"hooks:{TEXT}", other=f"hooks:{TEXT_OTHER}"),
)

_TIMESTAMPED = (
    _text("stripe", "stripe", "webhooks.constructEvent", key=f"whsec_{TEXT}", signs=True, several=","),
    _text("@paddle/paddle-node-sdk", "paddle", "webhooks.isSignatureValid", key=f"pdl_ntfset_{TEXT}"),
    _text("@mux/mux-node", "mux", "webhooks.verifySignature", several=","),
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
    _text(
        "@slack/bolt",
        "slack",
        "AwsLambdaReceiver",
        name="@slack/bolt with a form",
        content_type=FORM,
        bodies=FORMS,
    ),
    _text("retell-sdk", "retell", "verify", signs=True),
    _text("orb-billing", "orb", "webhooks.verifySignature", several=" "),
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
        bodies={"non-ASCII": bodies.plain("Zoë 🧾 Ünal"), "escaped": bodies.plain('a/b\n"c"')},
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
    _text("svix", "svix", "Webhook.verify", key=STANDARD, other=STANDARD_OTHER, signs=True, several=" "),
    _text(
        "standardwebhooks",
        "standard-webhooks",
        "Webhook.verify",
        key=STANDARD,
        other=STANDARD_OTHER,
        signs=True,
        settings={"names": ("webhook",)},
        several=" ",
    ),
    _text(
        "@polar-sh/sdk",
        "polar",
        "validateEvent",
        key=f"polar_{TEXT}",
        other=f"polar_{TEXT_OTHER}",
        several=" ",
    ),
    _text("resend", "resend", "webhooks.verify", key=STANDARD, other=STANDARD_OTHER, several=" "),
    _text("replicate", "replicate", "validateWebhook", key=STANDARD, other=STANDARD_OTHER, several=" "),
    _text("lithic", "lithic", "webhooks.verifySignature", key=STANDARD, other=STANDARD_OTHER, several=" "),
    _text(
        "@tryfinch/finch-api",
        "finch",
        "webhooks.verifySignature",
        key=STANDARD.removeprefix("whsec_"),
        other=STANDARD_OTHER.removeprefix("whsec_"),
        several=" ",
    ),
    _text("@clerk/backend", "clerk", "verifyWebhook", key=STANDARD, other=STANDARD_OTHER, several=" "),
    _text(
        "dodopayments", "dodo-payments", "webhooks.unwrap", key=STANDARD, other=STANDARD_OTHER, several=" "
    ),
)

_FIELDS = (
    _text(
        "@adyen/api-library",
        "adyen",
        "HmacValidator.validateHMAC",
        key=_HEX,
        other=_OTHER_HEX,
        signs=True,
        bodies={
            "plain": bodies.adyen("order-1"),
            "non-ASCII": bodies.adyen("Zoë 🧾"),
            "escaped": bodies.adyen('a:\\b\n"c"/'),
        },
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
            kind: bodies.dropbox(kind)
            for kind in ("signature_request_signed", "signature_request_all_signed")
        },
    ),
    _text(
        "braintree",
        "braintree",
        "webhookNotification.parse",
        key=f"pub{TEXT[:8]}:{_HEX}",
        other=f"pub{TEXT[:8]}:{_OTHER_HEX}",
        signs=True,
        content_type=FORM,
        bodies={"a check": bodies.braintree("check")},
    ),
)

_URLS = (
    _text("twilio", "twilio", "validateRequest", signs=True, content_type=FORM, bodies=FORMS),
    _text(
        "twilio",
        "twilio",
        "validateRequestWithBody",
        name="twilio with a body",
        signs=True,
        body_hash_parameter="bodySHA256",
    ),
    _text(
        "twilio",
        "twilio",
        "validateRequest",
        name="twilio with a port",
        signs=True,
        content_type=FORM,
        bodies=FORMS,
        url="https://hooks.example.com:8443/in/source?src=test&tag=a%20b",
    ),
    _text("plivo", "plivo", "validateV3Signature", content_type=FORM, bodies=FORMS, several=","),
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
        official=False,
        proves="jwtVerify, as Plaid's documentation has it",
        key=_EC_SET,
        signing_key=EC.private,
        other=_OTHER_EC_SET,
    ),
    Sdk(
        name="jose fusionauth",
        package="jose",
        provider="fusionauth",
        official=False,
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
    Sdk(
        name="@wix/sdk",
        package="@wix/sdk",
        provider="wix",
        proves="webhooks.process",
        key=RSA.public,
        signing_key=RSA.private,
        other=OTHER_RSA.public,
        bodies={"non-ASCII": bodies.wix("Zoë 🧾"), "escaped": bodies.wix('a/b\n"c"')},
    ),
    _text(
        "livekit-server-sdk",
        "livekit",
        "WebhookReceiver.receive",
        signs=True,
        settings={"api_key": ("APIwQz",)},
        their_key={"api_key": "APIwQz", "secret": TEXT},
        their_other={"api_key": "APIwQz", "secret": TEXT_OTHER},
    ),
    _text("@upstash/qstash", "qstash", "Receiver.verify", key=f"sig_{TEXT}", other=f"sig_{TEXT_OTHER}"),
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

__all__ = ["LOOSER", "SDKS", "STRICTER"]
