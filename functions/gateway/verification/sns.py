"""Amazon SNS: RSA over lines made of the JSON body's fields, by a certificate that lies at an AWS URL.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from gateway.providers.schema import PublicKeyAlgorithm, Sns
from gateway.request import Request
from gateway.verification import timestamps
from gateway.verification.encodings import decode, encode, utf8
from gateway.verification.keys import fingerprint
from gateway.verification.outcome import Reason, Rejected, Verified

_SUBSCRIPTION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
# In the order in which they are signed. A notification's Subject is signed when there is one.
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": _SUBSCRIPTION,
    "UnsubscribeConfirmation": _SUBSCRIPTION,
}
_ALGORITHMS: dict[str, PublicKeyAlgorithm] = {"1": "rsa-sha1", "2": "rsa-sha256"}
# Not any host of AWS: a bucket of a forger's is one too.
_HOST = re.compile(r"sns\.[a-z0-9-]{3,}\.amazonaws\.com(?:\.cn)?")
_PATH = re.compile(r"/SimpleNotificationService-[A-Za-z0-9-]+\.pem")


def verify(scheme: Sns, keys: Sequence[str], request: Request, now: float) -> Verified | Rejected:
    message = _message(request)
    if message is None:
        return Rejected(
            Reason.BODY_MALFORMED,
            "the body is no JSON object as SNS sends it: raw message delivery is not signed",
        )
    written = message.get("Signature")
    if not written:
        return Rejected(Reason.SIGNATURE_MISSING, "no Signature in the body")
    signature = decode(written, "base64")
    content = _content(message)
    if not signature or content is None:
        return Rejected(
            Reason.SIGNATURE_MALFORMED, "Signature is no base64, or fields that are signed are missing"
        )
    if message.get("TopicArn") not in scheme.topic_arns:
        return Rejected(Reason.SIGNATURE_MISMATCH, "TopicArn is none of topic_arns in `settings`")
    version = message.get("SignatureVersion", "")
    if version not in scheme.versions or version not in _ALGORITHMS:
        return Rejected(
            Reason.SIGNATURE_MISMATCH, f"SignatureVersion is none of {', '.join(scheme.versions)}"
        )
    signed_at = timestamps.moment(message["Timestamp"], "iso")
    if isinstance(signed_at, Rejected):
        return signed_at
    if not certificate_url(message.get("SigningCertURL", "")):
        return Rejected(Reason.SIGNATURE_MISMATCH, "SigningCertURL is no certificate of SNS's")
    if "SubscribeURL" in _SIGNED[message["Type"]] and not _of_sns(message["SubscribeURL"]):
        return Rejected(Reason.BODY_MALFORMED, "SubscribeURL is no URL of SNS's")
    for key in keys:
        if _verifies(key, _ALGORITHMS[version], signature, content, now):
            untimely = timestamps.untimely(signed_at, now, scheme.tolerance)
            return untimely or Verified(f"sns-v{version}", fingerprint(key))
    return Rejected(Reason.SIGNATURE_MISMATCH, "Signature was not made with the certificate that it names")


def stale(scheme: Sns, request: Request, now: float) -> bool:
    message = _message(request) or {}
    return timestamps.stale(message.get("Timestamp", ""), now, scheme.tolerance, "iso")


def sign(_scheme: Sns, _key: str, _request: Request, _now: float, _identifier: str) -> dict[str, str]:
    """Raises ValueError: the signature is no header; `signed` makes such a request."""
    raise ValueError("SNS signs in the body")


def signed(scheme: Sns, key: str, request: Request, now: float, _identifier: str) -> Request:
    """The request with its signature, of version 2, for the first of the scheme's topics. ValueError."""
    from gateway.verification import public_keys

    message = _message(request)
    if message is None:
        raise ValueError("the body is no JSON object of texts, as SNS sends it")
    topic = scheme.topic_arns[0] if scheme.topic_arns else message.get("TopicArn", "")
    whole = {
        **message,
        "TopicArn": topic,
        "Timestamp": timestamps.written(now, "iso"),
        "SignatureVersion": "2",
        "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem",
    }
    content = _content(whole)
    if content is None:
        raise ValueError("the body lacks fields that are signed")
    whole["Signature"] = encode(public_keys.sign(key, "rsa-sha256", content), "base64")
    return replace(request, body=json.dumps(whole).encode())


def unusable(_scheme: Sns, key: str) -> str:
    from gateway.verification import public_keys

    return public_keys.unusable(key, ("rsa-sha256",))


def verifying_key(_scheme: Sns, key: str) -> str:
    from gateway.verification import public_keys

    return encode(public_keys.public_key(key, "rsa-sha256"), "base64")


def carries(_scheme: Sns, _request: Request) -> bool:
    return True


def key_set(scheme: Sns, request: Request) -> str:
    """Where the certificate lies; empty for a message that is refused whatever lies there."""
    message = _message(request)
    if message is None or message.get("TopicArn") not in scheme.topic_arns:
        return ""
    return certificate_url(message.get("SigningCertURL", ""))


def certificate_url(text: str) -> str:
    """The URL itself if SNS keeps certificates there, else empty."""
    url = _of_sns(text)
    fits = url and not url.query and not url.fragment and _PATH.fullmatch(url.path)
    return f"https://{url.hostname}{url.path}" if url and fits else ""


def _of_sns(text: str) -> SplitResult | None:
    """The URL if its host is SNS's."""
    try:
        url = urlsplit(text)
        plain = url.port in (None, 443) and "@" not in url.netloc and text.isascii() and text.isprintable()
    except ValueError:
        return None
    return url if url.scheme == "https" and plain and _HOST.fullmatch(url.hostname or "") else None


def _message(request: Request) -> dict[str, str] | None:
    """The fields of the body that are texts, which are all that count."""
    try:
        value = json.loads(request.body, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or "Type" not in value:
        return None
    return {name: one for name, one in value.items() if isinstance(one, str)}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """What stands twice would be verified as one, and read as another by somebody else."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _content(message: Mapping[str, str]) -> bytes | None:
    names = _SIGNED.get(message.get("Type", ""))
    if names is None or any(name not in message for name in names if name != "Subject"):
        return None
    lines = [f"{name}\n{message[name]}\n" for name in names if name in message]
    return utf8("".join(lines))


def _verifies(key: str, algorithm: PublicKeyAlgorithm, signature: bytes, content: bytes, now: float) -> bool:
    from gateway.verification import public_keys

    return _in_force(key, int(now) // 3600) and any(
        public_keys.verifies(known.key, algorithm, signature, content)
        for known in public_keys.candidates(key, "")
    )


@lru_cache(maxsize=16)
def _in_force(key: str, hour: int) -> bool:
    """Whether a certificate is; a public key by itself always is."""
    from gateway.verification import certificates, public_keys

    ders = public_keys.certificates(key)
    return not ders or certificates.in_force(ders[0], hour * 3600)
