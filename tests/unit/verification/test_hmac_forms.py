"""The forms in which providers write an HMAC: lists, aliases, places, encodings, canonical requests, keys."""

import hmac
import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha1, sha256
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import verification
from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Hmac
from gateway.request import Request
from gateway.verification import Rejected, kept_query, unusable, verify
from tests.sources import source
from tests.unit.verification.requests import BODY, NOW, altered, custom, outcome, request, signed

KEY = "a key"
OK = "hmac-sha256"


def mac(content: bytes = BODY, key: str | bytes = KEY) -> str:
    return hmac.digest(key.encode() if isinstance(key, str) else key, content, "sha256").hex()


def header(configured: Source, value: str, key: str = KEY) -> str:
    return outcome(configured, [key], request(headers={"X-Sig": value}))


def at(moment: int | str, body: bytes = BODY) -> str:
    return mac(f"{moment}.".encode() + body)


_PAIRS = Hmac(header="X-Sig", content="{timestamp}.{body}", signature_field="v1", timestamp_field="t")
PAIRS = custom(_PAIRS)


@pytest.mark.parametrize(
    ("separator", "equals"), [(",", "="), (";", "="), (", ", "="), (",", ":"), (" ", "="), (";", ":")]
)
def test_fields_are_parted_as_the_scheme_says(separator: str, equals: str) -> None:
    scheme = Hmac(
        header="X-Sig",
        content="{timestamp}.{body}",
        signature_field="h1",
        timestamp_field="ts",
        separator=separator.strip() or separator,
        equals=equals,
    )
    configured = custom(scheme)
    value = separator.join([f"ts{equals}{NOW}", f"h1{equals}{mac(b'x')}", f"h1{equals}{at(NOW)}"])
    assert header(configured, value) == OK
    other = "=" if equals == ":" else ":"
    assert header(configured, value.replace(equals, other)) == "signature_malformed"
    sent = signed(configured, KEY, request())
    assert outcome(configured, [KEY], sent) == OK


LIST = custom(Hmac(header="X-Sig", prefix="v1=", separator=","))


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (f"v1={mac()}", OK),
        (f"v1={'0' * 64},v1={mac()}", OK),
        (f"v2=abc, v1={mac()}", OK),
        (f"v2={mac()}", "signature_malformed"),
        (f"v1={mac()[:-1]}", "signature_malformed"),
        (f"v1={mac().upper()}", "signature_malformed"),
        (f"v1={mac(b'other')},v1={mac(key='other')}", "signature_mismatch"),
        (",", "signature_malformed"),
    ],
)
def test_several_signatures_in_one_header_are_all_tried(value: str, result: str) -> None:
    assert header(LIST, value) == result


def test_a_list_of_spaces_or_dots_is_parted_by_them() -> None:
    for separator in (" ", "."):
        configured = custom(Hmac(header="X-Sig", separator=separator))
        assert header(configured, separator.join((mac(b"old"), mac()))) == OK
        assert header(configured, ",".join((mac(b"old"), mac()))) == "signature_malformed"


def test_what_is_no_list_is_not_parted() -> None:
    assert header(custom(Hmac(header="X-Sig")), f"{mac()},{mac()}") == "signature_malformed"


FIRST = custom(
    Hmac(
        header="X-Sig",
        separator=",",
        timestamp_first=True,
        timestamp_unit="s-or-ms",
        content="{timestamp}.{body}",
    )
)


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (f"{NOW}000,{at(f'{NOW}000')}", OK),
        (f"{NOW},{at(NOW)}", OK),
        (f"{NOW},{mac()},{at(NOW)}", OK),
        (f"{NOW - 301},{at(NOW - 301)}", "timestamp_stale"),
        (f"{NOW + 301}000,{at(f'{NOW + 301}000')}", "timestamp_future"),
        (f"{NOW}", "signature_malformed"),
        (f"{at(NOW)},{NOW}", "signature_malformed"),
        (f",{at('')}", "timestamp_malformed"),
    ],
)
def test_a_timestamp_may_stand_first_in_the_list(value: str, result: str) -> None:
    assert header(FIRST, value) == result


