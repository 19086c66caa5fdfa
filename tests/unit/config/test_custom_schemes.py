"""Schemes that hookline.yaml describes: what a sender makes by them is verified, and nothing else is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hmac import digest
from typing import Any, get_args

import pytest

from gateway import catalog
from gateway.catalog import Source
from gateway.request import Request
from gateway.verification import (
    Rejected,
    Verified,
    challenge,
    jose,
    kept_headers,
    kept_query,
    key_set,
    keyless,
    signed,
    unusable,
    verify,
    verifying_key,
)
from gateway.verification.encodings import encode
from hookline.config.compile import compile_sources
from hookline.config.schema import Configuration
from hookline.config.tokens import Algorithm
from hookline.described import described
from hookline.local.keys import form, generate
from tests.unit.verification.pairs import jwk, private_pem, public_pem

NOW = 1_800_000_000.0
KEY = "k3y-of-the-sender"
BODY = b'{"id":"1","type":"order.paid"}'


def custom(verification: Mapping[str, Any], **options: Any) -> Source:
    """As the functions read it: there and back through JSON."""
    entry = {"provider": "custom", "verify": dict(verification), **options}
    compiled = compile_sources(Configuration.model_validate({"sources": {"erp": entry}}))
    return catalog.decode(json.loads(json.dumps(catalog.encode(compiled))))["erp"]


def request(body: bytes = BODY, query: str = "", **headers: str) -> Request:
    named = {"content-type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    url = "https://hooks.example.com/erp" + (f"?{query}" if query else "")
    return Request(method="POST", path="/erp", query=query, headers=named, body=body, url=url)


def outcome(source: Source, key: str, sent: Request, now: float = NOW) -> str:
    match verify(source, [key], sent, now):
        case Verified(scheme, _):
            return scheme
        case Rejected(reason, _):
            return str(reason)


TOKEN = {"scheme": "jwt", "header": "Authorization", "prefix": "Bearer "}
UNBOUND = {**TOKEN, "body": "unbound"}
BOUND = {**TOKEN, "body_claim": "body_sha"}

SCHEMES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"scheme": "hmac", "header": "X-S"}, KEY, KEY, "hmac-sha256"),
    ({"scheme": "token", "header": "Authorization", "prefix": "Bearer "}, KEY, KEY, "token"),
    ({"scheme": "token", "query": "key"}, KEY, KEY, "token"),
    ({"scheme": "token", "json": "auth.key"}, KEY, KEY, "token"),
    ({"scheme": "basic"}, "user:password", "user:password", "basic"),
    ({**UNBOUND, "algorithms": "HS256"}, "secret", "secret", "jwt-hs256"),
    ({**BOUND, "algorithms": ["HS384", "HS512"]}, "secret", "secret", "jwt-hs384"),
    ({**BOUND, "algorithms": "RS256"}, private_pem("rsa"), public_pem("rsa"), "jwt-rs256"),
    ({**BOUND, "algorithms": "EdDSA"}, private_pem("ed25519"), public_pem("ed25519"), "jwt-eddsa"),
    (
        {**BOUND, "algorithms": "ES256", "hash": "sha512", "encoding": "base64url"},
        private_pem("p256"),
        json.dumps({"keys": [jwk("p256")]}),
        "jwt-es256",
    ),
    (
        {"scheme": "jwt", "query": "jwt", "algorithms": "HS256", "body_claim": "sha", "encoding": "base64"},
        "secret",
        "secret",
        "jwt-hs256",
    ),
    ({"scheme": "jwt", "body": "token", "algorithms": "HS256"}, "secret", "secret", "jwt-hs256"),
    (
        {"scheme": "public-key", "algorithm": "ed25519", "header": "X-S"},
        private_pem("ed25519"),
        public_pem("ed25519"),
        "ed25519",
    ),
    (
        {
            "scheme": "public-key",
            "algorithm": "ecdsa-p256",
            "header": "X-S",
            "signature_form": "raw",
            "encoding": "hex",
            "content": "{timestamp}.{body}",
            "timestamp_header": "X-T",
            "timestamp_unit": "rfc3339",
        },
        private_pem("p256"),
        public_pem("p256"),
        "ecdsa-p256",
    ),
    (
        {
            "scheme": "public-key",
            "algorithm": "rsa-pss-sha256",
            "header": "X-S",
            "content": "{timestamp}.{body_sha256_base64}",
            "signature_field": "s",
            "timestamp_field": "t",
        },
        private_pem("rsa"),
        public_pem("rsa"),
        "rsa-pss-sha256",
    ),
]
IDS = [f"{number}-{name}" for number, (_, _, _, name) in enumerate(SCHEMES)]
EACH = pytest.mark.parametrize(("scheme", "private", "public", "name"), SCHEMES, ids=IDS)


@EACH
def test_what_a_sender_makes_is_verified(
    scheme: dict[str, Any], private: str, public: str, name: str
) -> None:
    source = custom(scheme)
    sent = signed(source.schemes, private, request(), NOW, "id-1")
    assert outcome(source, public, sent) == name
    assert unusable(source.schemes, public) == ""


@EACH
def test_what_was_made_with_another_key_is_not(
    scheme: dict[str, Any], private: str, public: str, name: str
) -> None:
    source = custom(scheme)
    other = {"rsa": private_pem("rsa", 8), "es2": private_pem("p256", 8), "ecd": private_pem("p256", 8)}
    others = other | {"ed2": private_pem("ed25519", 8), "jwt": "another"}
    kind = "rsa" if "-rs" in name else "es2" if "-es" in name else "ed2" if "-ed" in name else name[:3]
    forged = signed(source.schemes, others.get(kind, "another:key"), request(), NOW, "id-1")
    assert outcome(source, public, forged) == "signature_mismatch"
    assert outcome(source, public, request()) in ("signature_missing", "signature_malformed")


@EACH
def test_what_authenticates_is_not_kept(scheme: dict[str, Any], private: str, public: str, name: str) -> None:
    source = custom(scheme)
    sent = signed(source.schemes, private, request(), NOW, "id-1")
    kept = json.dumps([kept_headers(source, sent.headers), kept_query(source, sent.query)])
    where = str(scheme.get("header", "")).lower()
    written = sent.headers.get(where) or sent.query.partition("=")[2] or "nothing"
    assert written not in kept


BINDING = [one for one in SCHEMES if "body_claim" in one[0] or one[0]["scheme"] in ("hmac", "public-key")]


@pytest.mark.parametrize(
    ("scheme", "private", "public", "name"), BINDING, ids=[f"{n}-{one[3]}" for n, one in enumerate(BINDING)]
)
def test_where_the_body_is_bound_another_one_is_refused(
    scheme: dict[str, Any], private: str, public: str, name: str
) -> None:
    source = custom(scheme)
    sent = signed(source.schemes, private, request(), NOW, "id-1")
    assert outcome(source, public, replace(sent, body=BODY + b" ")) == "signature_mismatch"


def test_an_unbound_token_lets_another_body_pass_as_the_file_says() -> None:
    source = custom({**UNBOUND, "algorithms": "HS256"})
    sent = signed(source.schemes, "secret", request(), NOW, "")
    assert outcome(source, "secret", replace(sent, body=b"{}")) == "jwt-hs256"


def token(claims: Mapping[str, Any], key: str = "secret", alg: str = "HS256") -> Request:
    written = jose.written({"alg": alg, "typ": "JWT"}, json.dumps(claims).encode(), key)
    return request(authorization=f"bearer {written}")


LATER = {"exp": int(NOW) + 60}


@pytest.mark.parametrize(
    ("options", "claims", "expected"),
    [
        ({}, LATER, "jwt-hs256"),
        ({}, {}, "timestamp_missing"),
        ({}, {"iat": int(NOW)}, "timestamp_missing"),
        ({}, {"exp": int(NOW)}, "timestamp_stale"),
        ({"leeway": "1m"}, {"exp": int(NOW) - 59}, "jwt-hs256"),
        ({"leeway": "1m"}, {"exp": int(NOW) - 60}, "timestamp_stale"),
        ({}, {**LATER, "nbf": int(NOW) + 31}, "timestamp_future"),
        ({"leeway": "1m"}, {**LATER, "nbf": int(NOW) + 60}, "jwt-hs256"),
        ({"tolerance": "1m"}, {"iat": int(NOW) - 60}, "jwt-hs256"),
        ({"tolerance": "1m"}, {"iat": int(NOW) - 61}, "timestamp_stale"),
        ({"tolerance": "1m"}, LATER, "timestamp_missing"),
        ({"tolerance": "1m"}, {"iat": int(NOW), "exp": int(NOW)}, "timestamp_stale"),
        ({"issuer": "erp"}, {**LATER, "iss": "erp"}, "jwt-hs256"),
        ({"issuer": ["a", "erp"]}, {**LATER, "iss": "erp"}, "jwt-hs256"),
        ({"issuer": "erp"}, {**LATER, "iss": "other"}, "signature_mismatch"),
        ({"issuer": "erp"}, LATER, "signature_mismatch"),
        ({"audience": "us"}, {**LATER, "aud": ["them", "us"]}, "jwt-hs256"),
        ({"audience": "us"}, {**LATER, "aud": "them"}, "signature_mismatch"),
        ({"audience": "us"}, LATER, "signature_mismatch"),
    ],
)
def test_what_a_token_says_is_held_against_the_file(
    options: dict[str, Any], claims: dict[str, Any], expected: str
) -> None:
    source = custom({**UNBOUND, "algorithms": "HS256", **options})
    assert outcome(source, "secret", token(claims)) == expected


def test_a_token_does_not_choose_its_algorithm() -> None:
    source = custom({**UNBOUND, "algorithms": "RS256"})
    public = public_pem("rsa")
    assert outcome(source, public, token(LATER, private_pem("rsa"), "RS256")) == "jwt-rs256"
    # An HMAC with the public key's text, and another algorithm that the key could make.
    confused = encode(b'{"alg":"HS256"}', "base64url")
    start = f"{confused}.{encode(json.dumps(LATER).encode(), 'base64url')}"
    made = encode(digest(public.encode(), start.encode(), "sha256"), "base64url")
    assert outcome(source, public, request(authorization=f"Bearer {start}.{made}")) == "signature_mismatch"
    assert outcome(source, public, token(LATER, private_pem("rsa"), "RS512")) == "signature_mismatch"
    none = encode(b'{"alg":"none"}', "base64url")
    unsigned = f"{none}.{encode(json.dumps(LATER).encode(), 'base64url')}."
    assert outcome(source, public, request(authorization=f"Bearer {unsigned}")).startswith("signature_")


def test_a_public_key_is_no_secret() -> None:
    source = custom({**UNBOUND, "algorithms": "HS256"})
    assert "public key" in unusable(source.schemes, public_pem("rsa"))


def test_a_token_that_stands_twice_in_the_url_is_refused() -> None:
    source = custom({"scheme": "jwt", "query": "jwt", "algorithms": "HS256", "body": "unbound"})
    sent = signed(source.schemes, "secret", request(query="a=1"), NOW, "")
    assert outcome(source, "secret", sent) == "jwt-hs256"
    assert sent.query.startswith("a=1&jwt=")
    twice = replace(sent, query=f"{sent.query}&jwt=x")
    assert outcome(source, "secret", twice) == "signature_malformed"
    assert outcome(source, "secret", request(query="jwt=ä")) == "signature_malformed"


def test_published_keys_are_fetched_from_where_the_file_says() -> None:
    url = "https://auth.example.com/.well-known/jwks.json"
    for scheme in (
        {**UNBOUND, "algorithms": "ES256", "key_set_url": url, "audience": "us"},
        {"scheme": "public-key", "algorithm": "ecdsa-p256", "header": "X-S", "key_set_url": url},
    ):
        source = custom(scheme)
        sent = signed(source.schemes, private_pem("p256"), request(), NOW, "")
        assert keyless(source, sent)
        assert key_set(source, sent) == url
        found = json.dumps({"keys": [jwk("p256")]})
        assert isinstance(verify(source, [found], sent, NOW), Verified)


def test_a_refusal_names_the_realm_that_the_file_names() -> None:
    assert challenge(custom({"scheme": "basic", "realm": "Orders 2"})) == 'Basic realm="Orders 2"'


@pytest.mark.parametrize("alg", get_args(Algorithm))
def test_each_algorithm_of_a_token_has_a_key_to_try_it_with(alg: str) -> None:
    source = custom({**BOUND, "algorithms": alg})
    key = generate(form(source.schemes[0]))
    sent = signed(source.schemes, key, request(), NOW, "")
    assert outcome(source, verifying_key(source.schemes, key), sent) == f"jwt-{alg.lower()}"


def test_a_token_in_the_body_is_blanked_there() -> None:
    assert custom({"scheme": "token", "json": "auth.key"}).redact == ("json:auth.key",)
    source = custom({"scheme": "token", "form": "key"}, redact=["customer.card"])
    assert source.redact == ("form:key", "json:customer.card")
    assert custom({"scheme": "token", "header": "X"}).redact == ()


def test_an_event_may_be_read_from_the_token_that_is_its_body() -> None:
    source = custom(
        {"scheme": "jwt", "body": "token", "algorithms": "HS256"},
        event={"id": {"claim": "data.id"}, "type": {"claim": "type"}},
    )
    assert (source.id, source.type) == (("jwt:data.id",), ("jwt:type",))


@EACH
def test_a_scheme_is_told_in_a_sentence(scheme: dict[str, Any], private: str, public: str, name: str) -> None:
    told = described(custom(scheme).schemes[0])
    assert str(scheme.get("header") or scheme.get("query") or "") in told
    if "body_claim" in scheme:
        made = "SHA-512" if scheme.get("hash") == "sha512" else "SHA-256"
        assert f"its claim {scheme['body_claim']} is the body's {made}" in told
    assert ("which is the body" in told) == (scheme.get("body") == "token")


RUBBISH = [
    "",
    " ",
    ".",
    "..",
    "a.b.c",
    "ä",
    "\ud800",
    "\x00",
    "Bearer",
    "Bearer a.b.c",
    "Basic :",
    "Basic dTpw",
    "t=1,s=x",
    "t=,s=",
    "eyJhbGciOiJub25lIn0.e30.",
    "eyJhbGciOiJIUzI1NiJ9.W10.AA",
    "=" * 300,
    "٣",
]


@pytest.mark.parametrize("value", RUBBISH)
@EACH
def test_whatever_stands_there_is_refused_and_raises_nothing(
    scheme: dict[str, Any], private: str, public: str, name: str, value: str
) -> None:
    source = custom(scheme)
    header = str(scheme.get("header", "x-none")).lower()
    query = f"{scheme.get('query', 'x')}={value}&{scheme.get('query', 'x')}&%zz"
    for sent in (
        request(value.encode("utf-8", "surrogatepass"), query, **{header: value, "x-t": value}),
        request(json.dumps({"auth": {"key": value}}).encode(), query, **{header: value}),
        request(json.dumps({"auth": [value]}).encode()),
    ):
        for now in (NOW, 0.0):
            assert outcome(source, public, sent, now) not in ("", name)
