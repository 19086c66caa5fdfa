"""Adyen's standard webhooks: every item of the batch is signed for itself, and every one is verified.

https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hmac import compare_digest, digest
from typing import Any

from gateway.body import descend
from gateway.providers.schema import Adyen
from gateway.request import Request
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified
from gateway.verification.values import Values

# Joined by colons that are not escaped in the values; what is missing is empty.
_SIGNED = (
    "pspReference",
    "originalReference",
    "merchantAccountCode",
    "merchantReference",
    "amount.value",
    "amount.currency",
    "eventCode",
    "success",
)
_SIGNATURE = "additionalData.hmacSignature"
_KEY_BYTES = 32


def verify(_scheme: Adyen, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    items = _items(Values(request).json)
    if not items:
        return Rejected(Reason.SIGNATURE_MISSING, "no notificationItems with a NotificationRequestItem each")
    found = None
    for number, item in enumerate(items, 1):
        verdict = _verified(keys, item, f"item {number} of {len(items)}")
        if isinstance(verdict, Rejected):
            return verdict
        found = found or verdict
    return found or Rejected(Reason.SIGNATURE_MISSING)


def carries(_scheme: Adyen, request: Request) -> bool:
    return bool(_items(Values(request).json))


def signed(scheme: Adyen, key: str, request: Request, _now: float, _identifier: str) -> Request:
    """Raises ValueError for a key or a body that is none of Adyen's."""
    secret = _secret(key)
    if secret is None:
        raise ValueError(unusable(scheme, key))
    items = _items(Values(request).json)
    if not items:
        raise ValueError("the body has no notificationItems with a NotificationRequestItem each")
    document = json.loads(request.body)
    for item, entry in zip(items, document["notificationItems"], strict=True):
        data = entry["NotificationRequestItem"].setdefault("additionalData", {})
        data["hmacSignature"] = encode(digest(secret, _content(item), "sha256"), "base64")
    body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    return replace(request, body=body)


def sign(_scheme: Adyen, _key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    raise ValueError("the signatures stand in the body's items, and in no header")


def unusable(_scheme: Adyen, key: str) -> str:
    return "" if _secret(key) else f"the key is not {2 * _KEY_BYTES} hex digits"


def verifying_key(_scheme: Adyen, key: str) -> str:
    return key


def _items(document: Any) -> list[Mapping[str, Any]]:
    """The batch; empty unless every element is an item."""
    entries = descend(document, "notificationItems")
    items = (
        [descend(entry, "NotificationRequestItem") for entry in entries] if isinstance(entries, list) else []
    )
    return items if all(isinstance(item, dict) for item in items) else []


def _verified(keys: Sequence[str], item: Mapping[str, Any], which: str) -> Verified | Rejected:
    written = descend(item, _SIGNATURE)
    if not isinstance(written, str) or not written:
        return Rejected(Reason.SIGNATURE_MISSING, f"{which} has no {_SIGNATURE}")
    signature = decode(written, "base64")
    if not signature:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{_SIGNATURE} of {which} is no base64")
    content = _content(item)
    for key in keys:
        secret = _secret(key)
        if secret and compare_digest(digest(secret, content, "sha256"), signature):
            return Verified("adyen-sha256", fingerprint(key))
    return Rejected(Reason.SIGNATURE_MISMATCH, f"{which} was signed with none of the {len(keys)} active keys")


def _content(item: Mapping[str, Any]) -> bytes:
    return utf8(":".join(_text(descend(item, path)) for path in _SIGNED))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else ""


def _secret(key: str) -> bytes | None:
    secret = decode(key.strip().lower(), "hex")
    return secret if secret and len(secret) == _KEY_BYTES else None
