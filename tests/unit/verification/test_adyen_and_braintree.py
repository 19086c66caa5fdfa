"""Adyen signs each item of a batch, Braintree a form's field with one half of a pair."""

import json
from base64 import encodebytes
from dataclasses import replace
from hashlib import sha1
from hmac import digest
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from gateway.body import Places
from gateway.request import Request
from gateway.verification import sign, unusable
from hookline.samples import samples
from tests.sources import source
from tests.unit.verification.requests import NOW, URL, outcome, request, signed

ADYEN = source("adyen")
HEX = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
ITEM = {
    "pspReference": "T7FD",
    "merchantAccountCode": "Acme",
    "merchantReference": "a:b\\c/é",
    "amount": {"value": 1000, "currency": "EUR"},
    "eventCode": "AUTHORISATION",
    "success": "true",
}


def batch(*items: dict[str, Any]) -> Request:
    entries = [{"NotificationRequestItem": item} for item in items]
    return request(json.dumps({"live": "false", "notificationItems": entries}).encode())


def items(sent: Request) -> list[dict[str, Any]]:
    return [entry["NotificationRequestItem"] for entry in json.loads(sent.body)["notificationItems"]]


@pytest.mark.parametrize("key", [HEX, HEX.lower()])
def test_a_batch_is_verified_when_each_item_is(key: str) -> None:
    sent = signed(ADYEN, key, batch(ITEM, {**ITEM, "pspReference": "X3GW", "success": False}))
    assert outcome(ADYEN, ["00" * 32, key], sent) == "adyen-sha256"
    assert outcome(ADYEN, ["00" * 32], sent) == "signature_mismatch"


@pytest.mark.parametrize("position", [0, 1, 2])
def test_one_item_that_is_forged_spoils_the_batch(position: int) -> None:
    good = items(signed(ADYEN, HEX, batch(ITEM, ITEM, ITEM)))
    forged = [dict(item) for item in good]
    forged[position]["amount"] = {"value": 1, "currency": "EUR"}
    assert outcome(ADYEN, [HEX], batch(*forged)) == "signature_mismatch"
    forged[position] = {**ITEM}
    assert outcome(ADYEN, [HEX], batch(*forged)) == "signature_missing"
    forged[position] = {**ITEM, "additionalData": {"hmacSignature": "é"}}
    assert outcome(ADYEN, [HEX], batch(*forged)) == "signature_malformed"


def test_missing_and_null_values_are_empty() -> None:
    [one] = items(signed(ADYEN, HEX, batch(ITEM)))
    assert outcome(ADYEN, [HEX], batch({**one, "originalReference": None})) == "adyen-sha256"
    assert outcome(ADYEN, [HEX], batch({**one, "originalReference": "None"})) == "signature_mismatch"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"notificationItems":[]}',
        b'{"notificationItems":{}}',
        b'{"notificationItems":[1]}',
        b'{"notificationItems":[{"NotificationRequestItem":null}]}',
        b'{"notificationItems":[{"NotificationRequestItem":{}},{}]}',
        b"\xff",
    ],
)
def test_what_is_no_batch_proves_nothing(body: bytes) -> None:
    assert outcome(ADYEN, [HEX], request(body)) == "signature_missing"


def test_a_value_that_stands_twice_is_refused() -> None:
    sent = signed(ADYEN, HEX, batch(ITEM))
    doubled = sent.body.replace(b'"success":', b'"success":"false","success":')
    assert outcome(ADYEN, [HEX], replace(sent, body=doubled)) == "signature_missing"


@pytest.mark.parametrize("key", ["", "secret", HEX[:-2], HEX + "00", "é" * 64])
def test_adyen_s_key_is_sixty_four_hex_digits(key: str) -> None:
    assert unusable(ADYEN.schemes, key)
    assert outcome(ADYEN, [key], signed(ADYEN, HEX, batch(ITEM))) == "signature_mismatch"


BRAINTREE = source("braintree")
PAIR = "public1:private:1"
FORM = "application/x-www-form-urlencoded"
PAYLOAD = encodebytes(b"<notification><kind>check</kind><n>" + b"?>" * 40 + b"</n></notification>").decode()