SETS = custom(
    Hmac(header="X-Sig", content="{timestamp}.{body}", signature_field="v1", timestamp_field="t", sets=True)
)


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (f"t={NOW},v1={at(NOW)}", OK),
        (f"t={NOW},v1={mac(b'old')} t={NOW + 1},v1={at(NOW + 1)}", OK),
        (f"t={NOW + 1},v1={at(NOW + 1)} t={NOW},v1={mac(b'old')}", OK),
        (f"garbage t={NOW},v1={at(NOW)}", OK),
        (f"t={NOW},v1={at(NOW + 1)} t={NOW + 1},v1={at(NOW)}", "signature_mismatch"),
        (f"t={NOW},v1={mac(b'old')} t={NOW - 301},v1={at(NOW - 301)}", "timestamp_stale"),
        (" ", "signature_malformed"),
        (" ".join([f"t={NOW},v1={mac(b'old')}"] * 9), "signature_malformed"),
    ],
)
def test_each_set_keeps_its_own_timestamp(value: str, result: str) -> None:
    assert header(SETS, value) == result


def test_any_of_several_headers_may_carry_it() -> None:
    configured = custom(Hmac(header="X-Sig", more_headers=("X-Sig-2", "X-Sig-3")))
    for name in ("X-Sig", "x-sig-3"):
        assert outcome(configured, [KEY], request(headers={name: mac()})) == OK
    both = request(headers={"X-Sig": mac(b"old"), "X-Sig-2": mac()})
    assert outcome(configured, [KEY], both) == OK
    assert outcome(configured, [KEY], request(headers={"X-Sig-4": mac()})) == "signature_missing"
    wrong = request(headers={"X-Sig": mac(b"a"), "X-Sig-2": mac(b"b")})
    assert outcome(configured, [KEY], wrong) == "signature_mismatch"


def test_docusign_numbers_its_headers_up_to_a_hundred() -> None:
    docusign = source("docusign")
    value = b64encode(bytes.fromhex(mac())).decode()
    for number in (1, 7, 100):
        sent = request(headers={f"X-DocuSign-Signature-{number}": value})
        assert outcome(docusign, ["another", KEY], sent) == OK
    refused = verify(docusign, [KEY], request(headers={"X-DocuSign-Signature-101": value}), NOW)
    assert isinstance(refused, Rejected)
    assert refused.reason == "signature_missing"
    assert len(refused.detail) < 200


def test_a_header_that_two_schemes_share_is_named_once() -> None:
    refused = verify(HOOK0, [KEY], request(), NOW)
    assert isinstance(refused, Rejected)
    assert refused.detail == "no x-hook0-signature"


def test_a_signature_in_the_url_is_found_and_made() -> None:
    configured = custom(Hmac(query="signature"))
    sent = signed(configured, KEY, request(query="a=1&signature=old"))
    assert sent.query == f"a=1&signature={mac()}"
    assert sent.url.endswith(f"?{sent.query}")
    assert outcome(configured, [KEY], sent) == OK
    assert outcome(configured, [KEY], replace(sent, body=b"{}")) == "signature_mismatch"
    assert outcome(configured, [KEY], request(query="signature=abc")) == "signature_malformed"
    assert outcome(configured, [KEY], request(query="signature=")) == "signature_missing"
    assert outcome(configured, [KEY], request(headers={"signature": mac()})) == "signature_missing"
    with pytest.raises(ValueError, match="stands in the URL"):
        verification.sign(configured.schemes, KEY, request(), NOW, "")


def test_hex_in_upper_case_is_taken_only_where_the_provider_writes_it() -> None:
    upper = custom(Hmac(header="X-Sig", encoding="hex-upper"))
    assert header(upper, mac().upper()) == header(upper, mac()) == OK
    assert signed(upper, KEY, request()).header("x-sig") == mac().upper()
    assert header(custom(Hmac(header="X-Sig")), mac().upper()) == "signature_malformed"


