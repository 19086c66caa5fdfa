"""A cold start pays for nothing that the configured keys do not need."""

import subprocess
import sys
from pathlib import Path

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
