"""The algorithm is the configured key's, never the request's: labels, `none`, and public keys as secrets."""

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from hmac import digest
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from gateway.providers.schema import DetachedJws, Hmac, Jwt, StandardWebhooks
from gateway.request import Request
from gateway.verification import jose
from gateway.verification.encodings import decode, encode
from tests.conformance.alterations import authenticating, with_header
from tests.conformance.attacked import ATTACKED, Attacked, a_key
from tests.unit.verification.pairs import jwk

TOKENS = {name: one for name, one in ATTACKED.items() if isinstance(one.scheme, Jwt | DetachedJws)}
EACH = pytest.mark.parametrize("one", TOKENS.values(), ids=TOKENS)
ALGORITHMS = (*jose.SECRET, *jose.PUBLIC, "none", "None", "NONE", "nOnE", "", "HS1", "RS1", "hs256", "ES256K")
LABELS = ("sha1", "sha256", "sha512", "sha384", "md5", "v0", "v1", "v2", "v1a", "SHA256", "none")


def token_of(one: Attacked) -> tuple[str, str]:
    """What stands before the token, and the token."""
    assert isinstance(one.scheme, Jwt | DetachedJws)
    if not one.scheme.header:
        return "", one.request.body.decode()
    prefix = one.scheme.prefix if isinstance(one.scheme, Jwt) else ""
    return prefix, one.request.headers[one.scheme.header.lower()].removeprefix(prefix)


def with_token(one: Attacked, token: str) -> Request:
    assert isinstance(one.scheme, Jwt | DetachedJws)
    if not one.scheme.header:
        return replace(one.request, body=token.encode())
    return with_header(one.request, one.scheme.header.lower(), token_of(one)[0] + token)


def signing_input(one: Attacked, header: str, payload: str) -> bytes:
    if not isinstance(one.scheme, DetachedJws):
        return f"{header}.{payload}".encode()
    body = encode(one.request.body, "base64url")
    if not one.scheme.b64:
        return f"{header}.".encode() + one.request.body
    if one.scheme.payload == "timestamped":
        at = one.request.headers[one.scheme.timestamp_header.lower()]
        body = encode(f"{at}.{body}".encode(), "base64url")
    return f"{header}.{body}".encode()


def headed(written: str, **changes: Any) -> str:
    """A token's header with members of another value."""
    told = json.loads(decode(written, "base64url") or b"")
    return encode(json.dumps({**told, **changes}, separators=(",", ":")).encode(), "base64url")


@EACH
def test_an_algorithm_that_is_only_a_label(one: Attacked) -> None:
    header, payload, signature = token_of(one)[1].split(".")
    own = json.loads(decode(header, "base64url") or b"")["alg"]
    for alg in ALGORITHMS:
        for other in ("", signature) if alg != own else ("",):
            assert not one.passes(with_token(one, f"{headed(header, alg=alg)}.{payload}.{other}")), alg


@EACH
def test_a_public_key_is_no_secret(one: Attacked) -> None:
    """Whatever its spelling: a forger has it as well as we have."""
    header, payload, _ = token_of(one)[1].split(".")
    for key in public_texts(one):
        for alg, name in jose.SECRET.items():
            written = headed(header, alg=alg)
            made = digest(key, signing_input(one, written, payload), name)
            forged = with_token(one, f"{written}.{payload}.{encode(made, 'base64url')}")
            assert not one.passes(forged), (alg, key[:20])


def public_texts(one: Attacked) -> Iterator[bytes]:
    yield from (b"", b"\x00")
    for text in (*one.keys, one.published):
        if text and text != one.key:
            yield text.encode()
            if text.startswith(("MI", "MC")):
                der = b64decode(text)
                yield der
                pem = load_der_public_key(der).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
                yield from (pem, pem.strip())


@EACH
def test_a_key_that_the_token_brings_along(one: Attacked) -> None:
    header, payload, _ = token_of(one)[1].split(".")
    for kind, alg in (("rsa", "RS256"), ("rsa", "RS512"), ("rsa", "PS256")):
        brought = {"jwk": jwk(kind, 8), "x5c": ["MIIB"], "jku": "https://forger.example.com/keys"}
        written = headed(header, alg=alg, kid="forger", **brought)
        made = jose.signature(a_key(":rsa", 1), alg, signing_input(one, written, payload))
        assert not one.passes(with_token(one, f"{written}.{payload}.{encode(made, 'base64url')}"))


@EACH
def test_parts_of_a_token_that_are_left_out_added_or_exchanged(one: Attacked) -> None:
    header, payload, signature = token_of(one)[1].split(".")
    for parts in (
        *(
            (header, payload),
            (header, payload, ""),
            (payload, header, signature),
            (header, signature, payload),
        ),
        *((header, payload, signature, ""), ("", header, payload, signature), ("", payload, signature)),
        *(
            (header, payload, signature, signature),
            (header, payload + "=", signature),
            (header, "e30", signature),
        ),
        *((header, payload, signature + "="), (header + "=", payload, signature), (header, "", signature)),
    ):
        if ".".join(parts) != token_of(one)[1]:
            assert not one.passes(with_token(one, ".".join(parts))), parts
    for members in ({"crit": ["exp"]}, {"b64": True}, {"kid": 1}, {"typ": "none"}):
        assert not one.passes(with_token(one, f"{headed(header, **members)}.{payload}.{signature}")), members


@pytest.mark.parametrize(
    "one", [one for one in ATTACKED.values() if isinstance(one.scheme, Hmac | StandardWebhooks)],
    ids=lambda one: one.name,
)  # fmt: skip
def test_another_label_before_a_signature(one: Attacked) -> None:
    for name in authenticating(one):
        value = one.request.headers[name]
        for label in LABELS:
            for other in LABELS:
                for mark in ("=", ",", ":", "_"):
                    if label != other and f"{label}{mark}" in value:
                        changed = value.replace(f"{label}{mark}", f"{other}{mark}", 1)
                        if changed.endswith(value):
                            continue
                        assert not one.passes(with_header(one.request, name, changed)), changed
