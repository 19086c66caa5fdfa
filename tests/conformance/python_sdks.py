"""The official SDKs for Python that prove literals, and where we and they disagree.

STRICTER and LOOSER: by SDK, what each kind of alteration (tests/conformance/official.py) is refused for that
it accepts, or accepted for that it refuses.
"""

from collections.abc import Mapping

from tests.conformance.keys import (
    ED25519,
    ED25519_BASE64,
    ED25519_HEX,
    ED25519_OTHER_BASE64,
    ED25519_OTHER_HEX,
    P256,
    P256_OTHER_PUBLIC,
    P256_PUBLIC,
    RSA,
    RSA_OTHER_PUBLIC,
    RSA_PUBLIC,
    STANDARD,
    STANDARD_OTHER,
    TEXT,
    TEXT_OTHER,
)
from tests.conformance.official import Sdk, having
from tests.conformance.senders import FORM, FORMS, URL

_HEX, _HEX_OTHER = TEXT.encode().hex(), TEXT_OTHER.encode().hex()
_BASE64, _BASE64_OTHER = STANDARD.removeprefix("whsec_"), STANDARD_OTHER.removeprefix("whsec_")
_ADYEN = (
    '"notificationItems":[{"NotificationRequestItem":{"pspReference":"7914073381342284",'
    '"merchantAccountCode":"Zoë:\\u00e9","merchantReference":"a\\/b","amount":{"value":1130,"currency":"EUR"},'
    '"eventCode":"AUTHORISATION","success":"true","additionalData":{"x":"y"}}}]'
)
_SIGN_EVENT = "json=%7B%22event%22%3A%7B%22event_type%22%3A%22signature_request_sent%22%7D%7D"
_BRAINTREE = (
    "bt_payload=PG5vdGlmaWNhdGlvbj48a2luZD5jaGVjazwva2luZD48dGltZXN0YW1wIHR5cGU9ImRhdGV0aW1lIj4yMDI2LTExLTIz"
    "VDAwOjAwOjAwWjwvdGltZXN0YW1wPjxzdWJqZWN0PjxjaGVjayB0eXBlPSJib29sZWFuIj50cnVlPC9jaGVjaz48L3N1"
    "YmplY3Q%2BPC9ub3RpZmljYXRpb24%2B%0A"
)
_COMPACT = {
    "plain": '{"data":[{"id":"1","type":"customer.created"}]}',
    "non-ASCII": '{"data":[{"id":"1","name":"Zoë 🧾 Ünal €"}]}',
    "escaped": r'{"data":[{"id":"1","path":"a/b\n\"c\"\\"}]}',
}
# The library takes no other, and Airtable sends none: no text of a table's is in a notification.
_ASCII = {
    name: body
    for name, body in having(
        '"base":{"id":"app1"},"webhook":{"id":"ach1"},"timestamp":"2026-11-23T00:00:00.000Z"'
    ).items()
    if body.isascii()
}
# The library keeps one value of each field.
_SINGLE_FORMS = {
    "events": "mandrill_events=%5B%7B%22name%22%3A%22Zo%C3%AB+%F0%9F%A7%BE%22%7D%5D",
    "more fields": "b=2&a=&A=x+y&mandrill_events=%5B%5D",
}
_AUDIENCE = "https://hooks.example.com/in/source"
_ACCOUNT = "push@project.iam.gserviceaccount.com"


def _text(name: str, package: str, provider: str, proves: str, **more: object) -> Sdk:
    """Of an SDK whose key is any text."""
    given: dict[str, object] = {"key": TEXT, "other": TEXT_OTHER} | more
    return Sdk(name=name, package=package, provider=provider, proves=proves, **given)  # type: ignore[arg-type]


def _standard(name: str, package: str, provider: str, proves: str, **more: object) -> Sdk:
    given: dict[str, object] = {"key": STANDARD, "other": STANDARD_OTHER, "several": " "} | more
    return _text(name, package, provider, proves, **given)


