"""Standard Webhooks' own library, and SDKs of providers that sign by it."""

from datetime import UTC, datetime
from types import SimpleNamespace

from registry import Question, signs, verifies


@verifies("standardwebhooks")
def standardwebhooks(asked: Question) -> object:
    from standardwebhooks import Webhook

    return Webhook(asked.key).verify(asked.text, asked.headers)


@signs("standardwebhooks")
def standardwebhooks_signs(asked: Question) -> dict[str, str]:
    from standardwebhooks import Webhook

    signature = Webhook(asked.key).sign("evt_1", datetime.fromtimestamp(asked.now, UTC), asked.text)
    return {"webhook-id": "evt_1", "webhook-timestamp": str(asked.now), "webhook-signature": signature}


@verifies("svix")
def svix(asked: Question) -> object:
    from svix.webhooks import Webhook

    return Webhook(asked.key).verify(asked.text, asked.headers)


@signs("svix")
def svix_signs(asked: Question) -> dict[str, str]:
    from svix.webhooks import Webhook

    signature = Webhook(asked.key).sign("evt_1", datetime.fromtimestamp(asked.now, UTC), asked.text)
    return {"svix-id": "evt_1", "svix-timestamp": str(asked.now), "svix-signature": signature}


@verifies("anthropic")
def anthropic(asked: Question) -> object:
    from anthropic.resources.beta.webhooks import Webhooks

    return Webhooks(SimpleNamespace(**_METHODS)).unwrap(asked.text, headers=asked.headers, key=asked.key)


@verifies("openai")
def openai(asked: Question) -> object:
    from openai.resources.webhooks.webhooks import Webhooks

    client = SimpleNamespace(**_METHODS, webhook_secret=asked.key)
    return Webhooks(client).verify_signature(asked.body, asked.headers)


@verifies("lithic")
def lithic(asked: Question) -> object:
    from lithic.resources.webhooks import Webhooks

    client = SimpleNamespace(**_METHODS, webhook_secret=asked.key)
    return Webhooks(client).verify_signature(asked.body, asked.headers)


@verifies("increase")
def increase(asked: Question) -> object:
    from increase.resources.events import EventsResource

    # As the client is given it, by which it is taken as it is; as an argument its base64 would be decoded.
    events = EventsResource(SimpleNamespace(**_METHODS, webhook_secret=asked.key))
    return events.unwrap(asked.text, headers=asked.headers)


@verifies("dodopayments")
def dodopayments(asked: Question) -> object:
    from dodopayments.resources.webhooks.webhooks import WebhooksResource

    webhooks = WebhooksResource(SimpleNamespace(**_METHODS))
    return webhooks.unwrap(asked.text, headers=asked.headers, key=asked.key)


@verifies("fathom")
def fathom(asked: Question) -> object:
    from fathom_python import Fathom

    return Fathom.verify_webhook(asked.key, asked.headers, asked.text)


@verifies("finch")
def finch(asked: Question) -> object:
    from finch.resources.webhooks import Webhooks

    client = SimpleNamespace(**_METHODS, webhook_secret=asked.key)
    return Webhooks(client).verify_signature(asked.body, asked.headers)


@verifies("replicate")
def replicate(asked: Question) -> object:
    from replicate.webhook import Webhooks, WebhookSigningSecret

    secret = WebhookSigningSecret(key=asked.key)
    return Webhooks.validate(headers=dict(asked.headers), body=asked.text, secret=secret, tolerance=300)


@verifies("resend")
def resend(asked: Question) -> object:
    import resend

    headers = {name: asked.header(f"svix-{name}") for name in ("id", "timestamp", "signature")}
    options = {"payload": asked.text, "headers": headers, "webhook_secret": asked.key}
    return resend.Webhooks.verify(options)


@verifies("polar")
def polar(asked: Question) -> object:
    from polar.webhooks import validate_event

    return validate_event(asked.body, asked.headers, asked.key, frozenset({"invoice.paid"}), dict)


# What a resource of these SDKs takes of its client when it is made; it calls none of them to verify.
_METHODS = dict.fromkeys(("get", "post", "patch", "put", "delete", "get_api_list"))
