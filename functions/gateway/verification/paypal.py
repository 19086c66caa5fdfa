"""PayPal: RSA over transmission id, time, webhook id and the body's CRC 32, by a certificate of its own.

https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverificationmethod
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit
from zlib import crc32

from gateway.providers.schema import PayPal
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_DOMAIN = "paypal.com"
_ALGORITHM = "SHA256withRSA"
_HEADER = "PAYPAL-TRANSMISSION-SIG"
_WEBHOOK_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PATH = re.compile(r"/[A-Za-z0-9/._-]+")


def verify(scheme: PayPal, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    header = request.header(_HEADER)
    if not header:
        return Rejected(Reason.SIGNATURE_MISSING, f"no {_HEADER}")
    signature = decode(header, "base64")
    if not signature:
        return Rejected(Reason.SIGNATURE_MALFORMED, f"{_HEADER} is no base64")
    if request.header("PAYPAL-AUTH-ALGO") != _ALGORITHM:
        return Rejected(Reason.SIGNATURE_MISMATCH, f"PAYPAL-AUTH-ALGO is not {_ALGORITHM}")
    identifier = request.header("PAYPAL-TRANSMISSION-ID")
    if not identifier:
        return Rejected(Reason.ID_MISSING, "no PAYPAL-TRANSMISSION-ID")
    timestamp = request.header("PAYPAL-TRANSMISSION-TIME")
    if not timestamp:
        return Rejected(Reason.TIMESTAMP_MISSING, "no PAYPAL-TRANSMISSION-TIME")
    signed_at = timestamps.moment(timestamp, "iso")
    if isinstance(signed_at, Rejected):
        return signed_at
    if not key_set(scheme, request):
        return Rejected(Reason.SIGNATURE_MISMATCH, "PAYPAL-CERT-URL is no https URL at paypal.com")
    chains = tuple(key for key in keys if "-----BEGIN CERTIFICATE-----" in key)
    for key in keys:
        webhook, _, own = key.partition(":")
        if not _WEBHOOK_ID.fullmatch(webhook):
            continue
        content = _content(identifier, timestamp, webhook, request.body)
        if _verifies(scheme, (own,) if own else chains, signature, content, now):
            untimely = timestamps.untimely(signed_at, now, scheme.tolerance)
            return untimely or Verified("paypal-rsa-sha256", fingerprint(key))
    return Rejected(
        Reason.SIGNATURE_MISMATCH,
        f"{_HEADER} was not made for any of the webhook ids by the certificate that the request names",
    )


def stale(scheme: PayPal, request: Request, now: float) -> bool:
    written = request.header("PAYPAL-TRANSMISSION-TIME") or ""
    return timestamps.stale(written, now, scheme.tolerance, "iso")


def sign(_scheme: PayPal, key: str, request: Request, now: float, identifier: str) -> dict[str, str]:
    """key: a webhook id, a colon and a private key. Raises ValueError."""
    from gateway.verification import public_keys

    webhook, _, private = key.partition(":")
    identifier = request.header("PAYPAL-TRANSMISSION-ID") or identifier or "hookline"
    timestamp = timestamps.written(now, "iso")
    content = _content(identifier, timestamp, webhook, request.body)
    return {
        "PAYPAL-TRANSMISSION-ID": identifier,
        "PAYPAL-TRANSMISSION-TIME": timestamp,
        "PAYPAL-AUTH-ALGO": _ALGORITHM,
        "PAYPAL-CERT-URL": "https://api.paypal.com/v1/notifications/certs/CERT-0",
        _HEADER: encode(public_keys.sign(private, "rsa-sha256", content), "base64"),
    }


def unusable(_scheme: PayPal, key: str) -> str:
    webhook, _, own = key.partition(":")
    if not _WEBHOOK_ID.fullmatch(webhook):
        return "the key is no webhook id: letters and digits, as PayPal's dashboard shows it"
    if not own:
        return ""
    from gateway.verification import public_keys

    return public_keys.unusable(own, ("rsa-sha256",))


def verifying_key(_scheme: PayPal, key: str) -> str:
    from gateway.verification import public_keys

    webhook, _, private = key.partition(":")
    if not private:
        raise ValueError("the private key, which follows the webhook id and a colon, is PayPal's own")
    return f"{webhook}:{encode(public_keys.public_key(private, 'rsa-sha256'), 'base64')}"


def key_set(_scheme: PayPal, request: Request) -> str:
    """Where the certificate lies; empty unless that is PayPal's."""
    text = request.header("PAYPAL-CERT-URL") or ""
    try:
        url = urlsplit(text)
        bare = url.port in (None, 443) and "@" not in url.netloc and not url.query and not url.fragment
    except ValueError:
        return ""
    host = (url.hostname or "") if text.isascii() and text.isprintable() else ""
    fits = url.scheme == "https" and bare and _PATH.fullmatch(url.path)
    return f"https://{host}{url.path}" if fits and (host == _DOMAIN or host.endswith(f".{_DOMAIN}")) else ""


def _content(identifier: str, timestamp: str, webhook: str, body: bytes) -> bytes:
    return utf8(f"{identifier}|{timestamp}|{webhook}|{crc32(body)}")


def _verifies(scheme: PayPal, texts: tuple[str, ...], signature: bytes, content: bytes, now: float) -> bool:
    from gateway.verification import public_keys

    return any(
        public_keys.verifies(known.key, "rsa-sha256", signature, content)
        and _trusted(text, texts, scheme.trust_anchors, int(now) // 3600)
        for text in texts
        for known in public_keys.candidates(text, "")
    )


@lru_cache(maxsize=64)
def _trusted(text: str, texts: tuple[str, ...], anchors: tuple[str, ...], hour: int) -> bool:
    """Whether a certificate is PayPal's; a public key by itself was configured, and is."""
    from gateway.verification import certificates, public_keys

    leaf = public_keys.certificates(text)
    if not leaf:
        return True
    further = certificates.of_texts(other for other in texts if other != text)
    between = [der for der in further if certificates.is_authority(der)]
    trusted = certificates.of_texts(anchors) if anchors else certificates.of_the_system()
    return certificates.chained([*leaf, *between], trusted, _DOMAIN, hour * 3600)
