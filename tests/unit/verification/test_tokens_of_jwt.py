"""JSON Web Tokens: what another library makes is read alike, and every known way around them is refused."""

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from hmac import digest
from typing import Any

import jwt
import pytest

from gateway.body import Places
from gateway.catalog import Source
from gateway.providers.schema import Jwt
from gateway.request import Request
from gateway.verification import jose, key_set, unusable, verify
from gateway.verification import signed as signed_by
from gateway.verification.outcome import Rejected, Verified
from tests.sources import configured, source
from tests.unit.verification.pairs import jwk, private_pem, public_der, public_pem, url
from tests.unit.verification.pairs import key_set as set_of
from tests.unit.verification.requests import BODY, NOW, URL, custom, outcome, request

SECRET = "a secret of 32 characters or more"
HASH = sha256(BODY)
KINDS = {"RS256": "rsa", "RS512": "rsa", "PS256": "rsa", "ES256": "p256", "ES384": "p384", "EdDSA": "ed25519"}


def token(claims: dict[str, Any] | None = None, key: str = SECRET, alg: str = "HS256", **header: Any) -> str:
    return jwt.encode({"exp": NOW + 300} | (claims or {}), key, alg, header)


def sent(value: str, name: str = "Authorization", **more: Any) -> Request:
    return request(headers={name: value}, **more)


def plain(*algorithms: str, **more: Any) -> Source:
    return custom(Jwt(algorithms=algorithms or ("HS256",), header="Authorization", **more))


@pytest.mark.parametrize("alg", KINDS)
def test_what_another_library_signs_is_verified_and_the_other_way_round(alg: str) -> None:
    kind = KINDS[alg]
    made = sent(token(key=private_pem(kind), alg=alg))
    for key in (public_pem(kind), public_der(kind), set_of(jwk(kind, alg=alg))):
        assert outcome(plain(alg), [key], made) == f"jwt-{alg.lower()}"
    ours = signed_by(plain(alg).schemes, private_pem(kind), request(), NOW, "")
    read = jwt.decode(
        ours.headers["authorization"],
        public_pem(kind),
        [alg],
        options={"verify_exp": False, "verify_iat": False},
    )
    assert read["iat"] == NOW


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
def test_shared_secrets_are_text(alg: str) -> None:
    key = SECRET * 3
    assert outcome(plain(alg), ["other", key], sent(token(key=key, alg=alg))) == f"jwt-{alg.lower()}"
    assert outcome(plain(alg), ["other"], sent(token(key=key, alg=alg))) == "signature_mismatch"


def test_an_algorithm_that_the_scheme_does_not_have_is_refused() -> None:
    for alg in ("none", "HS512", "RS256", "NONE", "hs256"):
        header = url(json.dumps({"alg": alg}).encode())
        for signature in ("", url(b"\0" * 32)):
            made = f"{header}.{url(b'{}')}.{signature}"
            assert outcome(plain(), [SECRET], sent(made)) in ("signature_mismatch", "signature_malformed")


def test_a_public_key_is_no_secret() -> None:
    """The classic confusion: HS256 with the public key's text, which everybody has."""
    both = plain("HS256", "RS256", "ES256", "EdDSA")
    for kind in ("rsa", "p256", "ed25519"):
        for key in (public_pem(kind), public_der(kind), set_of(jwk(kind))):
            header, payload = url(b'{"alg":"HS256"}'), url(json.dumps({"exp": NOW + 9}).encode())
            made = digest(key.encode(), f"{header}.{payload}".encode(), "sha256")
            forged = sent(f"{header}.{payload}.{url(made)}")
            assert outcome(both, [key], forged) == "signature_mismatch"
            assert outcome(plain("HS256"), [key], forged) == "signature_mismatch" or key == public_der(kind)
    assert unusable(plain("HS256").schemes, public_pem("rsa"))
    # Thirty-two bytes by themselves are a secret, where secrets are taken.
    secret = b64encode(bytes(32)).decode()
    assert outcome(both, [secret], sent(token(key=secret))) == "jwt-hs256"


def test_a_key_set_binds_its_keys_to_an_algorithm_and_an_id() -> None:
    both = plain("RS256", "PS256")
    made = sent(token(key=private_pem("rsa"), alg="PS256", kid="a"))
    assert outcome(both, [set_of(jwk("rsa", kid="a"))], made) == "jwt-ps256"
    assert outcome(both, [set_of(jwk("rsa", kid="a", alg="RS256"))], made) == "signature_mismatch"
    assert outcome(both, [set_of(jwk("rsa", kid="b"))], made) == "signature_mismatch"
    strict = plain("RS256", kid_required=True)
    nameless = sent(token(key=private_pem("rsa"), alg="RS256"))
    assert outcome(strict, [public_pem("rsa")], nameless) == "signature_mismatch"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({}, "jwt-hs256"),
        ({"exp": NOW}, "timestamp_stale"),
        ({"exp": NOW + 1}, "jwt-hs256"),
        ({"nbf": NOW + 31}, "timestamp_future"),
        ({"nbf": NOW + 5}, "jwt-hs256"),
        ({"iat": NOW + 31}, "timestamp_future"),
        ({"iat": NOW - 301}, "timestamp_stale"),
        ({"iat": NOW - 300}, "jwt-hs256"),
        ({"iat": None}, "jwt-hs256"),
    ],
)
def test_a_token_has_its_time(claims: dict[str, Any], reason: str) -> None:
    made = jose.written({"alg": "HS256"}, json.dumps({"exp": NOW + 300} | claims).encode(), SECRET)
    assert outcome(plain(tolerance=300, fresh=("exp",)), [SECRET], sent(made)) == reason