def test_hex_may_be_written_in_base64_once_more() -> None:
    configured = custom(Hmac(header="X-Sig", encoding="base64-of-hex"))
    assert header(configured, b64encode(mac().encode()).decode()) == OK
    assert header(configured, b64encode(bytes.fromhex(mac())).decode()) == "signature_malformed"
    assert header(configured, b64encode(mac().upper().encode()).decode()) == "signature_malformed"


def test_a_second_encoding_is_taken_where_the_scheme_names_it() -> None:
    both = custom(Hmac(header="X-Sig", encoding="base64", or_encoding="hex"))
    assert header(both, mac()) == OK
    assert header(both, b64encode(bytes.fromhex(mac())).decode()) == OK
    assert header(custom(Hmac(header="X-Sig", encoding="base64")), mac()) == "signature_malformed"


def test_a_prefix_may_be_optional() -> None:
    mollie = source("mollie")
    for value in (f"sha256={mac()}", mac()):
        assert outcome(mollie, [KEY], request(headers={"X-Mollie-Signature": value})) == OK
    sent = request(headers={"X-Mollie-Signature": f"sha1={mac()}"})
    assert outcome(mollie, [KEY], sent) == "signature_malformed"


def test_the_hash_is_the_scheme_s_and_never_the_request_s() -> None:
    weak = hmac.digest(KEY.encode(), BODY, "sha1").hex()
    jira, intercom = source("jira"), source("intercom")
    for value in (f"sha1={weak}", f"sha256={weak}", weak):
        assert outcome(jira, [KEY], request(headers={"X-Hub-Signature": value})) == "signature_malformed"
    assert outcome(intercom, [KEY], request(headers={"X-Hub-Signature": f"sha1={weak}"})) == "hmac-sha1"
    sent = request(headers={"X-Hub-Signature": f"sha256={mac()}"})
    assert outcome(intercom, [KEY], sent) == "signature_malformed"


def test_a_plain_digest_has_the_secret_where_the_content_says() -> None:
    behind = custom(Hmac(header="X-Sig", mac="digest", content="{secret}{body}"))
    assert header(behind, sha256(KEY.encode() + BODY).hexdigest()) == "digest-sha256"
    assert header(behind, sha256(BODY + KEY.encode()).hexdigest()) == "signature_mismatch"
    assert header(behind, sha256(BODY).hexdigest()) == "signature_mismatch"
    assert header(behind, mac()) == "signature_mismatch"
    cloudinary = source("cloudinary")
    made = sha1(BODY + str(NOW).encode() + KEY.encode()).hexdigest()
    sent = request(headers={"X-Cld-Timestamp": str(NOW), "X-Cld-Signature": made})
    assert outcome(cloudinary, ["another", KEY], sent) == "digest-sha1"
    assert outcome(cloudinary, [KEY], sent, NOW + 7201) == "timestamp_stale"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{method} {path}\n{body_sha256_hex}", f"POST /in?a=%41&b\n{sha256(BODY).hexdigest()}".encode()),
        ("{url}|{body}", b"https://hooks.example.com/in?a=%41&b|" + BODY),
        ("{query:a}{body}", b"A" + BODY),
        ("{json:id}/{json:deep.n}{body}", b'evt_1/7{"id":"evt_1","deep":{"n":7}}'),
        ("{header:X-Kind}{body_as_json}", b'made"{\\"id\\":\\"evt_1\\"}"'),
        ("[{body}]", b"[" + BODY + b"]"),
    ],
)
def test_a_template_is_filled_with_the_request_s_own_bytes(content: str, expected: bytes) -> None:
    configured = custom(Hmac(header="X-Sig", content=content))
    body = b'{"id":"evt_1","deep":{"n":7}}' if "json:deep" in content else BODY
    sent = request(body, {"X-Kind": "made", "X-Sig": mac(expected)}, query="a=%41&b")
    assert outcome(configured, [KEY], sent) == OK


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("{query:a}{body}", "single a"),
        ("{json:nothing}{body}", "nothing in the JSON body"),
        ("{form:a}{body}", "form"),
        ("{field:env}{body}", "env= beside the signature"),
        ("{key_id}{body}", "key_id among the settings"),
        ("{contentful}", "all of the headers that are listed as signed"),
    ],
)
def test_what_is_signed_and_absent_is_named(content: str, named: str) -> None:
    configured = custom(Hmac(header="X-Sig", content=content))
    for query in ("", "a=1&a=2"):
        verdict = verify(configured, [KEY], request(headers={"X-Sig": mac()}, query=query), NOW)
        assert isinstance(verdict, Rejected)
        assert verdict.detail == f"no {named}, which is signed"
    with pytest.raises(ValueError, match="which is signed"):
        verification.sign(configured.schemes, KEY, request(), NOW, "")


