"""Twilio: the public URL and every field of the form are signed, and no body is taken that is not."""

from hashlib import sha256

import pytest

from gateway.verification import sign
from tests.sources import source
from tests.unit.verification.requests import NOW, altered, outcome, request, signed

TWILIO = source("twilio")
KEY = "12345"
FORM = "application/x-www-form-urlencoded"


def form(body: bytes, content_type: str = FORM) -> str:
    """The outcome for a form signed as it stands."""
    return outcome(TWILIO, [KEY], signed(TWILIO, KEY, request(body, content_type=content_type)))


@pytest.mark.parametrize("body", [b"", b"a=1", b"a=&b", b"a=2&a=1&a=2", b"\xff=%ff&%00=+", b"a=%E2%82%AC"])
def test_forms_of_all_kinds_are_verified(body: bytes) -> None:
    assert form(body) == "url-form-sha1"
    assert form(body, "Application/X-WWW-Form-Urlencoded; charset=UTF-8") == "url-form-sha1"


def test_the_order_of_fields_does_not_matter_and_their_values_do() -> None:
    sent = signed(TWILIO, KEY, request(b"b=1&a=2&a=1", content_type=FORM))
    for same in (b"a=1&b=1&a=2", b"a=2&a=1&b=1&b=1", b"%61=1&a=2&b=%31"):
        assert outcome(TWILIO, [KEY], request(same, sent.headers, content_type=FORM)) == "url-form-sha1"
    for other in (b"b=1&a=2", b"b=1&a=2&a=1&c=", b"b=1&a=12", b"b=2&a=2&a=1"):
        changed = request(other, sent.headers, content_type=FORM)
        assert outcome(TWILIO, [KEY], changed) == "signature_mismatch"


@pytest.mark.parametrize(
    ("signed_for", "called"),
    [
        ("https://hooks.example.com/in", "https://hooks.example.com:443/in"),
        ("https://hooks.example.com:443/in", "https://hooks.example.com/in"),
        ("http://localhost:80/in", "http://localhost/in"),
        ("http://localhost/in", "http://localhost:8080/in"),
    ],
)
def test_the_url_is_tried_with_and_without_its_port(signed_for: str, called: str) -> None:
    sent = signed(TWILIO, KEY, request(b"a=1", content_type=FORM, query="q=%20", base=signed_for))
    arrived = request(b"a=1", sent.headers, content_type=FORM, query="q=%20", base=called)
    assert outcome(TWILIO, [KEY], arrived) == "url-form-sha1"
    elsewhere = request(b"a=1", sent.headers, content_type=FORM, query="q=+", base=called)
    assert outcome(TWILIO, [KEY], elsewhere) == "signature_mismatch"


def test_a_body_that_is_no_form_needs_its_hash_in_the_url() -> None:
    body = b'{"a":1}'
    right, wrong = (f"x=1&bodySHA256={sha256(text).hexdigest()}" for text in (body, b"else"))
    assert outcome(TWILIO, [KEY], signed(TWILIO, KEY, request(body, query=right))) == "url-form-sha1"
    valid = sign(TWILIO.schemes, KEY, request(b"else", query=wrong), NOW, "")
    assert outcome(TWILIO, [KEY], request(body, valid, query=wrong)) == "signature_mismatch"
    assert outcome(TWILIO, [KEY], request(body, valid, query="x=1")) == "body_unsigned"
    with pytest.raises(ValueError, match="bodySHA256"):
        sign(TWILIO.schemes, KEY, request(body), NOW, "")


def test_a_hash_that_is_there_twice_must_be_right_twice() -> None:
    body = b'{"a":1}'
    query = f"bodySHA256={sha256(body).hexdigest()}&bodySHA256={sha256(b'else').hexdigest()}"
    sent = sign(TWILIO.schemes, KEY, request(b"", query=""), NOW, "")
    assert outcome(TWILIO, [KEY], request(body, sent, query=query)) == "signature_mismatch"


def test_another_content_type_takes_no_field_out_of_the_signature() -> None:
    sent = signed(TWILIO, KEY, request(b"a=1", content_type=FORM))
    for content_type in ("application/json", "text/plain", ""):
        assert outcome(TWILIO, [KEY], altered(sent, content_type=content_type)) == "body_unsigned"


def test_a_signed_json_request_does_not_become_an_empty_form() -> None:
    body = b'{"a":1}'
    query = f"bodySHA256={sha256(body).hexdigest()}"
    sent = signed(TWILIO, KEY, request(body, query=query))
    emptied = request(b"", {**sent.headers, "content-type": FORM}, content_type=FORM, query=query)
    assert outcome(TWILIO, [KEY], emptied) == "signature_mismatch"


def test_a_request_without_a_body_is_covered_by_its_url() -> None:
    sent = signed(TWILIO, KEY, request(b"", content_type="", query="MessageSid=SM1"))
    assert outcome(TWILIO, [KEY], sent) == "url-form-sha1"


def test_a_form_of_endless_fields_is_not_parsed() -> None:
    sent = request(b"a&" * 20_000, {"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}, content_type=FORM)
    assert outcome(TWILIO, [KEY], sent) == "body_malformed"


@pytest.mark.parametrize("value", ["RSOYDt4T1cUTdK1PDd93/VVr8B8", "é", "=", "RSOYDt4T1cUTdK1PDd93/VVr8B9="])
def test_a_signature_that_is_no_base64_is_malformed(value: str) -> None:
    assert outcome(TWILIO, [KEY], request(b"", {"X-Twilio-Signature": value})) == "signature_malformed"
