"""Signatures over some values of a request: each form verifies what it signs, and is refused otherwise."""

import json
from base64 import b64encode
from hashlib import md5, sha256
from hmac import digest

import pytest

from gateway.providers.schema import Fields
from gateway.verification import sign
from hookline.samples import samples
from tests.sources import source
from tests.unit.verification.requests import NOW, URL, altered, custom, outcome, request, signed

KEY = "a key of ours: ÄÖÜ"
FORM = "application/x-www-form-urlencoded"
OURS = [
    "dropbox-sign",
    "exact-online",
    "favro",
    "mailgun",
    "mercado-pago",
    "paymob",
    "paypro-global",
    "praxis",
    "quoter",
    "square",
    "treezor",
    "trello",
    "usps",
]
SENT = [(provider, sample) for provider in OURS for sample in samples()[provider].values()]


@pytest.mark.parametrize(("provider", "sample"), SENT, ids=[f"{one}/{two.name}" for one, two in SENT])
def test_a_request_of_each_provider_verifies_with_its_key_alone(provider: str, sample: object) -> None:
    known = source(provider)
    plain = next(two for one, two in SENT if one == provider and two is sample).request(URL, "")
    sent = signed(known, KEY, plain)
    assert outcome(known, ["another", KEY], sent) == f"fields-{known.schemes[0].hash}"  # type: ignore[union-attr]
    assert outcome(known, ["another"], sent) == "signature_mismatch"
    assert outcome(known, [], sent) == "signature_mismatch"
    assert outcome(known, [KEY], plain).startswith("signature_")


def hexed(text: str, hash_: str = "sha256") -> str:
    return digest(KEY.encode(), text.encode(), hash_).hex()


def mailgun(timestamp: object = str(NOW), token: str = "t0ken", signature: str | None = None) -> bytes:
    made = hexed(f"{timestamp}{token}") if signature is None else signature
    return json.dumps(
        {"signature": {"timestamp": timestamp, "token": token, "signature": made}, "event-data": {}}
    ).encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (mailgun(), "fields-sha256"),
        (mailgun(timestamp=NOW), "fields-sha256"),
        (mailgun(timestamp=str(NOW - 86_400)), "fields-sha256"),
        (mailgun(timestamp=str(NOW - 16 * 86_400)), "timestamp_stale"),
        (mailgun(timestamp=str(NOW + 16 * 86_400)), "timestamp_future"),
        (mailgun(timestamp=""), "timestamp_missing"),
        (mailgun(timestamp="now"), "timestamp_malformed"),
        (mailgun(timestamp=[1]), "timestamp_missing"),
        (mailgun(signature=""), "signature_missing"),
        (mailgun(signature="0" * 63), "signature_malformed"),
        (mailgun(signature=hexed(f"{NOW}t0ken").upper()), "signature_malformed"),
        (mailgun(signature="é"), "signature_malformed"),
        (mailgun(signature=hexed(f"{NOW}other")), "signature_mismatch"),
        (mailgun().replace(b'"event-data"', b'"signature"'), "signature_missing"),
        (b"\xff", "signature_missing"),
        (b"[" * 5000, "signature_missing"),
        (b"", "signature_missing"),
    ],
)
def test_mailgun_s_triple(body: bytes, expected: str) -> None:
    assert outcome(source("mailgun"), [KEY], request(body)) == expected


@pytest.mark.parametrize("content_type", [FORM, "multipart/form-data; boundary=xyz"])
def test_mailgun_s_routes_sign_fields_of_a_form(content_type: str) -> None:
    fields = {"timestamp": str(NOW), "token": "t", "signature": hexed(f"{NOW}t"), "event": "stored"}
    if content_type == FORM:
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        doubled = body + "&token=t"
    else:
        part = '--xyz\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        body = "".join(part.format(*pair) for pair in fields.items()) + "--xyz--\r\n"
        doubled = part.format("token", "t") + body
    known = source("mailgun")
    assert outcome(known, [KEY], request(body.encode(), content_type=content_type)) == "fields-sha256"
    assert outcome(known, [KEY], request(doubled.encode(), content_type=content_type)) == "signature_mismatch"
    assert outcome(known, [KEY], request(body.encode(), content_type="text/plain")) == "signature_missing"