def test_gitea_signs_a_form_s_payload_and_else_the_body() -> None:
    gitea, form = source("gitea"), b"payload=%7B%22a%22%3A%22%C3%BC%22%7D"
    signature = {"X-Gitea-Signature": mac('{"a":"ü"}'.encode())}
    of_form = request(form, signature, content_type="application/x-www-form-urlencoded")
    assert outcome(gitea, [KEY], of_form) == OK
    assert outcome(gitea, [KEY], replace(of_form, body=form + b"&payload=x")) == "signature_mismatch"
    assert outcome(gitea, [KEY], request(headers={"X-Gitea-Signature": mac()})) == OK
    assert outcome(gitea, [KEY], request(headers={"X-Gitea-Signature": ""})) == "signature_missing"


def hubspot(url: str, method: str = "POST", moment: int = NOW * 1000) -> str:
    made = hmac.digest(KEY.encode(), f"{method}{url}".encode() + BODY + str(moment).encode(), "sha256")
    return b64encode(made).decode()


def test_hubspot_s_url_may_be_signed_with_some_escapes_undone() -> None:
    query = "at=a%3ab%2Fc%40d%20e"
    for spelled in (query, "at=a:b/c@d%20e"):
        signature = hubspot(f"https://hooks.example.com/in?{spelled}")
        headers = {"X-HubSpot-Signature-v3": signature, "X-HubSpot-Request-Timestamp": f"{NOW}000"}
        assert outcome(source("hubspot"), [KEY], request(headers=headers, query=query)) == OK
    other = hubspot("https://hooks.example.com/in?at=a:b/c@d e")
    headers["X-HubSpot-Signature-v3"] = other
    assert outcome(source("hubspot"), [KEY], request(headers=headers, query=query)) == "signature_mismatch"


def test_hubspot_s_v1_is_no_way_around_v3() -> None:
    v1 = {"X-HubSpot-Signature": sha256(KEY.encode() + BODY).hexdigest()}
    assert outcome(source("hubspot-v1"), [KEY], request(headers=v1)) == "digest-sha256"
    assert outcome(source("hubspot"), [KEY], request(headers=v1)) == "signature_missing"


HOOK0 = source("hook0")


