"""A payment on its way to an order, as stories about faults follow it."""

import json
from base64 import b64encode
from dataclasses import dataclass
from random import randbytes
from uuid import uuid4

from tests.e2e.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Payment:
    """A Stripe event that pays an order of its own."""

    order: str
    event: str
    body: bytes


def payment(gateway: Gateway, padding: int = 0, source: str = "stripe") -> Payment:
    """padding: bytes by which its body is larger than usual, at least; they cannot be compressed away."""
    document = json.loads(gateway.sample(source, "payment_intent.succeeded").body)
    order = f"order-{uuid4().hex}"
    document["data"]["object"]["metadata"] = {"order_id": order}
    if padding:
        document["data"]["object"]["description"] = b64encode(randbytes(padding)).decode()
    return Payment(order, document["id"], json.dumps(document).encode())