SDKS: tuple[Sdk, ...] = (
    _standard(
        "standardwebhooks",
        "standardwebhooks",
        "standard-webhooks",
        "Webhook",
        signs=True,
        settings={"names": ("webhook",)},
    ),
    _standard("svix", "svix", "svix", "webhooks.Webhook", signs=True),
    _standard("anthropic", "anthropic", "anthropic", "beta.webhooks.unwrap"),
    _standard("openai", "openai", "openai", "webhooks.verify_signature"),
    _standard("lithic", "lithic", "lithic", "webhooks.verify_signature"),
    _standard("increase", "increase", "increase", "events.unwrap"),
    _standard("dodopayments", "dodopayments", "dodo-payments", "webhooks.unwrap"),
    _standard("fathom", "fathom-python", "fathom", "Fathom.verify_webhook"),
    _standard("finch", "finch-api", "finch", "webhooks.verify_signature", key=_BASE64, other=_BASE64_OTHER),
    _standard("replicate", "replicate", "replicate", "webhook.Webhooks.validate"),
    _standard("resend", "resend", "resend", "Webhooks.verify"),
    _standard("polar", "polar-sdk", "polar", "webhooks.validate_event", key=TEXT, other=TEXT_OTHER),
    _text(
        "stripe",
        "stripe",
        "stripe",
        "WebhookSignature",
        several=",",
        key=f"whsec_{TEXT}",
        other=f"whsec_{TEXT_OTHER}",
        signs=True,
    ),
    _text(
        "adyen",
        "adyen",
        "adyen",
        "util.is_valid_hmac_notification",
        key=_HEX,
        other=_HEX_OTHER,
        bodies=having(_ADYEN),
    ),
    _text(
        "adyen-platform",
        "adyen",
        "adyen-platform",
        "util.is_valid_hmac_payload",
        key=_HEX,
        other=_HEX_OTHER,
        signs=True,
    ),
    _text(
        "braintree",
        "braintree",
        "braintree",
        "webhook_notification.parse",
        key=f"public:{TEXT}",
        other=f"public:{TEXT_OTHER}",
        their_key={"public": "public", "private": TEXT},
        their_other={"public": "public", "private": TEXT_OTHER},
        bodies={"notification": _BRAINTREE},
        content_type=FORM,
    ),
    _text("cashfree", "cashfree-pg", "cashfree", "Cashfree.PGVerifyWebhookSignature"),
    _text(
        "coinbase-commerce",
        "coinbase-commerce",
        "coinbase-commerce",
        "webhook.Webhook.construct_event",
        bodies=having('"event":{"id":"1"}'),
    ),
    _text("gocardless", "gocardless-pro", "gocardless", "webhooks.parse", bodies=having('"events":[]')),
    _text(
        "mercado-pago",
        "mercadopago",
        "mercado-pago",
        "WebhookSignatureValidator",
        url=f"{URL}&data.id=123456",
        headers={"x-request-id": "bb56a2f1-6aae-46ac-982e-9dcd3581d08e"},
    ),
    _text("modern-treasury", "modern-treasury", "modern-treasury", "webhooks", signs=True),
    _text("mollie", "mollie-api-py", "mollie", "SignatureValidator", signs=True),
    _text("orb", "orb-billing", "orb", "webhooks.verify_signature", several=" "),
    _text("paddle", "paddle-python-sdk", "paddle", "Notifications.Verifier", several=";"),
    _text("razorpay", "razorpay", "razorpay", "utility.verify_webhook_signature"),
    _text("square", "squareup", "square", "webhooks_helper.verify_signature"),
    _text("unit", "unit-python-sdk", "unit", "webhooks.verify", bodies=_COMPACT),
    _text(
        "worldline",
        "connect-sdk-python3",
        "worldline",
        "webhooks.SignatureValidator",
        settings={"key_id": ("key-1",)},
    ),
    Sdk(
        name="discord",
        package="discord-interactions",
        provider="discord",
        proves="verify_key",
        key=ED25519_HEX,
        other=ED25519_OTHER_HEX,
        signing_key=ED25519,
    ),
    _text("line", "line-bot-sdk", "line", "v3.webhook.WebhookParser", bodies=having('"events":[]')),
    _text("mailgun", "mailgun", "mailgun", "SecurityGuard.verify_webhook"),
    _text(
        "mandrill",
        "django-anymail",
        "mandrill",
        "webhooks.mandrill",
        bodies=_SINGLE_FORMS,
        content_type=FORM,
        official=False,
    ),
    _text("meta-whatsapp", "pywa", "meta-whatsapp", "utils.webhook_updates_validator", official=False),
    _text("plivo", "plivo", "plivo", "utils.validate_v3_signature", bodies=FORMS, content_type=FORM),
    _text(
        "pusher",
        "pusher",
        "pusher",
        "Pusher.validate_webhook",
        their_key={"key": "app-key", "secret": TEXT},
        their_other={"key": "app-key", "secret": TEXT_OTHER},
        bodies=having('"time_ms":1795435200000'),
        settings={"key_id": ("app-key",)},
    ),
    Sdk(
        name="sendgrid",
        package="sendgrid",
        provider="sendgrid",
        proves="EventWebhook",
        key=P256_PUBLIC,
        other=P256_OTHER_PUBLIC,
        signing_key=P256,
    ),
    _text(
        "sinch",
        "sinch",
        "sinch",
        "ConversationSinchEvent.validate_authentication_header",
        headers={"x-sinch-webhook-signature-nonce": "01HGN5B9R7R5NWNT08QGXF4PD7"},
    ),
    _text("slack", "slack-sdk", "slack", "signature.SignatureVerifier", signs=True),
    Sdk(
        name="telnyx",
        package="telnyx",
        provider="telnyx",
        proves="lib.webhook_verification",
        key=ED25519_BASE64,
        other=ED25519_OTHER_BASE64,
        signing_key=ED25519,
    ),
    _text(
        "twilio-form",
        "twilio",
        "twilio",
        "RequestValidator, a form",
        signs=True,
        bodies=FORMS,
        content_type=FORM,
    ),
    _text(
        "twilio-json",
        "twilio",
        "twilio",
        "RequestValidator, bodySHA256",
        body_hash_parameter="bodySHA256",
    ),
    _text(
        "twilio-shared-key",
        "twilio",
        "twilio-shared-key",
        "RequestValidator, get_signature_algorithm",
        bodies=FORMS,
        content_type=FORM,
    ),
    _text(
        "twitch",
        "twitchapi",
        "twitch",
        "EventSubWebhook._verify_signature",
        official=False,
        headers={"twitch-eventsub-message-id": "e76c6bd4-55c9-4987-8304-da1588d8988b"},
    ),
    _text(
        "airtable",
        "pyairtable",
        "airtable",
        "WebhookNotification.from_request",
        bodies=_ASCII,
        key=_BASE64,
        other=_BASE64_OTHER,
        official=False,
    ),
    _text("box", "box-sdk-gen", "box", "WebhooksManager.validate_message"),
    _text("castle", "castle", "castle", "webhooks.verify"),
    _text("cloudinary", "cloudinary", "cloudinary", "utils.verify_notification_signature"),
    _text("cloudinary-sha256", "cloudinary", "cloudinary-sha256", "utils.verify_notification_signature"),
    _text("cronofy", "pycronofy", "cronofy", "Client.hmac_valid", several=","),
    _text(
        "quickbooks",
        "python-quickbooks",
        "quickbooks",
        "QuickBooks.validate_webhook_signature",
        official=False,
    ),
    _text(
        "dropbox-sign",
        "dropbox-sign",
        "dropbox-sign",
        "EventCallbackHelper.is_valid",
        bodies={"event": _SIGN_EVENT},
        content_type=FORM,
    ),
    _text("easypost", "easypost", "easypost", "util.validate_webhook", key="sécret ﬁ Å", other="sécret ﬁ B"),
    _text("elevenlabs", "elevenlabs", "elevenlabs", "webhooks.construct_event"),
    _text("github", "gidgethub", "github", "sansio.validate_event", official=False),
    _text(
        "hook0",
        "hook0-client",
        "hook0",
        "verify_webhook_signature, v1",
        headers={"x-event-id": "0b7a0a1e-2f4b-4b0e-9f9d-5d7f3a1c2b3d"},
    ),
    _text("hook0-v0", "hook0-client", "hook0", "verify_webhook_signature, v0"),
    *(
        _text(
            name,
            "hubspot-api-client",
            name,
            f"utils.signature.Signature, {version}",
            their_key={"secret": TEXT, "version": version},
            their_other={"secret": TEXT_OTHER, "version": version},
            signs=True,
        )
        for name, version in (("hubspot", "v3"), ("hubspot-v1", "v1"), ("hubspot-v2", "v2"))
    ),
    _text(
        "onfido",
        "onfido-python",
        "onfido",
        "WebhookEventVerifier",
        bodies=having('"payload":{"resource_type":"check","action":"check.completed"}'),
    ),
    _text("retell", "retell-sdk", "retell", "lib.webhook_auth", signs=True),
    _text("smartcar", "smartcar", "smartcar", "verify_payload"),
    _text("workos", "workos", "workos", "webhooks.verify_header"),
    Sdk(
        name="google-pubsub",
        package="google-auth",
        provider="google-pubsub",
        proves="jwt.decode",
        key=RSA_PUBLIC,
        other=RSA_OTHER_PUBLIC,
        signing_key=RSA,
        their_key={"keys": RSA_PUBLIC, "audience": _AUDIENCE, "email": _ACCOUNT},
        their_other={"keys": RSA_OTHER_PUBLIC, "audience": _AUDIENCE, "email": _ACCOUNT},
        settings={"audience": (_AUDIENCE,), "service_account_email": (_ACCOUNT,)},
    ),
    _text("jira-connect", "atlassian-jwt", "jira-connect", "Authenticator", signs=True),
    _text(
        "livekit",
        "livekit-api",
        "livekit",
        "WebhookReceiver",
        their_key={"api_key": "APIkey", "secret": TEXT},
        their_other={"api_key": "APIkey", "secret": TEXT_OTHER},
        signs=True,
        settings={"api_key": ("APIkey",)},
    ),
    _text("messagebird-bird", "messagebird", "messagebird-bird", "RequestValidator"),
    _text("qstash", "qstash", "qstash", "Receiver.verify"),
    _text("vonage", "vonage-jwt", "vonage", "verify_signature"),
)