def hook0(fields: list[str], **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return outcome(HOOK0, [KEY], request(headers={"X-Hook0-Signature": ",".join(fields), **named}))


def test_hook0_s_headers_are_signed_in_the_order_that_it_names_them() -> None:
    v1 = mac(f"{NOW}.x-b x-a.2.1.".encode() + BODY)
    assert hook0([f"t={NOW}", "h=x-b x-a", f"v1={v1}"], x_a="1", x_b="2") == OK
    assert hook0([f"t={NOW}", "h=x-a x-b", f"v1={v1}"], x_a="1", x_b="2") == "signature_mismatch"
    assert hook0([f"t={NOW}", "h=x-b x-a", f"v1={v1}"], x_a="1", x_b="3") == "signature_mismatch"
    assert hook0([f"t={NOW}", "h=x-b x-a", f"v1={v1}"], x_b="2") == "signature_mismatch"
    assert hook0([f"t={NOW}", f"v1={v1}"], x_a="1", x_b="2") == "signature_mismatch"


def test_a_right_v0_does_not_rescue_a_wrong_v1() -> None:
    assert hook0([f"t={NOW}", f"v0={at(NOW)}"]) == OK
    assert hook0([f"t={NOW}", "h=x-a", f"v0={at(NOW)}", f"v1={'0' * 64}"], x_a="1") == "signature_mismatch"
    assert hook0([f"t={NOW}", f"v0={at(NOW)}", "v1="]) == "signature_malformed"


def test_a_name_that_stands_twice_is_refused_where_the_scheme_says_so() -> None:
    assert hook0([f"t={NOW}", f"v0={at(NOW)}", f"v0={at(NOW)}"]) == "signature_malformed"
    assert hook0([f"t={NOW}", f"t={NOW}", f"v0={at(NOW)}"]) == "signature_malformed"


def contentful(**changes: str) -> Request:
    headers = {
        "X-Contentful-Topic": "ContentManagement.Entry.publish",
        "X-Contentful-Idempotency-Key": "k-1",
        "X-Contentful-Signed-Headers": (
            "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic"
        ),
    }
    query = "a=1&b=ü%20?c"
    return signed(source("contentful"), KEY, request(headers=headers | changes, query=query))


def test_contentful_s_canonical_request_is_method_target_headers_and_body() -> None:
    # The query string is escaped as a whole, and what comes of it once more.
    target = "/in?a%253D1%2526b%253D%25C3%25BC%252520"
    headers = (
        "x-contentful-signed-headers:x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic;"
        f"x-contentful-timestamp:{NOW}000;x-contentful-topic:ContentManagement.Entry.publish"
    )
    expected = mac(f"POST\n{target}\n{headers}\n".encode() + BODY)
    assert contentful().header("x-contentful-signature") == expected


def test_contentful_signs_path_method_and_the_headers_that_it_lists() -> None:
    configured, sent = source("contentful"), contentful()
    assert outcome(configured, [KEY], sent) == OK
    for changed in (
        replace(sent, query=sent.query.replace("a=1", "a=2"), url=sent.url.replace("a=1", "a=2")),
        replace(sent, url=sent.url.replace("/in", "/out")),
        replace(sent, method="PUT"),
        replace(sent, body=b"{}"),
        altered(sent, x_contentful_topic="other"),
        altered(sent, x_contentful_topic=None),
        altered(sent, x_contentful_timestamp=f"{NOW}001"),
        altered(sent, x_contentful_signed_headers="x-contentful-topic"),
        altered(sent, x_contentful_signed_headers=None),
    ):
        assert outcome(configured, [KEY], changed) == "signature_mismatch"
    assert outcome(configured, [KEY], altered(sent, x_contentful_idempotency_key="k-2")) == OK
    assert outcome(configured, [KEY], sent, NOW + 31) == "timestamp_stale"


def test_a_timestamp_that_is_not_among_the_signed_headers_counts_for_nothing() -> None:
    with pytest.raises(ValueError, match="listed as signed"):
        contentful(**{"X-Contentful-Signed-Headers": "x-contentful-signed-headers,x-contentful-topic"})


def test_hygraph_signs_a_document_that_holds_body_environment_and_moment() -> None:
    hygraph, body = source("hygraph"), '{"operation":"publish","data":{"name":"Zoë \\"x\\""}}'.encode()
    document = json.dumps(
        {"Body": body.decode(), "EnvironmentName": "ma/ster", "TimeStamp": NOW * 1000},
        separators=(",", ":"),
        ensure_ascii=False,
    )
    signature = b64encode(bytes.fromhex(mac(document.encode()))).decode()
    value = f"sign={signature}, env=ma/ster, t={NOW}000"
    assert outcome(hygraph, [KEY], request(body, {"gcms-signature": value})) == OK
    other = value.replace("ma/ster", "other")
    assert outcome(hygraph, [KEY], request(body, {"gcms-signature": other})) == "signature_mismatch"
    assert outcome(hygraph, [KEY], request(b"\xff", {"gcms-signature": value})) == "signature_mismatch"


def test_hygraph_s_header_is_written_in_the_order_and_with_the_spaces_that_its_library_reads() -> None:
    hygraph = source("hygraph")
    made = verification.signed(hygraph.schemes, KEY, request(BODY), NOW, "")
    signature, environment, moment = made.headers["gcms-signature"].split(", ")
    assert signature.startswith("sign=")
    assert (environment, moment) == ("env=master", f"t={NOW}000")
    assert outcome(hygraph, [KEY], made) == OK


def dated(moment: object) -> str:
    body = json.dumps({"at": {"ms": moment}}).encode()
    scheme = Hmac(header="X-Sig", timestamp_json="at.ms", timestamp_unit="ms", tolerance=60)
    return outcome(custom(scheme), [KEY], request(body, {"X-Sig": mac(body)}))


@pytest.mark.parametrize(
    ("moment", "result"),
    [
        (NOW * 1000, OK),
        (NOW * 1000 - 60_000, OK),
        (NOW * 1000 - 60_001, "timestamp_stale"),
        (NOW * 1000 + 60_001, "timestamp_future"),
        (-1, "timestamp_malformed"),
        ("soon", "timestamp_malformed"),
        (10**20, "timestamp_malformed"),
        (1.5e12, "timestamp_missing"),
        (True, "timestamp_missing"),
        (None, "timestamp_missing"),
        ([], "timestamp_missing"),
    ],
)
def test_a_timestamp_in_the_signed_body_is_held_to_the_tolerance(moment: object, result: str) -> None:
    assert dated(moment) == result


def test_a_sender_writes_the_moment_into_the_body() -> None:
    scheme = Hmac(header="X-Sig", timestamp_json="at.ms", timestamp_unit="ms")
    sent = signed(custom(scheme), KEY, request(b'{"at":{"ms":1},"id":"x"}'))
    assert json.loads(sent.body) == {"at": {"ms": NOW * 1000}, "id": "x"}
    assert outcome(custom(scheme), [KEY], sent) == OK
    for body in (b'{"at":1}', b"[]", b"{}", b"no JSON"):
        with pytest.raises(ValueError, match=r"at\.ms|Expecting value"):
            signed(custom(scheme), KEY, request(body))


def test_the_moment_may_be_any_text_where_it_is_a_nonce() -> None:
    configured = custom(
        Hmac(
            header="X-Sig",
            content="{timestamp}.{body}",
            signature_field="s",
            timestamp_field="t",
            timestamp_unit="nonce",
        )
    )
    for nonce in ("ab-12", "1", "9" * 30):
        assert header(configured, f"t={nonce},s={at(nonce)}") == OK


KEYS = [
    (Hmac(header="X-Sig", key="hex"), "00FFab12", bytes.fromhex("00ffab12")),
    (Hmac(header="X-Sig", key="base64"), "a2V5IQ==", b"key!"),
    (Hmac(header="X-Sig", key="base64url"), "-_-_", bytes.fromhex("fbffbf")),
    (Hmac(header="X-Sig", key="sha256"), KEY, sha256(KEY.encode()).digest()),
    (Hmac(header="X-Sig", key="nfkd"), "sécret", normalize("NFKD", "sécret").encode()),
    (Hmac(header="X-Sig", key_after=":"), "app.key:se:cret", b"se:cret"),
    (Hmac(header="X-Sig", key_after=":"), "secret", b"secret"),
]


@pytest.mark.parametrize(("scheme", "text", "key"), KEYS, ids=str)
def test_a_key_s_text_stands_for_its_bytes(scheme: Hmac, text: str, key: bytes) -> None:
    configured = custom(scheme)
    assert unusable(configured.schemes, text) == ""
    assert header(configured, mac(key=key), text) == OK
    assert header(configured, mac(key=text + "x"), text) == "signature_mismatch"
    assert outcome(configured, [text], signed(configured, text, request())) == OK


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        (Hmac(header="X-Sig", key="hex"), "xyz"),
        (Hmac(header="X-Sig", key="base64"), "a b"),
        (Hmac(header="X-Sig", key="base64url"), "a+/b"),
        (Hmac(header="X-Sig", key_after=":"), "app.key:"),
    ],
)
def test_what_is_no_such_key_is_said_to_be_none_and_verifies_nothing(scheme: Hmac, text: str) -> None:
    configured = custom(scheme)
    assert unusable(configured.schemes, text) == f"the key is no {scheme.key}"
    assert header(configured, mac(key=b""), text) == "signature_mismatch"
    with pytest.raises(ValueError, match="the key is no"):
        verification.sign(configured.schemes, text, request(), NOW, "")


