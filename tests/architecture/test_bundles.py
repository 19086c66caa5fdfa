"""What each function's bundle holds, and what it does not."""

import json
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from app import ROOT, STAGES
from gateway import catalog, verification
from gateway.providers import PROVIDERS
from gateway.providers.schema import (
    SCHEMES,
    Asymmetric,
    DetachedJws,
    Fields,
    Jwt,
    Scheme,
    Sns,
    StandardWebhooks,
    Token,
)
from hookline.config.load import load
from infrastructure.bundling import Bundler, bundler, family_module, takes_public_keys
from tests.sources import options

# What is in a bundle follows from the families of the configured schemes, and not from who uses them.
EACH_FAMILY = {scheme.family: name for name, known in PROVIDERS.items() for scheme in known.schemes}
FUNCTIONS = ["ingest", "dispatch", "wake", "subscribers.payments", "subscribers.deployments"]
OWN = ("gateway", "ingest", "dispatch", "wake", "subscribers")
MEGABYTE = 1_000_000


def bundler_for(tmp_path: Path, *providers: str, stage: str = "prod") -> Bundler:
    config = tmp_path / "hookline.yaml"
    config.write_text(json.dumps({"sources": {name: options(name) for name in providers}}))
    return bundler(ROOT, STAGES[stage], load(config).configuration)


@pytest.fixture(scope="module")
def shipped() -> dict[str, Path]:
    """The bundles of the shipped configuration, by function."""
    made = bundler(ROOT, STAGES["prod"], load(ROOT / "hookline.yaml").configuration)
    return {function: made.bundle(f"{function}.handler") for function in FUNCTIONS}


