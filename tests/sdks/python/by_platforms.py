"""SDKs of platforms: what they make known is of files, people, machines and software."""

from types import SimpleNamespace

from registry import Question, answers, signs, verifies


@verifies("airtable")
def airtable(asked: Question) -> object:
    from pyairtable.models.webhook import WebhookNotification

    return WebhookNotification.from_request(asked.text, asked.header("x-airtable-content-mac"), asked.key)


@verifies("box")
def box(asked: Question) -> object:
    from box_sdk_gen.managers.webhooks import WebhooksManager

    return WebhooksManager.validate_message(asked.text, asked.headers, asked.key, secondary_key=asked.key)


@verifies("castle")
def castle(asked: Question) -> object:
    from castle.webhooks.verify import WebhooksVerify

    webhook = SimpleNamespace(headers=asked.headers, data=asked.body)
    return WebhooksVerify.call(webhook, SimpleNamespace(api_secret=asked.key))


@verifies("cloudinary")
def cloudinary(asked: Question) -> object:
    return _cloudinary(asked, "sha1")


@verifies("cloudinary-sha256")
def cloudinary_sha256(asked: Question) -> object:
    return _cloudinary(asked, "sha256")


def _cloudinary(asked: Question, algorithm: str) -> object:
    import cloudinary
    from cloudinary.utils import verify_notification_signature

    cloudinary.config(api_secret=asked.key)
    timestamp, signature = asked.header("x-cld-timestamp"), asked.header("x-cld-signature")
    return verify_notification_signature(asked.text, timestamp, signature, algorithm=algorithm)


@verifies("cronofy")
def cronofy(asked: Question) -> object:
    from pycronofy import Client

    client = Client(client_id="id", client_secret=asked.key)
    return client.hmac_valid(asked.header("cronofy-hmac-sha256"), asked.text)


@verifies("dropbox-sign")
def dropbox_sign(asked: Question) -> object:
    import json

    from dropbox_sign import EventCallbackHelper, EventCallbackRequest

    event = EventCallbackRequest.init(json.loads(dict(asked.form)["json"]))
    return EventCallbackHelper.is_valid(asked.key, event)


@verifies("easypost")
def easypost(asked: Question) -> object:
    from easypost.util import validate_webhook

    return validate_webhook(asked.body, asked.headers, asked.key)


@verifies("elevenlabs")
def elevenlabs(asked: Question) -> object:
    from elevenlabs.webhooks_custom import WebhooksClient

    client = WebhooksClient(client_wrapper=None)
    return client.construct_event(asked.text, asked.header("elevenlabs-signature"), asked.key)


@verifies("github")
def github(asked: Question) -> object:
    from gidgethub.sansio import validate_event

    return validate_event(asked.body, signature=asked.header("x-hub-signature-256"), secret=asked.key)


@verifies("hook0", "hook0-v0")
def hook0(asked: Question) -> object:
    from hook0.signature import verify_webhook_signature

    return verify_webhook_signature(
        asked.header("x-hook0-signature"), asked.body, asked.headers, asked.key, 300
    )


@verifies("hubspot", "hubspot-v1", "hubspot-v2")
def hubspot(asked: Question) -> object:
    from hubspot.utils.signature import Signature

    version, name = _hubspot(asked)
    return Signature.is_valid(
        asked.header(name),
        asked.key["secret"],
        asked.text,
        asked.url,
        asked.method,
        version,
        asked.header("x-hubspot-request-timestamp"),
    )


@signs("hubspot", "hubspot-v1", "hubspot-v2")
def hubspot_signs(asked: Question) -> dict[str, str]:
    from hubspot.utils.signature import Signature

    version, name = _hubspot(asked)
    timestamp = str(asked.now * 1000)
    signature = Signature.get_signature(
        asked.key["secret"], asked.text, version, asked.url, asked.method, timestamp
    )
    dated = {"x-hubspot-request-timestamp": timestamp} if version == "v3" else {}
    return {name: signature, "x-hubspot-signature-version": version, **dated}


def _hubspot(asked: Question) -> tuple[str, str]:
    version = asked.key["version"]
    return version, "x-hubspot-signature-v3" if version == "v3" else "x-hubspot-signature"


@verifies("onfido")
def onfido(asked: Question) -> object:
    from onfido.webhook_event_verifier import WebhookEventVerifier

    return WebhookEventVerifier(asked.key).read_payload(asked.text, asked.header("x-sha2-signature"))


@verifies("quickbooks")
def quickbooks(asked: Question) -> object:
    from quickbooks.client import QuickBooks

    client = QuickBooks(verifier_token=asked.key)
    return client.validate_webhook_signature(asked.text, asked.header("intuit-signature"), asked.key)


@verifies("retell")
def retell(asked: Question) -> object:
    from retell.lib.webhook_auth import verify

    return verify(asked.text, asked.key, asked.header("x-retell-signature"))


@signs("retell")
def retell_signs(asked: Question) -> dict[str, str]:
    from retell.lib.webhook_auth import symmetric

    return {"x-retell-signature": symmetric["sign"](asked.text, asked.key)}


@verifies("smartcar")
def smartcar(asked: Question) -> object:
    import smartcar

    return smartcar.verify_payload(asked.key, asked.header("sc-signature"), asked.text)


@answers("smartcar")
def smartcar_answers(asked: Question) -> str:
    import smartcar

    return smartcar.hash_challenge(asked.key, asked.text)


@verifies("workos")
def workos(asked: Question) -> object:
    from workos.webhooks._verification import verify_header

    return verify_header(
        event_body=asked.body, event_signature=asked.header("workos-signature"), secret=asked.key
    )