def test_the_key_that_a_request_names_must_be_one_that_is_configured() -> None:
    named = Hmac(header="X-Sig", key_id_header="X-Key", key_id=("k-1", "k-2"))
    for name, result in (
        ("k-1", OK),
        ("k-2", OK),
        ("k-3", "signature_mismatch"),
        ("K-1", "signature_mismatch"),
    ):
        sent = request(headers={"X-Sig": mac(), "X-Key": name})
        assert outcome(custom(named), [KEY], sent) == result
    assert outcome(custom(named), [KEY], request(headers={"X-Sig": mac()})) == "signature_mismatch"
    unnamed = custom(replace(named, key_id=()))
    assert outcome(unnamed, [KEY], request(headers={"X-Sig": mac(), "X-Key": "k-3"})) == OK


def test_a_key_s_public_name_may_be_part_of_what_is_signed() -> None:
    configured = custom(Hmac(header="X-Sig", content="{key_id}{body}", key_id=("app-1", "app-2")))
    for name in ("app-1", "app-2"):
        assert header(configured, mac(name.encode() + BODY)) == OK
    assert header(configured, mac(b"app-3" + BODY)) == "signature_mismatch"
    assert header(configured, mac()) == "signature_mismatch"


def test_box_s_version_and_algorithm_must_be_the_ones_that_are_known() -> None:
    box = source("box")
    sent = signed(box, KEY, request())
    assert outcome(box, [KEY], sent) == OK
    for name in ("box_signature_version", "box_signature_algorithm"):
        for value in (None, "2", "HmacSHA1"):
            assert outcome(box, [KEY], altered(sent, **{name: value})) == "signature_malformed"


