"""Handshakes that the official SDKs for Node answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.request import Request
from gateway.verification import signed
from tests.conformance.keys import TEXT
from tests.conformance.senders import NOW
from tests.sources import source

ENDPOINT = "https://hooks.example.com/in/source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A handshake as the provider sends it: `body` by POST, or `query` by GET.

    their_key: what the SDK takes, if it is another than the source's. echoed: the member of the SDK's JSON
    that is our whole answer.
    """

    sdk: str
    provider: str
    body: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    key: str = TEXT
    their_key: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    signed: bool = False
    echoed: str = ""

    @property
    def request(self) -> Request:
        body = json.dumps(self.body, separators=(",", ":")).encode() if self.body else b""
        asked = Request(
            method="GET" if self.query else "POST",
            path="/in/source",
            query=self.query,
            headers={"content-type": "application/json"} if self.body else {},
            body=body,
            url=f"{ENDPOINT}?{self.query}" if self.query else ENDPOINT,
        )
        return signed(source(self.provider).schemes, self.key, asked, NOW, "") if self.signed else asked


ASKING = (
    Asking(
        sdk="@zoom/rivet handshake",
        provider="zoom",
        body={"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}},
        signed=True,
    ),
    Asking(
        sdk="@slack/bolt handshake",
        provider="slack",
        body={
            "type": "url_verification",
            "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7t",
        },
        signed=True,
        echoed="challenge",
    ),
    Asking(
        sdk="smartcar handshake",
        provider="smartcar",
        body={"eventType": "VERIFY", "data": {"challenge": "5c8a6dd9-6bb4-4f1d-9a3b-0d6b3f3c2a11"}},
    ),
    Asking(
        sdk="braintree handshake",
        provider="braintree",
        key=f"public:{TEXT}",
        query="bt_challenge=f27f6bce21ab4d52a1f0e9d8c7b6a594",
    ),
    Asking(
        sdk="event-notification-nodejs-sdk handshake",
        provider="ebay",
        query="challenge_code=a8628072-3d33-45ee-9004-bee86830a22d",
        their_key="a-verification-token-of-thirty-two-or-more",
        named={"verification_token": "a-verification-token-of-thirty-two-or-more"},
    ),
)
