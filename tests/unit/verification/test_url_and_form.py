"""Twilio: the public URL and every field of the form are signed, and no body is taken that is not."""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from hmac import digest

import pytest

from gateway.providers.schema import UrlForm
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


MANDRILL = source("mandrill")


def test_mandrill_signs_each_decoded_field_in_the_order_of_names() -> None:
    sent = signed(MANDRILL, KEY, request(b"b=%2B+1&a=&B=%C3%A9", content_type=FORM, query="src=test"))
    text = f"{sent.url}B\u00e9ab+ 1".encode()
    assert sent.headers["x-mandrill-signature"] == b64encode(digest(KEY.encode(), text, "sha1")).decode()
    assert outcome(MANDRILL, [KEY], sent) == "url-form-sha1"
    for url in (f"{sent.url}&", sent.url.replace("/in", ":443/in"), sent.url.partition("?")[0]):
        assert outcome(MANDRILL, [KEY], replace(sent, url=url)) == "signature_mismatch"
    for body in (b"b=%2B+1&a=&B=e", b"b=%2B+1&B=%C3%A9&c=1", b""):
        assert outcome(MANDRILL, [KEY], replace(sent, body=body)) == "signature_mismatch"
    assert outcome(MANDRILL, [KEY], altered(sent, content_type="application/json")) == "body_unsigned"


PLIVO = source("plivo")


@pytest.mark.parametrize(
    ("method", "query", "body", "text"),
    [
        ("POST", "", b"b=2&a=1", "https://hooks.example.com/in?a1b2.n1"),
        ("POST", "z=%20&y=1", b"b=2&a=1", "https://hooks.example.com/in?y=1&z= .a1b2.n1"),
        ("POST", "z=%20&y=1", b"", "https://hooks.example.com/in?y=1&z= .n1"),
        ("POST", "", b"", "https://hooks.example.com/in.n1"),
        ("POST", "", b"a=2&b=&a=1", "https://hooks.example.com/in?a1a2b.n1"),
        ("GET", "b=2&a=1&a=0", b"", "https://hooks.example.com/in?a=0&a=1&b=2.n1"),
        ("GET", "", b"", "https://hooks.example.com/in.n1"),
    ],
)
def test_plivo_signs_query_form_and_nonce(method: str, query: str, body: bytes, text: str) -> None:
    sent = replace(request(body, content_type=FORM, query=query), method=method)
    made = b64encode(digest(KEY.encode(), text.encode(), "sha256")).decode()
    named = {"x-plivo-signature-v3-nonce": "n1"}
    assert signed(PLIVO, KEY, sent, identifier="n1").headers["x-plivo-signature-v3"] == made
    other = b64encode(bytes(32)).decode()
    for header in ("x-plivo-signature-v3", "x-plivo-signature-ma-v3"):
        for value in (made, f"{other},{made}", f"{made}, {other}"):
            carried = replace(sent, headers={**sent.headers, **named, header: value})
            assert outcome(PLIVO, ["another", KEY], carried) == "url-form-sha256"
        forged = replace(sent, headers={**sent.headers, header: made})
        assert outcome(PLIVO, [KEY], forged) == "signature_mismatch"
        forged = replace(forged, headers={**forged.headers, "x-plivo-signature-v3-nonce": "n2"})
        assert outcome(PLIVO, [KEY], forged) == "signature_mismatch"


SHARED = source("twilio-shared-key")
SETTINGS = "x-twilio-webhooks-signature-settings"


def test_a_shared_key_s_algorithm_is_the_one_that_is_configured() -> None:
    sent = signed(SHARED, KEY, request(b"a=1", content_type=FORM))
    assert outcome(SHARED, [KEY], sent) == "url-form-sha256"
    for said, expected in (
        ("key=ZK1,algorithm=HMAC_SHA256", "url-form-sha256"),
        ("key=ZK1,algorithm=HMAC_SHA1", "signature_mismatch"),
        ("key=ZK1,algorithm=HMAC_SHA256,algorithm=HMAC_SHA1", "signature_mismatch"),
        ("key=ZK1", "signature_mismatch"),
        ("", "signature_malformed"),
        ("é", "signature_mismatch"),
    ):
        assert outcome(SHARED, [KEY], replace(sent, headers={**sent.headers, SETTINGS: said})) == expected
    plain = signed(TWILIO, KEY, request(b"a=1", content_type=FORM))
    assert outcome(SHARED, [KEY], plain) == "signature_malformed"


def test_a_shared_key_s_id_may_be_pinned_too() -> None:
    [scheme] = SHARED.schemes
    assert isinstance(scheme, UrlForm)
    pinned = replace(SHARED, schemes=(replace(scheme, key_id="ZK1", hash="sha1"),))
    sent = signed(pinned, KEY, request(b"a=1", content_type=FORM))
    assert sent.headers[SETTINGS] == "key=ZK1,algorithm=HMAC_SHA1"
    assert outcome(pinned, [KEY], sent) == "url-form-sha1"
    other = replace(sent, headers={**sent.headers, SETTINGS: "key=ZK2,algorithm=HMAC_SHA1"})
    assert outcome(pinned, [KEY], other) == "signature_mismatch"