ANY = st.text(st.characters(codec=None, categories=None), max_size=40) | st.sampled_from(
    [
        *(" ", ",", ";", "=", ":", ".", "t=,v1=", f"t={NOW},v1={'0' * 64}", f"t={NOW},h=a b,v1={'0' * 64}"),
        *(
            f"t={NOW},h=,v1={'0' * 64}",
            f"{NOW},{'0' * 64}",
            "HMAC " + "A" * 43 + "=",
            "sign=A,env=\ud800,t=1",
        ),
        *("sha256=" + "0" * 64, "A" * 43 + "=", "0" * 40, "MDA=", "x" * 3000),
    ]
)
BODIES = st.binary(max_size=40) | st.sampled_from(
    [b"[" * 5000, b'{"time_ms":1}', b'{"time_ms":NaN}', b"payload=%ff&payload", b"&" * 20_000, b"\xff"]
)
SCHEMES = list(
    dict.fromkeys(
        scheme for known in PROVIDERS.values() for scheme in known.schemes if isinstance(scheme, Hmac)
    )
)


@settings(max_examples=600, deadline=None)
@given(
    scheme=st.sampled_from(SCHEMES),
    values=st.lists(ANY, min_size=3, max_size=3),
    body=BODIES,
    form=st.booleans(),
    query=ANY,
)
def test_no_request_makes_a_scheme_raise_or_passes_by_chance(
    scheme: Hmac, values: list[str], body: bytes, form: bool, query: str
) -> None:
    scheme = replace(scheme, key_id=("k",) if "{key_id}" in scheme.content else ())
    stamped = {scheme.timestamp_header: values[1]} if scheme.timestamp_header else {}
    beside = {**dict(scheme.expects), "x-contentful-signed-headers": values[2], "a": values[2]}
    named = dict.fromkeys((scheme.header or "X", *scheme.more_headers[:1]), values[0])
    sent = request(
        body,
        {**beside, **stamped, **named},
        content_type="application/x-www-form-urlencoded" if form else "application/json",
        query=f"{scheme.query}={query}" if scheme.query else query,
    )
    assert isinstance(verify(custom(scheme), ["a2V5IQ", KEY, ""], sent, NOW), Rejected)


