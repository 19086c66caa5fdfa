"""Amazon SNS: messages of our own topics, by certificates of AWS and of nobody else."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from gateway.providers.schema import Sns
from gateway.request import Request
from gateway.topics import Confirmation, confirmation
from gateway.verification import key_set, signed
from gateway.verification.sns import certificate_url
from tests.sources import source
from tests.unit.verification.pairs import private, private_pem, public_pem
from tests.unit.verification.requests import NOW, custom, outcome, request

TOPIC = "arn:aws:sns:us-east-1:123456789012:MyTopic"
URL = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
SOURCE = custom(Sns(topic_arns=(TOPIC,)))
KEY = public_pem("rsa")
NOTIFICATION = {
    "Type": "Notification",
    "MessageId": "m-1",
    "TopicArn": TOPIC,
    "Subject": "Ä",
    "Message": "Hello\nworld",
    "Timestamp": "2026-11-23T11:59:58.123Z",
}
SUBSCRIPTION = {
    "Type": "SubscriptionConfirmation",
    "MessageId": "m-2",
    "Token": "t",
    "TopicArn": TOPIC,
    "Message": "Confirm",
    "SubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
    "Timestamp": "2026-11-23T11:59:58.123Z",
}


def message(fields: Mapping[str, str], version: str = "2", **changes: object) -> Request:
    """As AWS documents it: the lines of the fields that are there, sorted by name."""
    lines = "".join(f"{name}\n{fields[name]}\n" for name in sorted(fields))
    key = private("rsa")
    assert isinstance(key, rsa.RSAPrivateKey)
    digest = hashes.SHA1() if version == "1" else hashes.SHA256()
    made = b64encode(key.sign(lines.encode(), padding.PKCS1v15(), digest)).decode()
    rest = {"SignatureVersion": version, "Signature": made, "SigningCertURL": URL, "UnsubscribeURL": "u"}
    body = {name: value for name, value in {**fields, **rest, **changes}.items() if value is not None}
    return request(json.dumps(body, indent=2).encode(), content_type="text/plain; charset=UTF-8")


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize(
    "fields",
    [
        NOTIFICATION,
        {name: value for name, value in NOTIFICATION.items() if name != "Subject"},
        SUBSCRIPTION,
        {**SUBSCRIPTION, "Type": "UnsubscribeConfirmation"},
    ],
)
def test_a_message_is_verified(fields: Mapping[str, str], version: str) -> None:
    assert outcome(SOURCE, [KEY], message(fields, version)) == f"sns-v{version}"
    assert key_set(SOURCE, message(fields, version)) == URL


def changed(field: str, value: object = None) -> dict[str, object]:
    return {field: value}


@pytest.mark.parametrize("field", [*NOTIFICATION, "Subject"])
def test_every_field_that_is_signed_is_looked_at(field: str) -> None:
    assert outcome(SOURCE, [KEY], message(NOTIFICATION, "2", **changed(field, "else"))) != "sns-v2"
    assert outcome(SOURCE, [KEY], message(NOTIFICATION, "2", **changed(field))) != "sns-v2"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Signature": None}, "signature_missing"),
        ({"Signature": "x"}, "signature_malformed"),
        ({"Signature": 5}, "signature_missing"),
        ({"SignatureVersion": "3"}, "signature_mismatch"),
        ({"SignatureVersion": None}, "signature_mismatch"),
        ({"SignatureVersion": "1"}, "signature_mismatch"),
        ({"SigningCertURL": "https://evil.example/SimpleNotificationService-0.pem"}, "signature_mismatch"),
        ({"Type": "Other"}, "signature_malformed"),
        ({"Timestamp": "soon"}, "timestamp_malformed"),
    ],
)
def test_what_is_wrong_is_told(changes: dict[str, object], reason: str) -> None:
    assert outcome(SOURCE, [KEY], message(NOTIFICATION, "2", **changes)) == reason


@pytest.mark.parametrize(
    "url", ["https://evil.example.com/", "http://sns.us-east-1.amazonaws.com/", "", "//["]
)
def test_a_subscription_is_confirmed_at_sns_alone(url: str) -> None:
    assert outcome(SOURCE, [KEY], message({**SUBSCRIPTION, "SubscribeURL": url})) == "body_malformed"


def test_a_topic_of_somebody_else_is_refused_and_nothing_is_fetched_for_it() -> None:
    stranger = {**NOTIFICATION, "TopicArn": "arn:aws:sns:us-east-1:999999999999:MyTopic"}
    assert outcome(SOURCE, [KEY], message(stranger)) == "signature_mismatch"
    assert key_set(SOURCE, message(stranger)) == ""
    assert outcome(custom(Sns()), [KEY], message(NOTIFICATION)) == "signature_mismatch"


def test_version_1_can_be_ruled_out() -> None:
    strict = custom(Sns(topic_arns=(TOPIC,), versions=("2",)))
    assert outcome(strict, [KEY], message(NOTIFICATION, "1")) == "signature_mismatch"
    assert outcome(strict, [KEY], message(NOTIFICATION, "2")) == "sns-v2"


@pytest.mark.parametrize(
    "body",
    [b"", b"Hello", b"[]", b'{"Message":"raw"}', b'{"Type":"Notification","Type":"x"}', b"\xff", b"[" * 5000],
)
def test_what_is_no_message_is_refused(body: bytes) -> None:
    assert outcome(SOURCE, [KEY], request(body)) == "body_malformed"
    assert key_set(SOURCE, request(body)) == ""


@pytest.mark.parametrize(
    "text",
    [
        URL,
        "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-a1.pem",
        "https://sns.us-gov-west-1.amazonaws.com:443/SimpleNotificationService-a1.pem",
    ],
)
def test_certificates_lie_at_sns(text: str) -> None:
    assert certificate_url(text) == text.replace(":443", "")


@pytest.mark.parametrize(
    "text",
    [
        URL.replace("https", "http"),
        URL.replace("sns.", "bucket.s3."),
        URL.replace("sns.us-east-1", "sns.us.east-1"),
        URL.replace("amazonaws.com", "amazonaws.com.evil.example"),
        URL.replace("amazonaws.com", "amazonaws.com.uk"),
        URL.replace("sns.", "evil.example/sns."),
        URL.replace("sns.", "user@sns."),
        URL.replace(".com/", ".com:8443/"),
        URL.replace(".com/", ".com@evil.example/"),
        URL.replace(".com/", ".com\\@evil.example/"),
        URL.replace(".pem", ".pem?x=1"),
        URL.replace(".pem", ".pem#x"),
        URL.replace(".pem", ".txt"),
        URL.replace("SimpleNotificationService-", "../"),
        URL.replace("SimpleNotificationService-", "a/SimpleNotificationService-"),
        URL + "\n",
        URL.replace("e", "é"),
        "https://[::1",
        "https://sns.us-east-1.amazonaws.com:x/SimpleNotificationService-a.pem",
        "",
    ],
)
def test_certificates_lie_nowhere_else(text: str) -> None:
    assert certificate_url(text) == ""


def test_a_certificate_counts_while_it_is_in_force() -> None:
    for begins, ends, verdict in (
        (-1, 1, "sns-v2"),
        (-9, -1, "signature_mismatch"),
        (1, 9, "signature_mismatch"),
    ):
        pem = certificate(timedelta(days=begins), timedelta(days=ends))
        assert outcome(SOURCE, [pem], message(NOTIFICATION)) == verdict


def certificate(begins: timedelta, ends: timedelta) -> str:
    key, now = private("rsa"), datetime.fromtimestamp(NOW, UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .sign(key, hashes.SHA256())
    )
    return built.public_bytes(Encoding.PEM).decode()


def test_a_subscription_that_waits_is_confirmed_and_nothing_else() -> None:
    assert confirmation(SOURCE, message(SUBSCRIPTION)) == Confirmation(TOPIC, "t")
    assert confirmation(SOURCE, message(NOTIFICATION)) is None
    assert confirmation(SOURCE, message({**SUBSCRIPTION, "Type": "UnsubscribeConfirmation"})) is None
    assert confirmation(source("github"), message(SUBSCRIPTION)) is None


def test_a_message_of_our_own_is_signed_as_sns_does() -> None:
    plain = request(json.dumps(NOTIFICATION).encode())
    sent = signed(SOURCE.schemes, private_pem("rsa"), plain, NOW, "")
    assert outcome(SOURCE, [KEY], sent) == "sns-v2"
    assert outcome(SOURCE, [KEY], replace(sent, body=sent.body.replace(b"Hello", b"Hallo"))) != "sns-v2"
    for body in (b"", b"{}", b'{"Type":"Notification"}'):
        with pytest.raises(ValueError, match="body"):
            signed(SOURCE.schemes, private_pem("rsa"), request(body), NOW, "")
