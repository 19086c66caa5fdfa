"""A cold start pays for nothing that the configured keys do not need."""

import subprocess
import sys
from pathlib import Path

from infrastructure.bundling import takes_public_keys
from tests.conformance.vectors import vectors

ROOT = Path(__file__).resolve().parents[3]

VERIFY = """
import sys
sys.path[:0] = [{functions!r}, {root!r}]
from gateway.verification import verify
from tests.unit.verification.requests import NOW, request, signed
from tests.sources import source
configured = source({provider!r})
print(verify(configured, [{key!r}], signed(configured, {key!r}, request()), NOW))
print(*sorted(name for name in sys.modules if name.startswith(("gateway.verification.", "cryptography"))))
"""


def imported(provider: str, key: str) -> set[str]:
    """The modules that a new interpreter has loaded after it verified a request of the provider."""
    program = VERIFY.format(functions=str(ROOT / "functions"), root=str(ROOT), provider=provider, key=key)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    verdict, modules = done.stdout.splitlines()
    assert verdict.startswith("Verified(")
    return set(modules.split())


def test_secrets_of_standard_webhooks_need_no_cryptography() -> None:
    loaded = imported("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert "gateway.verification.standard_webhooks" in loaded
    assert not {name for name in loaded if "cryptography" in name or "25519" in name}


def test_one_family_does_not_bring_another() -> None:
    loaded = imported("github", "secret")
    families = {"asymmetric", "basic", "hmac_signature", "standard_webhooks", "token", "url_form"}
    assert {name for name in families if f"gateway.verification.{name}" in loaded} == {"hmac_signature"}


JUDGE = """
import sys
sys.path[:0] = [{functions!r}, {root!r}]
import ingest.handler
from gateway.verification import Verified, verify
from tests.conformance.vectors import vectors
chosen = [one for one in vectors() if one.id in {ids!r}]
verdicts = [verify(one.source, one.secret.keys, one.request, one.now) for one in chosen]
print(sum(isinstance(verdict, Verified) for verdict in verdicts))
print(*sorted(name for name in sys.modules if name.startswith(("cryptography", "gateway.stores"))))
"""
FETCHES = {"gateway.stores.guarded", "gateway.stores.key_sets", "gateway.stores.topics"}


def loaded_for(*, public: bool) -> set[str]:
    """The stores and parts of cryptography that ingest has once it verified vectors of such schemes."""
    ids = {
        one.id
        for one in vectors()
        if one.source
        and one.told["expected"] == "valid"
        and public is any(map(takes_public_keys, one.source.schemes))
    }
    program = JUDGE.format(functions=str(ROOT / "functions"), root=str(ROOT), ids=ids)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    verified, modules = done.stdout.splitlines()
    assert int(verified) > 10
    return set(modules.split())


def test_no_provider_that_signs_by_secrets_makes_ingest_load_cryptography_or_what_fetches() -> None:
    loaded = loaded_for(public=False)
    assert "gateway.stores.secrets" in loaded
    assert not loaded & FETCHES
    assert not {name for name in loaded if name.startswith("cryptography")}


def test_one_that_signs_by_a_public_key_does() -> None:
    """Without it the test before would prove nothing."""
    assert "cryptography.hazmat.primitives" in loaded_for(public=True)