_FUTURE = "the tolerance holds in both directions"
_AGE = "what was recorded once is not taken for ever: the SDK leaves the age to its caller"
_ONCE = "a header or a field that is there twice says nothing; the SDK takes one of them, or what decodes"
_LABEL = "only what is labelled as the version that was checked counts"
_SLOW = ("six minutes late", "six minutes early", "a day late", "a day early")
_EARLY = ("six minutes early", "a day early")


def _told(*groups: tuple[str | tuple[str, ...], str]) -> Mapping[str, str]:
    """By kind: each group's are refused, or accepted, for the same reason."""
    return {kind: why for kinds, why in groups for kind in ((kinds,) if isinstance(kinds, str) else kinds)}


STRICTER: Mapping[str, Mapping[str, str]] = {
    "cashfree": _told((_SLOW, _AGE)),
    "cloudinary": _told(("a day early", _FUTURE)),
    "cloudinary-sha256": _told(("a day early", _FUTURE)),
    "discord": _told(("x-signature-ed25519 in the other case", "Discord writes hex in small letters")),
    "elevenlabs": _told(("a day early", _FUTURE), ("elevenlabs-signature doubled", _ONCE)),
    "hook0": _told(("x-hook0-signature doubled", _ONCE)),
    "hook0-v0": _told(("x-hook0-signature doubled", _ONCE)),
    "hubspot": _told((_EARLY, _FUTURE)),
    "jira-connect": _told(
        ("six minutes late", "a token holds until it expires, and no minute and a half longer")
    ),
    "mercado-pago": _told(("x-signature doubled", _ONCE)),
    "quickbooks": _told(("intuit-signature doubled", _ONCE)),
    "replicate": _told(
        ("webhook-signature doubled", _ONCE),
        (("webhook-signature without its beginning", "webhook-signature with a bit changed"), _LABEL),
    ),
    "resend": _told(
        (("svix-signature without its beginning", "svix-signature with a bit changed"), _LABEL),
    ),
    "sendgrid": _told(("x-twilio-email-event-webhook-signature doubled", _ONCE)),
    "sinch": _told((_SLOW, _AGE)),
    "stripe": _told((_EARLY, _FUTURE), ("stripe-signature doubled", _ONCE)),
    "telnyx": _told(("telnyx-signature-ed25519 doubled", _ONCE)),
    "twilio-shared-key": _told(("x-twilio-webhooks-signature-settings doubled", _ONCE)),
    "twitch": _told((("a day late", "a day early"), _AGE)),
    "unit": _told(
        ("body with a byte more", "the bytes that came are checked, and not the JSON written anew"),
    ),
    "workos": _told(("workos-signature with a bit changed", "the names in the header are read")),
}

LOOSER: Mapping[str, Mapping[str, str]] = {
    "box": _told(("six minutes early", "a clock may be slow as well as fast: ten minutes either way")),
    "mailgun": _told(
        (
            ("a day late", "a day early"),
            "Mailgun asks not to be strict with the time; its token is remembered, so that none counts twice",
        ),
    ),
    "mandrill": _told(("another method", "whatever is signed, Mandrill's sources take nothing but POST")),
    "paddle": _told(("paddle-signature doubled", "the good signature and its timestamp are both in it")),
    "pusher": _told(
        (
            ("six minutes late", "six minutes early"),
            "Pusher redelivers for five minutes, with the moment of the first attempt",
        ),
    ),
}