def notification(payload: str = PAYLOAD, signature: str | None = None, more: str = "") -> str:
    made = digest(sha1(b"private:1").digest(), payload.encode(), "sha1").hex()
    fields = {"bt_signature": f"public1|{made}" if signature is None else signature, "bt_payload": payload}
    sent = request((urlencode(fields) + more).encode(), content_type=FORM)
    return outcome(BRAINTREE, ["other:key", PAIR], sent)


def test_a_pair_is_found_by_its_public_key() -> None:
    assert notification() == "braintree-sha1"
    made = digest(sha1(b"private:1").digest(), PAYLOAD.encode(), "sha1").hex()
    assert notification(signature=f"unknown|{'0' * 40}&public1|{made}") == "braintree-sha1"
    assert notification(signature=f"other|{made}") == "signature_mismatch"
    unended = digest(sha1(b"private:1").digest(), (PAYLOAD + "\n").encode(), "sha1").hex()
    assert notification(signature=f"public1|{unended}") == "braintree-sha1"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"signature": ""}, "signature_missing"),
        ({"signature": "public1"}, "signature_malformed"),
        ({"signature": "public1|xyz"}, "signature_malformed"),
        ({"signature": "é|" + "0" * 40}, "signature_mismatch"),
        ({"more": "&bt_signature=a%7Cb"}, "signature_missing"),
        ({"more": "&bt_payload=PGE%2B"}, "body_malformed"),
        ({"payload": PAYLOAD.replace("P", " ")}, "body_malformed"),
        ({"payload": "PG4 +"}, "body_malformed"),
        ({"payload": "20f9f8ed05f77439fe955c977e4c8a53"}, "body_malformed"),
        ({"payload": ""}, "body_malformed"),
        ({"payload": "A"}, "body_malformed"),
    ],
)
def test_what_is_no_notification_is_refused(changes: dict[str, str], expected: str) -> None:
    assert notification(**changes) == expected


def test_half_a_pair_verifies_nothing() -> None:
    made = digest(sha1(b"").digest(), PAYLOAD.encode(), "sha1").hex()
    sent = request(
        urlencode({"bt_signature": f"public1|{made}", "bt_payload": PAYLOAD}).encode(), content_type=FORM
    )
    for key in ("public1", "public1:", ":", ":private"):
        assert unusable(BRAINTREE.schemes, key)
        assert outcome(BRAINTREE, [key], sent) == "signature_mismatch"


def test_a_sample_verifies_once_it_is_signed_and_its_kind_is_found() -> None:
    sample = samples()["braintree"]["subscription_charged_successfully"].request(URL, "")
    sent = signed(BRAINTREE, PAIR, sample)
    assert outcome(BRAINTREE, [PAIR], sent) == "braintree-sha1"
    assert parse_qs(sent.body.decode())["bt_signature"][0].startswith("public1|")
    assert Places(sent).first(BRAINTREE.type) == "subscription_charged_successfully"
    assert len(Places(sent).first(BRAINTREE.id)) == 64


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE n [<!ENTITY a "b">]><notification><kind>&a;</kind></notification>',
        "<notification><kind>",
        "<other><kind>a</kind></other>",
        "",
    ],
)
def test_xml_that_is_not_read_has_no_kind(xml: str) -> None:
    payload = encodebytes(xml.encode()).decode()
    sent = request(urlencode({"bt_payload": payload}).encode(), content_type=FORM)
    assert Places(sent).first(BRAINTREE.type) == ""


@pytest.mark.parametrize(("known", "key"), [(ADYEN, HEX), (BRAINTREE, PAIR)])
def test_neither_can_be_signed_by_headers_or_without_its_parts(known: Any, key: str) -> None:
    with pytest.raises(ValueError, match="in no header"):
        sign(known.schemes, key, request(), NOW, "")
    with pytest.raises(ValueError, match="has no"):
        signed(known, key, request())
    with pytest.raises(ValueError, match="the key is"):
        signed(known, "x", request())