def held(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def top(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_each_bundle_has_the_folders_that_its_function_reaches(shipped: dict[str, Path]) -> None:
    powertools = {
        "aws_lambda_powertools",
        "aws_lambda_powertools-3.37.0.dist-info",
        "jmespath",
        "jmespath-1.1.0.dist-info",
        "typing_extensions.py",
        "typing_extensions-4.16.0.dist-info",
    }
    assert top(shipped["ingest"]) == {"ingest", "gateway", "hookline.json"}
    assert top(shipped["dispatch"]) == {"dispatch", "gateway", "hookline.json"}
    assert top(shipped["wake"]) == {"wake", "gateway", "hookline.json"}
    assert top(shipped["subscribers.payments"]) == {"subscribers", "gateway", *powertools}
    assert top(shipped["subscribers.deployments"]) == {"subscribers", "gateway", *powertools}


def test_a_subscribers_bundle_has_no_other_subscriber(shipped: dict[str, Path]) -> None:
    assert top(shipped["subscribers.payments"] / "subscribers") == {"payments"}
    assert top(shipped["subscribers.deployments"] / "subscribers") == {"deployments"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_bundle_has_a_providers_literal_a_trial_or_what_the_runtime_has(
    shipped: dict[str, Path], function: str
) -> None:
    files = held(shipped[function])
    literals = {path.name for path in (ROOT / "functions/gateway/providers").glob("*.py")} - {"schema.py"}
    assert literals
    assert not {f"gateway/providers/{literal}" for literal in literals} & files
    assert "gateway/testing.py" not in files
    assert not {name.partition("/")[0] for name in files} & {"boto3", "botocore", "pydantic", "hookline"}


@pytest.mark.parametrize("function", ["ingest", "dispatch", "wake"])
def test_a_bundle_finds_its_sources(shipped: dict[str, Path], function: str) -> None:
    sources = catalog.load(shipped[function] / "hookline.json")
    assert sources.keys() == load(ROOT / "hookline.yaml").configuration.sources.keys()
    assert "gateway/providers/schema.py" in held(shipped[function])


def test_only_the_families_that_are_configured_are_bundled(tmp_path: Path) -> None:
    every = {family_module(family).rpartition(".")[2] for family in SCHEMES}
    wanted = {
        "github": {"hmac_signature"},
        "gitlab": {"standard_webhooks", "token"},
        "twilio": {"url_form"},
        "sendgrid": {"asymmetric"},
        "livekit": {"jwt"},
        "neon": {"detached_jws"},
        "keygen": {"http_signature"},
        "aws-sns": {"sns"},
        "paypal": {"paypal"},
        "paddle-classic": {"php_form"},
    }
    for provider, families in wanted.items():
        held_modules = bundler_for(tmp_path, provider).holds("ingest.handler").modules
        assert {name for name in every if f"gateway.verification.{name}" in held_modules} == families


def test_each_familys_module_is_the_one_that_verification_imports() -> None:
    assert {family: family_module(family) for family in SCHEMES} == verification._FAMILIES


@pytest.mark.parametrize(
    ("provider", "needed"),
    [
        ("stripe", False),
        ("gitlab", False),
        ("twilio", False),
        ("sendgrid", True),
        ("livekit", False),
        ("google-pubsub", True),
        ("paypal", True),
        ("aws-sns", True),
        ("standard-webhooks", True),
        ("paddle-classic", True),
        ("mailgun", False),
        ("adyen", False),
        ("braintree", False),
    ],
)
def test_cryptography_goes_with_sources_that_may_have_a_public_key(
    tmp_path: Path, provider: str, needed: bool
) -> None:
    assert ("cryptography" in bundler_for(tmp_path, provider).holds("ingest.handler").packages) == needed
    assert "cryptography" not in bundler_for(tmp_path, provider).holds("dispatch.handler").packages


@pytest.mark.parametrize(
    ("scheme", "takes"),
    [
        (Token(header="X"), False),
        (StandardWebhooks(), True),
        (StandardWebhooks(key_prefix="whpk_"), True),
        (StandardWebhooks(key_prefix="whsec_"), False),
        (Asymmetric(algorithm="ed25519", header="X", timestamp_header="Y"), True),
        (Jwt(algorithms=("HS256", "HS512"), header="X"), False),
        (Jwt(algorithms=("HS256", "RS256"), header="X"), True),
        (DetachedJws(algorithms=("HS256",), header="X"), False),
        (DetachedJws(algorithms=("RS256",), header="X"), True),
        (Fields(signature="header:X", content="{body}"), False),
        (Sns(), True),
    ],
)
def test_a_scheme_says_whether_it_takes_public_keys(scheme: Scheme, takes: bool) -> None:
    assert takes_public_keys(scheme) == takes


@pytest.mark.parametrize(
    ("provider", "fetched", "topics"),
    [
        ("sendgrid", False, False),
        ("livekit", False, False),
        ("google-pubsub", True, False),
        ("paypal", True, False),
        ("aws-sns", True, True),
    ],
)
def test_what_fetches_keys_goes_with_sources_whose_providers_publish_them(
    tmp_path: Path, provider: str, fetched: bool, topics: bool
) -> None:
    modules = bundler_for(tmp_path, provider).holds("ingest.handler").modules
    assert ({"gateway.stores.key_sets", "gateway.stores.guarded"} <= modules) == fetched
    assert ("gateway.stores.topics" in modules) == topics


def test_ingest_is_under_two_megabytes(shipped: dict[str, Path], tmp_path: Path) -> None:
    assert size(shipped["ingest"], tmp_path) < 2 * MEGABYTE


def test_ingest_with_every_family_is_under_eight_megabytes(tmp_path: Path) -> None:
    folder = bundler_for(tmp_path, *sorted({*EACH_FAMILY.values()})).bundle("ingest.handler")
    assert "cryptography" in top(folder)
    assert size(folder, tmp_path) < 8 * MEGABYTE


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_bundle_runs_with_boto3_beside_it_and_nothing_else(
    runtime: Path, tmp_path: Path, function: str
) -> None:
    """Each of its own modules is imported, so that one which is reached by name alone is missed here."""
    config = load(ROOT / "hookline.yaml").configuration
    if function == "ingest":
        folder = bundler_for(tmp_path, *sorted({*EACH_FAMILY.values()}), stage="local").bundle(
            "ingest.handler"
        )
    else:
        folder = bundler(ROOT, STAGES["local"], config).bundle(f"{function}.handler")
    own = [
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in held(folder)
        if name.endswith(".py") and name.partition("/")[0] in OWN
    ]
    code = f"import sys, importlib; sys.path[:0] = {[str(folder), str(runtime)]!r}\n"
    code += f"for name in {own!r}: importlib.import_module(name)\n"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", code], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Lambda's runtime has: boto3 and what it needs."""
    folder = tmp_path_factory.mktemp("runtime")
    for name in ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3"):
        found = distribution(name)
        for entry in {file.parts[0] for file in found.files or () if ".." not in file.parts}:
            (folder / entry).symlink_to(str(found.locate_file(entry)))
    return folder


def size(folder: Path, tmp_path: Path) -> int:
    """Bytes of the folder's zip."""
    archive = shutil.make_archive(str(tmp_path / "bundle"), "zip", folder)
    assert zipfile.is_zipfile(archive)
    return Path(archive).stat().st_size