def test_a_file_in_a_form_is_no_field() -> None:
    part = '--xyz\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    fields = (
        ("timestamp", "", str(NOW)),
        ("token", "", "t"),
        ("signature", '; filename="s"', hexed(f"{NOW}t")),
    )
    body = "".join(part.format(*one) for one in fields) + "--xyz--\r\n"
    sent = request(body.encode(), content_type="multipart/form-data; boundary=xyz")
    assert outcome(source("mailgun"), [KEY], sent) == "signature_missing"


def test_a_number_is_signed_as_it_was_written_and_truth_as_a_word() -> None:
    known = custom(Fields(signature="header:X-S", content="{json:a}{json:b}{json:c}"))
    signature = {"X-S": hexed("10.50true1e3")}
    assert outcome(known, [KEY], request(b'{"a":10.50,"b":true,"c":1e3}', signature)) == "fields-sha256"
    assert outcome(known, [KEY], request(b'{"a":10.5,"b":true,"c":1e3}', signature)) == "signature_mismatch"


@pytest.mark.parametrize(
    "body",
    [b'{"a":"1"}', b'{"a":"1","b":null}', b'{"a":"1","b":["2"]}', b'{"a":"1","b":"2","b":"3"}', b"", b"[]"],
)
def test_a_value_that_is_missing_or_there_twice_is_never_empty(body: bytes) -> None:
    known = custom(Fields(signature="header:X-S", content="{json:a}{json:b}"))
    for text in ("1", "12", "13", ""):
        assert outcome(known, [KEY], request(body, {"X-S": hexed(text)})) == "signature_mismatch"


def test_a_value_that_may_be_missing_is_empty() -> None:
    known = custom(Fields(signature="header:X-S", content="{json:a}{json:b?}"))
    assert outcome(known, [KEY], request(b'{"a":"1","b":null}', {"X-S": hexed("1")})) == "fields-sha256"


def mercado(query: str, signed_text: str, **headers: str) -> str:
    header = f"ts=1795435200123,v1={hexed(signed_text)}"
    sent = request(b"{}", {"x-signature": header, **headers}, query=query)
    return outcome(source("mercado-pago"), [KEY], sent)


def test_mercado_pago_leaves_out_what_is_missing_with_its_label() -> None:
    assert mercado("data.id=ABC", "id:abc;request-id:r1;ts:1795435200123;", **{"x-request-id": "r1"}) == (
        "fields-sha256"
    )
    assert mercado("data.id=1", "id:1;ts:1795435200123;") == "fields-sha256"
    assert mercado("", "ts:1795435200123;") == "fields-sha256"
    assert mercado("data.id=1", "ts:1795435200123;") == "signature_mismatch"
    assert mercado("data.id=1&data.id=1", "id:1;ts:1795435200123;") == "signature_mismatch"
    twice = request(b"{}", {"x-signature": f"ts=1,ts=1,v1={hexed('ts:1;')}"})
    assert outcome(source("mercado-pago"), [KEY], twice) == "timestamp_missing"


def test_exact_online_signs_the_bytes_of_a_member() -> None:
    content = '{"Topic":"Zoë \\u00e9",  "n":1.0}'
    made = hexed(content).upper()
    for body in (
        f'{{"Content":{content},"HashCode":"{made}"}}',
        f'{{"HashCode":"{made}","Content":{content} }}',
    ):
        assert outcome(source("exact-online"), [KEY], request(body.encode())) == "fields-sha256"
    for body, expected in (
        (f'{{"Content":{content},"HashCode":"{made.lower()}"}}', "signature_malformed"),
        (f'{{"Content":{content.replace("  ", " ")},"HashCode":"{made}"}}', "signature_mismatch"),
        (f'{{"Content":{content},"Content":1,"HashCode":"{made}"}}', "signature_missing"),
        (f'{{"x":{{"Content":{content}}},"HashCode":"{made}"}}', "signature_mismatch"),
    ):
        assert outcome(source("exact-online"), [KEY], request(body.encode())) == expected