@pytest.mark.parametrize("value", ["true", '"1"', "[]", "NaN", "Infinity", "1" + "0" * 400, "-1e400"])
@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
def test_a_time_that_is_no_number_is_refused(name: str, value: str) -> None:
    made = jose.written({"alg": "HS256"}, f'{{"{name}":{value}}}'.encode(), SECRET)
    assert outcome(plain(), [SECRET], sent(made)) == "timestamp_malformed"


def test_a_token_without_the_time_that_it_must_have_is_refused() -> None:
    made = jose.written({"alg": "HS256"}, b"{}", SECRET)
    assert outcome(plain(fresh=("exp",)), [SECRET], sent(made)) == "timestamp_missing"
    assert outcome(plain(), [SECRET], sent(made)) == "jwt-hs256"


@pytest.mark.parametrize(
    ("rules", "good", "bad"),
    [
        ({"issuers": ("a", "b")}, {"iss": "b"}, [{}, {"iss": "c"}, {"iss": ["a"]}, {"iss": None}]),
        ({"audience": ("x",)}, {"aud": ["y", "x"]}, [{}, {"aud": "y"}, {"aud": {"x": 1}}, {"aud": []}]),
        ({"api_key": ("k",), "api_key_claim": "iss"}, {"iss": "k"}, [{}, {"iss": "l"}, {"iss": 1}]),
        (
            {"service_account_email": ("a@b",)},
            {"email": "a@b", "email_verified": True},
            [
                {"email": "a@b"},
                {"email": "c@d", "email_verified": True},
                {"email": "a@b", "email_verified": "true"},
            ],
        ),
        ({"url_claim": "sub"}, {"sub": URL}, [{}, {"sub": URL + "?a=1"}, {"sub": 1}]),
        (
            {"url_hash": "u"},
            {"u": sha256(URL.encode()).hexdigest()},
            [{}, {"u": sha256(b"else").hexdigest()}, {"u": 5}],
        ),
        (
            {"body_hash": "h"},
            {"h": HASH.hexdigest()},
            [{}, {"h": HASH.hexdigest().upper()}, {"h": b64encode(HASH.digest()).decode()}, {"h": None}],
        ),
        (
            {"body_hash": "h", "body_hash_encoding": "base64"},
            {"h": b64encode(HASH.digest()).decode()},
            [{}, {"h": HASH.hexdigest()}, {"h": ""}],
        ),
        (
            {"body_hash": "h", "body_hash_encoding": "base64url"},
            {"h": url(HASH.digest()) + "="},
            [{}, {"h": url(b"else")}],
        ),
    ],
)
def test_claims_are_held_against_the_request_and_the_settings(
    rules: dict[str, Any], good: dict[str, Any], bad: list[dict[str, Any]]
) -> None:
    def made(claims: dict[str, Any]) -> Request:
        return sent(jose.written({"alg": "HS256"}, json.dumps(claims).encode(), SECRET))

    assert outcome(plain(**rules), [SECRET], made(good)) == "jwt-hs256"
    for claims in bad:
        assert outcome(plain(**rules), [SECRET], made(claims)) == "signature_mismatch", claims


def test_the_hash_of_an_empty_body_may_lack_only_where_its_provider_leaves_it_out() -> None:
    made = jose.written({"alg": "HS256"}, b"{}", SECRET)
    lenient = plain(body_hash="h", body_hash_may_lack=True)
    assert outcome(lenient, [SECRET], sent(made, body=b"")) == "jwt-hs256"
    assert outcome(lenient, [SECRET], sent(made)) == "signature_mismatch"
    assert outcome(plain(body_hash="h"), [SECRET], sent(made, body=b"")) == "signature_mismatch"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a.b",
        "a.b.c.d",
        "..",
        "é.é.é",
        "\ud800",
        *(
            f"{url(header)}.{url(b'{}')}.AA"
            for header in (
                b"[]",
                b"{}",
                b'{"alg":5}',
                b'{"alg":"HS256","kid":5}',
                b'{"alg":"HS256","crit":["exp"],"exp":1}',
                b'{"alg":"HS256","b64":false}',
                b'{"alg":"none","alg":"HS256"}',
                b"[" * 5000,
            )
        ),
    ],
)
def test_what_is_no_token_is_refused(value: str) -> None:
    assert outcome(plain(), [SECRET], sent(value)) in ("signature_malformed", "signature_missing")


