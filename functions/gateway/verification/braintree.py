"""Braintree: a form whose `bt_signature` names a public key and the HMAC-SHA1 of `bt_payload`.

https://developer.paypal.com/braintree/docs/guides/webhooks/parse
"""

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha1
from hmac import compare_digest, digest
from urllib.parse import urlencode

from gateway.body import Places
from gateway.providers.schema import Braintree
from gateway.request import Request
from gateway.verification.encodings import decode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_PAYLOAD = re.compile(r"[A-Za-z0-9+/=\n]+")
_SHA1_BYTES = 20


def verify(_scheme: Braintree, keys: Sequence[str], request: Request, _now: float) -> Verified | Rejected:
    form = Places(request).form
    signatures, payloads = form.get("bt_signature", []), form.get("bt_payload", [])
    if len(signatures) != 1 or not signatures[0]:
        return Rejected(Reason.SIGNATURE_MISSING, f"{len(signatures)} times bt_signature, and once is right")
    if len(payloads) != 1 or not _is_notification(payloads[0]):
        return Rejected(Reason.BODY_MALFORMED, "bt_payload is not XML in base64, once")
    pairs = [pair.partition("|") for pair in signatures[0].split("&")]
    known = [(public, signature) for public, _, written in pairs if (signature := _signature(written))]
    if not known:
        return Rejected(
            Reason.SIGNATURE_MALFORMED, f"bt_signature holds no public key|{2 * _SHA1_BYTES} hex digits"
        )
    for key in keys:
        public, private = _pair(key)
        if not public or not private:
            # Half a pair would be a key that anybody has.
            continue
        for named, signature in known:
            # The libraries that sign for tests leave the payload's last line break out.
            if compare_digest(utf8(named), utf8(public)) and any(
                compare_digest(_made(private, payloads[0] + end), signature) for end in ("", "\n")
            ):
                return Verified("braintree-sha1", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH, f"bt_signature was made with none of the {len(keys)} active key pairs"
    )


def carries(_scheme: Braintree, request: Request) -> bool:
    return "bt_signature" in Places(request).form


def signed(scheme: Braintree, key: str, request: Request, _now: float, _identifier: str) -> Request:
    """Raises ValueError for a key that is no pair, or a form without bt_payload."""
    if trouble := unusable(scheme, key):
        raise ValueError(trouble)
    public, private = _pair(key)
    payload = Places(request).value("form:bt_payload")
    if not payload:
        raise ValueError("the form has no bt_payload, which is signed")
    form = {"bt_signature": f"{public}|{_made(private, payload).hex()}", "bt_payload": payload}
    return replace(request, body=urlencode(form).encode())


def sign(_scheme: Braintree, _key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    raise ValueError("the signature stands in the form, and in no header")


def prove(_scheme: Braintree, key: str, text: str) -> str:
    """What shows Braintree that an endpoint has the keys: the public one, and the signature of `text`.

    That is a notification's signature, too: whoever asks must bound what text may be. Notifications are
    base64 of XML.
    """
    public, private = _pair(key)
    return f"{public}|{_made(private, text).hex()}"


def unusable(_scheme: Braintree, key: str) -> str:
    return "" if all(_pair(key)) else "the key is no pair public:private"


def verifying_key(_scheme: Braintree, key: str) -> str:
    return key


def _is_notification(payload: str) -> bool:
    if not _PAYLOAD.fullmatch(payload):
        return False
    try:
        return b64decode(payload).lstrip().startswith(b"<")
    except ValueError:
        return False


def _signature(written: str) -> bytes | None:
    signature = decode(written, "hex")
    return signature if signature and len(signature) == _SHA1_BYTES else None


def _pair(key: str) -> tuple[str, str]:
    """The public and the private key; one of them empty if there is no pair."""
    public, _, private = key.strip().partition(":")
    return public, private


def _made(private: str, text: str) -> bytes:
    return digest(sha1(utf8(private)).digest(), utf8(text), "sha1")  # noqa: S324  Braintree's own