def test_a_signature_in_the_query_is_not_kept_whatever_its_parameter_is_called() -> None:
    configured = custom(Hmac(header="X-Sig", query="s"))
    assert kept_query(configured, f"a=1&s={mac()}&signature={mac()}") == "a=1&s=***&signature=***"


def test_a_signature_may_stand_behind_the_name_of_its_key() -> None:
    configured = custom(Hmac(header="X-Sig", separator=",", key_id_mark="/SHA256/"))
    assert header(configured, f"1/SHA256/{mac(b'x')}, 2/SHA256/{mac()}") == OK
    assert outcome(configured, [KEY], signed(configured, KEY, request())) == OK
    for value in (mac(), f"2/SHA1/{mac()}", f"2/SHA256/{mac()}/SHA256/"):
        assert header(configured, value) == "signature_malformed"


def test_a_named_signature_may_stand_behind_the_name_of_its_key() -> None:
    configured = custom(replace(_PAIRS, key_id_mark=":"))
    assert header(configured, f"t={NOW},v1=old:{mac(b'x')},v1=new:{at(NOW)}") == OK
    assert header(configured, f"t={NOW},v1={at(NOW)}") == "signature_malformed"
    assert outcome(configured, [KEY], signed(configured, KEY, request())) == OK


@pytest.mark.parametrize("value", ["é{}", "{}é", "ét=1,v1={}", "t=1,v1={},é"])
def test_a_header_that_is_not_ascii_holds_no_signature(value: str) -> None:
    for scheme in (Hmac(header="X-Sig"), Hmac(header="X-Sig", signature_field="v1")):
        assert header(custom(scheme), value.format(mac())) == "signature_malformed"


def test_a_nonce_must_be_there() -> None:
    configured = custom(replace(_PAIRS, timestamp_unit="nonce"))
    assert header(configured, f"t=any,v1={at('any')}") == OK
    assert header(configured, f"t=,v1={at('')}") == "timestamp_malformed"


def test_a_signed_body_may_be_without_its_moment_where_the_scheme_says_so() -> None:
    strict = Hmac(header="X-Sig", timestamp_json="at")
    assert header(custom(strict), mac()) == "timestamp_missing"
    lax = custom(replace(strict, timestamp_may_lack=True))
    assert header(lax, mac()) == OK
    old = b'{"at":1795430000}'
    assert outcome(lax, [KEY], request(old, {"X-Sig": mac(old)})) == "timestamp_stale"


def test_of_a_form_its_field_payload_is_signed_and_not_the_form() -> None:
    configured = custom(Hmac(header="X-Sig", content="{payload}"))
    form, kind = b"payload=%7B%7D", "application/x-www-form-urlencoded"
    assert header(configured, mac()) == OK
    assert outcome(configured, [KEY], request(form, {"X-Sig": mac(b"{}")}, content_type=kind)) == OK
    assert outcome(configured, [KEY], request(form, {"X-Sig": mac(form)}, content_type=kind)) != OK
    assert outcome(configured, [KEY], request(b"a=1", {"X-Sig": mac(b"a=1")}, content_type=kind)) != OK