def test_claims_that_are_no_object_or_say_a_thing_twice_are_refused() -> None:
    for payload in (b"[]", b"5", b"{", b'{"exp":1,"exp":9999999999}', b"\xff"):
        made = jose.written({"alg": "HS256"}, payload, SECRET)
        assert outcome(plain(), [SECRET], sent(made)) == "signature_malformed"


def test_one_token_has_one_text() -> None:
    made = token()
    head, payload, signature = made.split(".")
    for other in (f"{made}=", f"{head}.{payload}.{signature[:-1]}{'AB'[signature[-1] == 'A']}", f" {made}"):
        assert outcome(plain(), [SECRET], sent(other)) != "jwt-hs256"


def test_google_s_tokens_are_for_us_and_of_our_service_account() -> None:
    google = configured("google-pubsub")
    claims = {
        "iss": "https://accounts.google.com",
        "aud": "X-Acme-Token",
        "email": "X-Acme-Token",
        "email_verified": True,
        "iat": NOW,
    }
    pem = private_pem("rsa")

    def verdict(**changes: Any) -> str:
        made = token({**claims, **changes}, pem, "RS256", kid="g1")
        return outcome(google, [set_of(jwk("rsa", kid="g1"))], sent(f"Bearer {made}"))

    assert verdict() == "jwt-rs256"
    assert verdict(iss="accounts.google.com") == "jwt-rs256"
    for change in (
        {"iss": "https://evil.example"},
        {"aud": "https://other.example"},
        {"email": "somebody@other.iam.gserviceaccount.com"},
        {"email_verified": False},
    ):
        assert verdict(**change) == "signature_mismatch", change
    assert verdict(exp=NOW - 1) == "timestamp_stale"
    assert outcome(google, [SECRET], sent(token(claims))) == "signature_malformed"
    assert key_set(google, sent("Bearer x")) == "https://www.googleapis.com/oauth2/v3/certs"


@pytest.mark.parametrize(("name", "named"), [("google-pubsub", True), ("kinde", True), ("fusionauth", False)])
def test_a_token_names_its_key_where_the_provider_publishes_a_set_of_them(name: str, named: bool) -> None:
    made = signed_by(configured(name).schemes, private_pem("rsa"), request(b"{}"), NOW, "")
    text = made.headers.get("authorization") or made.headers.get("x-fusionauth-signature-jwt")
    header = jwt.get_unverified_header((text or made.body.decode()).removeprefix("Bearer "))
    assert ("kid" in header) == named


def test_jira_s_query_hash_is_atlassian_s() -> None:
    """The example of their documentation."""
    jira = source("jira-connect")
    asked = Request(
        method="GET",
        path="/rest/api/2/issue",
        query="b=2&a=x%20y&a=10&jwt=left.out",
        headers={},
        body=b"",
        url="https://x.example/rest/api/2/issue?b=2",
    )
    expected = sha256(b"GET&/rest/api/2/issue&a=10,x%20y&b=2").hexdigest()
    made = token({"qsh": expected})
    assert outcome(jira, [SECRET], replace(asked, headers={"authorization": f"JWT {made}"})) == "jwt-hs256"
    for other in (token({"qsh": "context-qsh"}), token()):
        refused = replace(asked, headers={"authorization": f"JWT {other}"})
        assert outcome(jira, [SECRET], refused) == "signature_mismatch"
    changed = replace(asked, query="b=3", headers={"authorization": f"JWT {made}"})
    assert outcome(jira, [SECRET], changed) == "signature_mismatch"


def test_kinde_s_key_set_is_the_configured_issuer_s_whatever_the_token_says() -> None:
    kinde = custom(
        Jwt(
            algorithms=("RS256",),
            issuers=("https://acme.kinde.com/",),
            key_set_url="{issuer}/.well-known/jwks.json",
        )
    )
    made = token({"iss": "https://evil.example"}, private_pem("rsa"), "RS256")
    body = request(made.encode())
    assert key_set(kinde, body) == "https://acme.kinde.com/.well-known/jwks.json"
    assert outcome(kinde, [public_pem("rsa")], body) == "signature_mismatch"


def test_wix_s_events_are_found_in_json_in_text_in_json_in_text() -> None:
    wix = source("wix")
    plainly = request(
        json.dumps({"data": {"eventType": "t", "data": {"id": "e"}, "identity": {"x": 1}}}).encode()
    )
    made = signed_by(wix.schemes, private_pem("rsa"), plainly, NOW, "")
    assert isinstance(verify(wix, [public_pem("rsa")], made, NOW), Verified)
    data = jwt.decode(made.body.decode(), options={"verify_signature": False})["data"]
    assert json.loads(json.loads(data)["data"]) == {"id": "e"}
    assert (Places(made).first(wix.id), Places(made).first(wix.type)) == ("e", "t")
    assert isinstance(verify(wix, [public_pem("rsa")], plainly, NOW), Rejected)
    assert Places(request(b"a.b.c")).first(wix.id) == ""
    assert Places(request(b'{"data":"{"}')).first(wix.id) == ""