def test_treezor_signs_what_php_would_write() -> None:
    php = '{"a":"Zo\\u00eb\\/\\ud83e\\uddfe","b":[1.50,null,true,{}]}'
    made = b64encode(digest(KEY.encode(), php.encode(), "sha256")).decode()
    spaced = '{ "a" : "Zoë/🧾", "b" : [ 1.50, null, true, {} ] }'
    for payload in (php, spaced):
        body = f'{{"webhook":"x","object_payload":{payload},"object_payload_signature":"{made}"}}'
        sent = request(body.encode(), content_type="text/plain")
        assert outcome(source("treezor"), [KEY], sent) == "fields-sha256"
    other = f'{{"object_payload":{spaced.replace("1.50", "1.5")},"object_payload_signature":"{made}"}}'
    assert outcome(source("treezor"), [KEY], request(other.encode())) == "signature_mismatch"


def test_a_plain_digest_holds_the_key() -> None:
    form = f"timestamp={NOW}&data=%7B%7D"
    made = md5(f"{KEY}{NOW}{{}}".encode()).hexdigest()
    sent = request(f"{form}&hash={made}".encode(), content_type=FORM)
    assert outcome(source("quoter"), [KEY], sent) == "fields-md5"
    assert outcome(source("quoter"), [KEY], sent, NOW + 301) == "timestamp_stale"
    assert outcome(source("quoter"), [""], sent) == "signature_mismatch"
    keyless = md5(f"{NOW}{{}}".encode()).hexdigest()
    forged = request(f"{form}&hash={keyless}".encode(), content_type=FORM)
    assert outcome(source("quoter"), ["", " "], forged) == "signature_mismatch"


def test_usps_verifies_by_its_older_header_too() -> None:
    body = b'{"timestamp":"2026-01-01T00:00:00Z","payload":"{\\"a\\":1}","subscriptionType":"TRACKING"}'
    made = b64encode(digest(KEY.encode(), b'2026-01-01T00:00:00Z{"a":1}', "sha256")).decode()
    for header in ("X-HMAC", "hmac-header"):
        assert outcome(source("usps"), [KEY], request(body, {header: made})) == "fields-sha256"


@pytest.mark.parametrize("provider", ["trello", "square", "favro"])
def test_the_public_url_is_signed(provider: str) -> None:
    known = source(provider)
    body = b'{"payloadId":"p1"}'
    sent = signed(known, KEY, request(body, query="a=%20"))
    assert outcome(known, [KEY], sent).startswith("fields-")
    name = known.schemes[0].headers[0]
    for other in (request(body, query="a=+"), request(body), request(body, query="a=%20", base=f"{URL}/")):
        assert outcome(known, [KEY], altered(other, **{name: sent.headers[name]})) == "signature_mismatch"


def test_headers_alone_can_be_asked_for_only_where_the_signature_is_one() -> None:
    known = source("trello")
    assert list(sign(known.schemes, KEY, request(), NOW, "")) == ["x-trello-webhook"]
    with pytest.raises(ValueError, match="in no header"):
        sign(source("paymob").schemes, KEY, request(), NOW, "")
    with pytest.raises(ValueError, match=r"no json:payload, which is signed"):
        signed(source("usps"), KEY, request(b'{"timestamp":"1"}'))
    with pytest.raises(ValueError):  # noqa: PT011  json's own words
        signed(source("treezor"), KEY, request(b"no JSON"))


def test_each_request_of_mailgun_s_has_a_token_of_its_own() -> None:
    sample = samples()["mailgun"]["delivered"].request(URL, "")
    tokens = {
        json.loads(signed(source("mailgun"), KEY, sample, identifier=one).body)["signature"]["token"]
        for one in ("a", "b")
    }
    assert tokens == {sha256(one).hexdigest()[:50] for one in (b"a", b"b")}
