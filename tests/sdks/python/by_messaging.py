"""SDKs of providers of messages and calls."""

from registry import Question, signs, verifies


@verifies("discord")
def discord(asked: Question) -> object:
    from discord_interactions import verify_key

    signature, timestamp = asked.header("x-signature-ed25519"), asked.header("x-signature-timestamp")
    return verify_key(asked.body, signature, timestamp, asked.key)


@verifies("line")
def line(asked: Question) -> object:
    from linebot.v3.webhook import WebhookParser

    return WebhookParser(asked.key).parse(asked.text, asked.header("x-line-signature"))


@verifies("mailgun")
def mailgun(asked: Question) -> object:
    import json

    from mailgun.security import SecurityGuard

    signature = json.loads(asked.text)["signature"]
    return SecurityGuard.verify_webhook(
        asked.key, signature["token"], signature["timestamp"], signature["signature"]
    )


@verifies("mandrill")
def mandrill(asked: Question) -> object:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["*"], DEFAULT_CHARSET="utf-8")
        django.setup()
    from anymail.webhooks.mandrill import MandrillCombinedWebhookView
    from django.test import RequestFactory

    request = RequestFactory().generic(
        asked.method,
        asked.url,
        asked.body,
        content_type=asked.header("content-type"),
        headers={"X-Mandrill-Signature": asked.header("x-mandrill-signature")},
    )
    view = MandrillCombinedWebhookView(webhook_key=asked.key, webhook_url=asked.url)
    return view.validate_request(request)


@verifies("meta-whatsapp")
def meta_whatsapp(asked: Question) -> object:
    from pywa.utils import webhook_updates_validator

    return webhook_updates_validator(asked.key, asked.body, asked.header("x-hub-signature-256"))


@verifies("plivo")
def plivo(asked: Question) -> object:
    from plivo.utils import validate_v3_signature

    fields: dict[str, list[str]] = {}
    for name, value in asked.form:
        fields.setdefault(name, []).append(value)
    # As a framework hands them over: a list only where a name is there more than once.
    given = {name: values if len(values) > 1 else values[0] for name, values in fields.items()}
    return validate_v3_signature(
        asked.method,
        asked.url,
        asked.header("x-plivo-signature-v3-nonce"),
        asked.key,
        asked.header("x-plivo-signature-v3"),
        given,
    )


@verifies("pusher")
def pusher(asked: Question) -> object:
    import pusher

    client = pusher.Pusher(app_id="1", key=asked.key["key"], secret=asked.key["secret"])
    event = client.validate_webhook(
        asked.header("x-pusher-key"), asked.header("x-pusher-signature"), asked.text
    )
    return event is not None


@verifies("sendgrid")
def sendgrid(asked: Question) -> object:
    from sendgrid.helpers.eventwebhook import EventWebhook

    prefix = "x-twilio-email-event-webhook-"
    signature, timestamp = asked.header(f"{prefix}signature"), asked.header(f"{prefix}timestamp")
    return EventWebhook(asked.key).verify_signature(asked.text, signature, timestamp)


@verifies("sinch")
def sinch(asked: Question) -> object:
    from sinch.domains.conversation.sinch_events.v1.conversation_sinch_event import ConversationSinchEvent

    event = ConversationSinchEvent(asked.key)
    return event.validate_authentication_header(asked.headers, asked.body)


@verifies("slack")
def slack(asked: Question) -> object:
    from slack_sdk.signature import SignatureVerifier

    return SignatureVerifier(asked.key).is_valid_request(asked.body, asked.headers)


@signs("slack")
def slack_signs(asked: Question) -> dict[str, str]:
    from slack_sdk.signature import SignatureVerifier

    signature = SignatureVerifier(asked.key).generate_signature(timestamp=str(asked.now), body=asked.body)
    return {"x-slack-request-timestamp": str(asked.now), "x-slack-signature": signature or ""}


@verifies("telnyx")
def telnyx(asked: Question) -> object:
    from telnyx.lib.webhook_verification import verify_webhook_signature

    return verify_webhook_signature(asked.body, asked.headers, asked.key)


@verifies("twilio-form")
def twilio_form(asked: Question) -> object:
    from twilio.request_validator import RequestValidator

    return RequestValidator(asked.key).validate(asked.url, _multi(asked), asked.header("x-twilio-signature"))


@signs("twilio-form")
def twilio_form_signs(asked: Question) -> dict[str, str]:
    from twilio.request_validator import RequestValidator

    signature = RequestValidator(asked.key).compute_signature(asked.url, _multi(asked))
    return {"x-twilio-signature": signature}


@verifies("twilio-json")
def twilio_json(asked: Question) -> object:
    from twilio.request_validator import RequestValidator

    return RequestValidator(asked.key).validate(asked.url, asked.text, asked.header("x-twilio-signature"))


@verifies("twilio-shared-key")
def twilio_shared_key(asked: Question) -> object:
    from twilio.request_validator import RequestValidator, get_signature_algorithm

    algorithm = get_signature_algorithm(asked.header("x-twilio-webhooks-signature-settings"))
    return RequestValidator(asked.key).validate(
        asked.url, _multi(asked), asked.header("x-twilio-signature"), algorithm
    )


def _multi(asked: Question) -> object:
    from werkzeug.datastructures import MultiDict

    return MultiDict(asked.form)


@verifies("twitch")
def twitch(asked: Question) -> object:
    import asyncio
    from types import SimpleNamespace

    from twitchAPI.eventsub.webhook import EventSubWebhook

    async def text() -> str:
        return asked.text

    request = SimpleNamespace(headers=asked.headers, text=text)
    check = EventSubWebhook._verify_signature(SimpleNamespace(secret=asked.key), request)
    return asyncio.run(check)
