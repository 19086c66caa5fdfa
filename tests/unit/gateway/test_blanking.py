"""A secret in a body is blanked before anything is kept, and every other byte stays as it was received."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.admission import envelope_of
from gateway.blanking import blanked
from gateway.body import descend
from gateway.multipart import encoded
from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider
from gateway.request import Request
from gateway.split import split
from gateway.verification import Verified
from hookline.samples import samples
from tests.sources import configured

SECRET = "5a7f00d-" * 4
STRIPE = configured("stripe")
FORM = "application/x-www-form-urlencoded"


def request(body: bytes, content_type: str = "application/json") -> Request:
    return Request(
        method="POST", path="/in", query="", headers={"content-type": content_type}, body=body, url=""
    )


def after(body: bytes | str, *places: str, content_type: str = "application/json") -> bytes:
    return blanked(
        replace(STRIPE, redact=places),
        request(body.encode() if isinstance(body, str) else body, content_type),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"token":"s","a":1}', '{"token":"***","a":1}'),
        ('{ "a" : 1.50 ,\n "token"\t: "s" }\n', '{ "a" : 1.50 ,\n "token"\t: "***" }\n'),
        ('{"tok\\u0065n":"s"}', '{"tok\\u0065n":"***"}'),
        ('{"token":"s","token":"t"}', '{"token":"***","token":"***"}'),
        ('{"token":{"deep":["s"]},"b":2}', '{"token":"***","b":2}'),
        ('{"token":17}', '{"token":"***"}'),
        ('{"token":"\\"}s"}', '{"token":"***"}'),
        ('{"a":{"token":"s"}}', '{"a":{"token":"s"}}'),
        ('[{"token":"s"},{"token":"t"}]', '[{"token":"***"},{"token":"***"}]'),
        ("[]", "[]"),
        ("{}", "{}"),
        ("", ""),
        ('"token"', '"token"'),
        # No strict JSON, and travels as text: the secret does not.
        ('{"text":"\\ud800","x":NaN,"token":"s"}', '{"text":"\\ud800","x":NaN,"token":"***"}'),
        ('\ufeff{"token":"s"}', '\ufeff{"token":"***"}'),
        ('{"token":"s","cut', '{"token":"***","cut'),
    ],
)
def test_only_the_value_is_replaced(body: str, expected: str) -> None:
    assert after(body, "json:token") == expected.encode()


def test_a_number_may_be_longer_than_python_reads() -> None:
    long = "9" * 5000
    assert after(f'{{"n":{long},"token":"s"}}', "json:token") == f'{{"n":{long},"token":"***"}}'.encode()


def test_bytes_that_are_no_utf_8_stay_as_they_are() -> None:
    assert after(b'{"a":"\xff\xfe","token":"s"}', "json:token") == b'{"a":"\xff\xfe","token":"***"}'


def test_a_path_goes_through_objects_and_arrays() -> None:
    body = '{"value":[{"state":"s","id":1},{"id":2,"state":"t"}],"a":{"b":"u"}}'
    assert after(body, "json:value.state", "json:a.b") == (
        b'{"value":[{"state":"***","id":1},{"id":2,"state":"***"}],"a":{"b":"***"}}'
    )
    assert after('{"a":[{"b":"s"},{"b":"t"}]}', "json:a.0.b") == b'{"a":[{"b":"***"},{"b":"***"}]}'


@pytest.mark.parametrize("body", ['{"token"', '{"token":', "{,}", '{"a" 1}', '{"token":"s', "[{]", "{1:2}"])
def test_whatever_is_sent_nothing_raises(body: str) -> None:
    assert after(body, "json:token") == body.encode()


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_body_may_be_nested_without_end(opening: str) -> None:
    assert after(opening * 100_000, "json:token") == opening.encode() * 100_000
    assert after(f'{{"token":"s","b":{opening * 100_000}', "json:token").startswith(b'{"token":"***"')


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["token", "a"]), inner),
    )
)
def test_of_any_json_all_else_is_the_same(value: Any) -> None:
    body = json.dumps({"before": value, "token": SECRET, "after": value}).encode()
    made = after(body, "json:token")
    assert made == body.replace(json.dumps(SECRET).encode(), b'"***"')
    assert after(json.dumps(value), "json:no.such.place") == json.dumps(value).encode()


def test_fields_of_a_form_are_blanked_by_name() -> None:
    assert after("a=1&token=s%20t&b=&token", "form:token", content_type=FORM) == b"a=1&token=***&b=&token"
    assert after("%74oken=s", "form:token", content_type=FORM) == b"%74oken=***"


def test_json_in_a_form_s_field_is_blanked_inside() -> None:
    payload = quote_plus('{"type":"block_actions","token":"s","text":"grüß & co"}')
    made = after(f"a=1&payload={payload}", "form:payload>json:token", content_type=FORM)
    assert made.startswith(b"a=1&payload=")
    (found,) = parse_qs(made.decode())["payload"]
    assert found == '{"type":"block_actions","token":"***","text":"grüß & co"}'
    untouched = f"payload={quote_plus('{}')}&x=%zz".encode()
    assert after(untouched, "form:payload>json:token", content_type=FORM) == untouched


def test_fields_of_a_multipart_form_are_blanked_too() -> None:
    content_type = "multipart/form-data; boundary=xyz"
    body = encoded([("a", "1"), ("token", "s"), ("b", "2")], content_type)
    expected = encoded([("a", "1"), ("token", "***"), ("b", "2")], content_type)
    assert after(body, "form:token", content_type=content_type) == expected
    assert after(body, "form:other", content_type=content_type) == body
    assert after(b"rubbish", "form:token", content_type=content_type) == b"rubbish"


def with_secret(provider: Provider, body: bytes) -> bytes:
    """A sample's body with SECRET in each place of its JSON that the provider has it in."""
    document = json.loads(body)
    for place in provider.redact:
        kind, _, path = place.partition(":")
        *way, last = path.split(".")
        items = descend(document, provider.items.removeprefix("json:")) if provider.items else [document]
        for holder in items if kind == "json" else ():
            for name in way:
                holder = holder.setdefault(name, {})
            holder[last] = SECRET
    return json.dumps(document).encode()


HIDING = [provider for provider in PROVIDERS.values() if provider.redact]


@pytest.mark.parametrize("provider", HIDING, ids=lambda provider: provider.name)
def test_a_provider_s_own_secret_goes_no_further_than_the_door(provider: Provider) -> None:
    """And its event is the same: id, type and batch are what they were."""
    source = configured(provider.name)
    sample = next(one for one in samples()[provider.name].values() if "json" in one.content_type)
    sent = replace(sample.request("https://hooks.example.com", source.path), method="POST")
    sent = replace(sent, body=with_secret(provider, sent.body))
    assert SECRET.encode() in sent.body
    envelope = envelope_of(
        source, sent, Verified("token", ""), identifier="01" * 13, received_at=0, correlation_id="c"
    )
    assert envelope.body is not None
    assert SECRET.encode() not in envelope.body
    assert (envelope.body_size, envelope.body_sha256) == (
        len(envelope.body),
        sha256(envelope.body).hexdigest(),
    )
    before, made = split(envelope, sent.body, source), split(envelope, envelope.body, source)
    assert [(one.key, one.type) for one in made] == [(one.key, one.type) for one in before]


def test_a_source_without_such_a_secret_keeps_each_byte() -> None:
    source = configured("stripe")
    sent = request(b'{ "token" : "tok_1" }')
    envelope = envelope_of(
        source, sent, Verified("hmac", ""), identifier="01" * 13, received_at=0, correlation_id="c"
    )
    assert envelope.body == sent.body
