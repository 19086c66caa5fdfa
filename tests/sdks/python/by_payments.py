"""SDKs of providers of payments and accounts."""

from registry import Question, answers, signs, verifies


@verifies("stripe")
def stripe(asked: Question) -> object:
    import stripe

    return stripe.WebhookSignature.verify_header(asked.text, asked.header("stripe-signature"), asked.key, 300)


@signs("stripe")
def stripe_signs(asked: Question) -> dict[str, str]:
    import stripe

    header = stripe.WebhookSignature.generate_signature_header(asked.text, asked.key, timestamp=asked.now)
    return {"stripe-signature": header}


@verifies("adyen")
def adyen(asked: Question) -> object:
    import json

    from Adyen.util import is_valid_hmac_notification

    items = json.loads(asked.text)["notificationItems"]
    return bool(items) and all(
        is_valid_hmac_notification(item["NotificationRequestItem"], asked.key) is True for item in items
    )


@signs("adyen-platform")
def adyen_platform_signs(asked: Question) -> dict[str, str]:
    from Adyen.util import generate_payload_sig

    return {"hmacsignature": generate_payload_sig(asked.body, asked.key).decode()}


@verifies("adyen-platform")
def adyen_platform(asked: Question) -> object:
    from Adyen.util import is_valid_hmac_payload

    return is_valid_hmac_payload(asked.header("hmacsignature"), asked.key, asked.body)


@verifies("braintree")
def braintree(asked: Question) -> object:
    form = dict(asked.form)
    return _braintree(asked).parse(form["bt_signature"], form["bt_payload"])


@answers("braintree")
def braintree_answers(asked: Question) -> str:
    return str(_braintree(asked).verify(asked.text))


def _braintree(asked: Question):
    from braintree import BraintreeGateway, Configuration, Environment

    keys = {"public_key": asked.key["public"], "private_key": asked.key["private"]}
    configuration = Configuration(Environment.Sandbox, merchant_id="m", **keys)
    return BraintreeGateway(configuration).webhook_notification


@verifies("cashfree")
def cashfree(asked: Question) -> object:
    from cashfree_pg.api_client import Cashfree

    client = Cashfree(Cashfree.SANDBOX, XClientId="id", XClientSecret=asked.key)
    return client.PGVerifyWebhookSignature(
        asked.header("x-webhook-signature"), asked.text, asked.header("x-webhook-timestamp")
    )


@verifies("coinbase-commerce")
def coinbase_commerce(asked: Question) -> object:
    from coinbase_commerce.webhook import Webhook

    return Webhook.construct_event(asked.text, asked.header("x-cc-webhook-signature"), asked.key)


@verifies("gocardless")
def gocardless(asked: Question) -> object:
    from gocardless_pro import webhooks

    return webhooks.parse(asked.body, asked.key, asked.header("webhook-signature"))


@verifies("mercado-pago")
def mercado_pago(asked: Question) -> object:
    from mercadopago.webhook.validator import WebhookSignatureValidator

    return WebhookSignatureValidator.validate(
        asked.header("x-signature"), asked.header("x-request-id"), asked.query.get("data.id"), asked.key
    )


@verifies("modern-treasury")
def modern_treasury(asked: Question) -> object:
    return _modern_treasury().validate_signature(asked.text, asked.headers, key=asked.key)


@signs("modern-treasury")
def modern_treasury_signs(asked: Question) -> dict[str, str]:
    return {"x-signature": _modern_treasury().get_signature(asked.text, key=asked.key)}


def _modern_treasury():
    from modern_treasury import ModernTreasury

    return ModernTreasury(organization_id="id", api_key="key").webhooks


@verifies("mollie")
def mollie(asked: Question) -> object:
    from mollie.utils.webhooks.signature_validator import SignatureValidator

    return SignatureValidator.validate(asked.text, asked.key, asked.header("x-mollie-signature"))


@signs("mollie")
def mollie_signs(asked: Question) -> dict[str, str]:
    from mollie.utils.webhooks.signature_validator import SignatureValidator

    return {"x-mollie-signature": f"sha256={SignatureValidator.create_signature(asked.text, asked.key)}"}


@verifies("orb")
def orb(asked: Question) -> object:
    from orb import Orb

    client = Orb(api_key="key", webhook_secret=asked.key)
    return client.webhooks.verify_signature(asked.body, asked.headers)


@verifies("paddle")
def paddle(asked: Question) -> object:
    from types import SimpleNamespace

    from paddle_billing.Notifications import Secret, Verifier

    request = SimpleNamespace(headers=asked.headers, body=asked.body)
    # Its default is five seconds, which no gateway could keep to that keeps what it is sent.
    return Verifier(maximum_variance=300).verify(request, Secret(asked.key))


@verifies("razorpay")
def razorpay(asked: Question) -> object:
    import razorpay

    client = razorpay.Client(auth=("id", "secret"))
    return client.utility.verify_webhook_signature(
        asked.text, asked.header("x-razorpay-signature"), asked.key
    )


@verifies("square")
def square(asked: Question) -> object:
    from square.utils.webhooks_helper import verify_signature

    return verify_signature(
        request_body=asked.text,
        signature_header=asked.header("x-square-hmacsha256-signature"),
        signature_key=asked.key,
        notification_url=asked.url,
    )


@verifies("unit")
def unit(asked: Question) -> object:
    import json

    from unit.api.webhook_resource import WebhookResource

    # It takes the parsed body and writes it anew: only a body that is written as it writes is known to it.
    return WebhookResource.verify(None, asked.header("x-unit-signature"), asked.key, json.loads(asked.text))


@verifies("worldline")
def worldline(asked: Question) -> object:
    from worldline.connect.sdk.communication.request_header import RequestHeader
    from worldline.connect.sdk.webhooks.in_memory_secret_key_store import InMemorySecretKeyStore
    from worldline.connect.sdk.webhooks.signature_validator import SignatureValidator

    store = InMemorySecretKeyStore.instance()
    store.store_secret_key("key-1", asked.key)
    headers = [RequestHeader(name, value) for name, value in asked.headers.items()]
    return SignatureValidator(store).validate(asked.body, headers)
