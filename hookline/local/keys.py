"""Development keys: for each source a key that its provider might have given, made on this machine.

They are kept in `.hookline/keys.json`, readable by their owner alone, so that they stay the same from one
start to the next. For schemes with a public key that is also where the private key is: the provider's half,
which only a laptop that plays the provider has.
"""

import json
import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import assert_never

from gateway.catalog import Source
from gateway.providers.schema import (
    Adyen,
    Asymmetric,
    Basic,
    Braintree,
    DetachedJws,
    Fields,
    Hmac,
    HttpSignature,
    Jwt,
    PayPal,
    PhpForm,
    Scheme,
    Sns,
    StandardWebhooks,
    Token,
    UrlForm,
)

KEY_BYTES = 32
# PayPal's keys name a webhook: on a laptop, this one.
PAYPAL_WEBHOOK_ID = "WH-DEVELOPMENT"
# Kinds of key pairs by what a JOSE algorithm begins with; by secrets it is HS.
_JOSE = {"RS": "rsa", "PS": "rsa", "ES": "ecdsa-p256", "Ed": "ed25519"}


@dataclass(frozen=True, slots=True)
class DevelopmentKey:
    """signing: what the sender signs with; a private key where the scheme has pairs.

    form: what kind of key it is, so that a source whose provider has changed gets another.
    """

    form: str
    signing: str


def development_keys(sources: Mapping[str, Source], folder: Path) -> dict[str, DevelopmentKey]:
    """A key for each source that verifies: those kept from before, new ones for the others."""
    kept = read(folder)
    keys = {}
    for name, source in sources.items():
        if source.unverified:
            continue
        wanted = form(source.schemes[0])
        known = kept.get(name)
        keys[name] = known if known and known.form == wanted else DevelopmentKey(wanted, generate(wanted))
    if keys != kept:
        _write(folder, keys)
    return keys


def read(folder: Path) -> dict[str, DevelopmentKey]:
    """The keys kept in a folder; none if there is no file."""
    try:
        document = json.loads((folder / "keys.json").read_bytes())
        return {name: DevelopmentKey(**key) for name, key in document.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def form(scheme: Scheme) -> str:
    """What a scheme's keys look like: what stands before them, a colon, and what they are."""
    match scheme:
        case Asymmetric() | HttpSignature() | PhpForm():
            return f"{scheme.key_prefix}:{_pair(scheme.algorithm)}"
        case Jwt() | DetachedJws():
            first = scheme.algorithms[0]
            kind = "ecdsa-p384" if first == "ES384" else _JOSE.get(first[:2], "text")
            return f"{scheme.key_prefix}:{kind}"
        case Sns():
            return f"{scheme.key_prefix}:rsa"
        case PayPal():
            return f"{PAYPAL_WEBHOOK_ID}:rsa"
        case StandardWebhooks():
            return "whsec_:base64"
        case Hmac():
            return f"{scheme.key_prefix}:{scheme.key}"
        case Token() | UrlForm() | Fields():
            return f"{scheme.key_prefix}:text"
        case Basic():
            return f"{scheme.key_prefix}:password"
        case Adyen():
            return f"{scheme.key_prefix}:hex"
        case Braintree():
            return f"{scheme.key_prefix}:pair"
        case _:
            assert_never(scheme)


def generate(form: str) -> str:
    """A new key to sign with."""
    prefix, _, kind = form.rpartition(":")
    if prefix == PAYPAL_WEBHOOK_ID:
        prefix += ":"
    match kind:
        case "base64":
            return prefix + b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        case "ecdsa-p256" | "ecdsa-p384" | "rsa":
            return prefix + _pkcs8(kind)
        case "password":
            return f"{prefix}hookline:{secrets.token_hex(KEY_BYTES)}"
        case "pair":
            return f"{prefix}{secrets.token_hex(KEY_BYTES // 2)}:{secrets.token_hex(KEY_BYTES // 2)}"
        case _:
            # Text, the bytes of an HMAC's key in hex, or an Ed25519 seed: 64 hex digits serve for all three.
            return prefix + secrets.token_hex(KEY_BYTES)


def _pair(algorithm: str) -> str:
    """The kind of key pair that an algorithm takes."""
    return algorithm.removesuffix("-sha1") if algorithm.startswith("ec") else algorithm.partition("-")[0]


def _pkcs8(kind: str) -> str:
    # Imported here: of all commands only these keys need it.
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    if kind == "rsa":
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        private = ec.generate_private_key(ec.SECP256R1() if kind == "ecdsa-p256" else ec.SECP384R1())
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return b64encode(der).decode()


def _write(folder: Path, keys: Mapping[str, DevelopmentKey]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    document = json.dumps({name: asdict(key) for name, key in keys.items()}, indent=2)
    fresh = folder / "keys.json.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(document + "\n")
    fresh.replace(folder / "keys.json")
