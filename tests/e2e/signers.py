"""How each provider signs: its own library, now, with the key that the source has.

Where a provider publishes no code that signs, its documented formula is written out; key pairs are used
through another library than ours where there is one (PyNaCl).
"""

import hashlib
import hmac
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import standardwebhooks
import stripe
import svix.webhooks
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key
from nacl.signing import SigningKey
from slack_sdk.signature import SignatureVerifier
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from gateway.request import Request

# Where `make sdks` installs the SDKs that are no part of this environment.
SDKS = Path(__file__).parents[1] / "sdks"
# What a sender by Standard Webhooks signs `v1a` with; the gateway gets its public half beside the `v1` key.
V1A_KEY = "whsk_" + b64encode(hashlib.sha256(b"the sender's private key").digest()).decode()

Headers = Mapping[str, str]
# The headers to add, for the key and the request.
Signer = Callable[[str, Request], Headers]


def seconds() -> str:
    """The moment, as providers write it."""
    return str(int(time.time()))


def by_stripe(key: str, request: Request) -> Headers:
    header = stripe.WebhookSignature.generate_signature_header(request.body.decode(), key, int(time.time()))
    return {"Stripe-Signature": header}


def by_octokit(key: str, request: Request) -> Headers:
    node = Path(sys.executable).with_name("node")
    ended = subprocess.run(
        [node, SDKS / "node" / "octokit.mjs", key], input=request.body, capture_output=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return {"X-Hub-Signature-256": ended.stdout.decode()}


def by_standardwebhooks(key: str, request: Request) -> Headers:
    now = seconds()
    moment = datetime.fromtimestamp(int(now), UTC)
    signature = standardwebhooks.Webhook(key).sign(
        request.headers["webhook-id"], moment, request.body.decode()
    )
    return {"webhook-timestamp": now, "webhook-signature": signature}


def by_svix(key: str, request: Request) -> Headers:
    now, identifier = seconds(), request.headers["webhook-id"]
    moment = datetime.fromtimestamp(int(now), UTC)
    signature = svix.webhooks.Webhook(key).sign(identifier, moment, request.body.decode())
    return {"svix-id": identifier, "svix-timestamp": now, "svix-signature": signature}


def by_private_key(_key: str, request: Request) -> Headers:
    now = seconds()
    content = f"{request.headers['webhook-id']}.{now}.".encode() + request.body
    signature = SigningKey(b64decode(V1A_KEY.removeprefix("whsk_"))).sign(content).signature
    return {"webhook-timestamp": now, "webhook-signature": f"v1a,{b64encode(signature).decode()}"}


def by_token(header: str, prefix: str = "") -> Signer:
    return lambda key, _request: {header: prefix + key}


def by_shopify(key: str, request: Request) -> Headers:
    # https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin
    digest = hmac.new(key.encode(), request.body, hashlib.sha256).digest()
    return {"X-Shopify-Hmac-Sha256": b64encode(digest).decode()}


def by_slack(key: str, request: Request) -> Headers:
    now = seconds()
    signature = SignatureVerifier(key).generate_signature(timestamp=now, body=request.body)
    assert signature is not None
    return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": signature}


class _Fields(dict[str, list[str]]):
    """Form fields with several values, read as Twilio's library reads a framework's."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def by_twilio(key: str, request: Request) -> Headers:
    form = request.content_type == "application/x-www-form-urlencoded"
    fields = parse_qs(request.body.decode(), keep_blank_values=True) if form else {}
    return {"X-Twilio-Signature": RequestValidator(key).compute_signature(request.url, _Fields(fields))}


def by_discord(key: str, request: Request) -> Headers:
    now = seconds()
    signature = SigningKey(bytes.fromhex(key)).sign(now.encode() + request.body).signature
    return {"X-Signature-Timestamp": now, "X-Signature-Ed25519": signature.hex()}


def by_sendgrid(key: str, request: Request) -> Headers:
    now, private = seconds(), load_der_private_key(b64decode(key), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    signature = private.sign(now.encode() + request.body, ec.ECDSA(hashes.SHA256()))
    return {
        "X-Twilio-Email-Event-Webhook-Timestamp": now,
        "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
    }


def by_orders(key: str, request: Request) -> Headers:
    # Of our own: as tests/e2e/hookline.yaml describes it.
    now = seconds()
    digest = hmac.new(key.encode(), f"{now}.".encode() + request.body, "sha256").hexdigest()
    return {"X-Orders-Timestamp": now, "X-Orders-Signature": f"sha256={digest}"}


def by_raw(key: str, request: Request) -> Headers:
    digest = hmac.new(key.encode(), request.body, "sha256").digest()
    return {"X-Raw-Signature": b64encode(digest).decode()}
