"""Who may import whom. What a type checker alone reads is left out: it binds nobody at run time."""

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from app import ROOT
from infrastructure.imports import imported

FUNCTIONS = ROOT / "functions"
CDK = {"aws_cdk", "constructs", "cdk_nag", "jsii"}
AWS = {"boto3", "botocore"}


def modules(root: Path, *folders: str) -> list[tuple[str, Path]]:
    """Dotted names and files of all modules in folders below an import root."""
    found = [
        (".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path)
        for folder in folders
        for path in sorted((root / folder).rglob("*.py"))
    ]
    assert found, folders
    return found


def imports(name: str, path: Path) -> set[str]:
    """What a module imports, but for the standard library."""
    root = FUNCTIONS if path.is_relative_to(FUNCTIONS) else ROOT
    names = {target for target in imported(root, path, name) if target}
    return {target for target in names if target.partition(".")[0] not in sys.stdlib_module_names}


def within(target: str, packages: Iterable[str]) -> bool:
    return any(target == package or target.startswith(f"{package}.") for package in packages)


def named(pairs: Iterable[tuple[str, Path]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("name", "path"), [pytest.param(*pair, id=pair[0]) for pair in pairs])


GATEWAY = modules(FUNCTIONS, "gateway")
STORES = [(name, path) for name, path in GATEWAY if within(name, ["gateway.stores"])]
LITERALS = [
    (name, path)
    for name, path in GATEWAY
    if name.startswith("gateway.providers.") and name != "gateway.providers.schema"
]
# The decorator is the edge of function subscribers, as a handler is of the others.
EDGE = {"gateway.subscriber"}
# For trying subscribers on a developer's machine: no bundle holds it.
TRIAL = {"gateway.testing"}
CORE = [pair for pair in GATEWAY if pair not in STORES and pair[0] not in EDGE | TRIAL]
PUBLIC_KEYS = {
    "gateway.verification.ed25519",
    "gateway.verification.public_keys",
    "gateway.verification.certificates",
}
OURS = modules(FUNCTIONS, "ingest", "dispatch", "wake")
HANDLERS = [pair for pair in OURS if pair[0].endswith(".handler")]
VERBS = [pair for pair in OURS if pair not in HANDLERS]
SUBSCRIBERS = modules(FUNCTIONS, "subscribers")


@named(CORE)
def test_the_gateways_core_imports_itself_and_the_standard_library(name: str, path: Path) -> None:
    for target in imports(name, path):
        if name in PUBLIC_KEYS and within(target, ["cryptography"]):
            continue
        assert within(target, ["gateway"]), f"{name} imports {target}"
        assert not within(target, ["gateway.stores", *EDGE, *TRIAL]), f"{name} imports {target}"


@named([("gateway." + path.stem, path) for _, path in GATEWAY if "gateway." + path.stem in EDGE])
def test_the_subscribers_edge_imports_the_gateway_and_powertools(name: str, path: Path) -> None:
    for target in imports(name, path):
        assert within(target, ["gateway", "aws_lambda_powertools"]), f"{name} imports {target}"


@named([pair for pair in GATEWAY if within(pair[0], ["gateway.verification"])])
def test_public_key_families_are_imported_when_a_source_needs_them(name: str, path: Path) -> None:
    """They import cryptography, which most bundles do not hold."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and name not in PUBLIC_KEYS:
            targets = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            assert not targets & PUBLIC_KEYS, f"{name}:{node.lineno}"


@named(STORES)
def test_a_store_imports_boto3_and_the_core(name: str, path: Path) -> None:
    for target in imports(name, path):
        assert within(target, ["gateway", *AWS]), f"{name} imports {target}"
        assert not within(target, [*EDGE, *TRIAL]), f"{name} imports {target}"


@named(LITERALS)
def test_a_providers_literal_imports_the_shapes_that_it_fills_and_nothing_else(name: str, path: Path) -> None:
    for target in imports(name, path):
        assert within(target, ["gateway.providers.schema"]), f"{name} imports {target}"


@named(VERBS)
def test_what_decides_knows_no_store(name: str, path: Path) -> None:
    own = name.partition(".")[0]
    for target in imports(name, path):
        assert within(target, ["gateway", own]), f"{name} imports {target}"
        assert not within(target, ["gateway.stores", f"{own}.handler"]), f"{name} imports {target}"


@named(HANDLERS)
def test_a_handler_wires_its_verb_and_stores(name: str, path: Path) -> None:
    own = name.partition(".")[0]
    for target in imports(name, path):
        assert within(target, ["gateway", own]), f"{name} imports {target}"


@named(SUBSCRIBERS)
def test_a_subscriber_imports_the_gateways_edge_and_no_other_subscriber(name: str, path: Path) -> None:
    own = ".".join(name.split(".")[:2])
    for target in imports(name, path):
        assert not within(target, ["gateway.stores", "ingest", "dispatch", "wake"]), (
            f"{name} imports {target}"
        )
        assert not target.startswith("subscribers.") or within(target, [own]), f"{name} imports {target}"


@named(modules(ROOT, "functions"))
def test_nothing_that_runs_in_lambda_imports_what_runs_on_a_persons_machine(name: str, path: Path) -> None:
    for target in imports(name.removeprefix("functions."), path):
        assert not within(target, ["hookline", "infrastructure", "app", "pydantic", *CDK]), (
            f"{name}: {target}"
        )


@named([pair for pair in modules(FUNCTIONS, "gateway", "ingest", "dispatch", "wake") if pair[0] not in EDGE])
def test_the_environment_is_read_at_the_edge(name: str, path: Path) -> None:
    if not name.endswith(".handler"):
        words = {
            node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)
        }
        assert not words & {"environ", "getenv", "environb"}, name


@named(modules(ROOT, "infrastructure"))
def test_infrastructure_imports_the_configuration_and_no_handler(name: str, path: Path) -> None:
    allowed = {
        "aws_cdk",
        "constructs",
        "infrastructure",
        "hookline.config",
        "gateway.providers",
        "gateway.catalog",
        "gateway.lines",
        "gateway.rejected",
    }
    for target in imports(name, path):
        assert within(target, allowed), f"{name} imports {target}"


@named(modules(ROOT, "hookline"))
def test_the_command_line_never_imports_the_cdk(name: str, path: Path) -> None:
    for target in imports(name, path):
        assert not within(target, ["infrastructure", "app", *CDK]), f"{name}: {target}"


@named(modules(ROOT, "hookline"))
def test_of_what_runs_in_lambda_the_command_line_shares_the_gateway_and_ingests_door(
    name: str, path: Path
) -> None:
    for target in imports(name, path):
        if within(target, ["ingest", "dispatch", "wake", "subscribers"]):
            assert within(target, ["ingest.accept"]), f"{name}: {target}"


@named(modules(ROOT, "hookline/dead_letters"))
def test_what_decides_about_dead_letters_knows_no_aws(name: str, path: Path) -> None:
    edge = {f"hookline.dead_letters.{module}" for module in ("sqs", "ledger", "places")}
    for target in imports(name, path):
        if name not in edge:
            assert within(target, ["gateway", "hookline.dead_letters"]), f"{name} imports {target}"
            assert not within(target, ["gateway.stores", *edge, *EDGE, *TRIAL]), f"{name} imports {target}"


@named(modules(ROOT, "hookline/rejected"))
def test_what_verifies_again_knows_no_aws(name: str, path: Path) -> None:
    for target in imports(name, path):
        if name != "hookline.rejected.bucket":
            allowed = ["gateway", "ingest.accept", "hookline.rejected", "hookline.dead_letters.contents"]
            assert within(target, allowed), f"{name} imports {target}"
            assert not within(target, ["gateway.stores", "hookline.rejected.bucket", *EDGE, *TRIAL]), target


def test_what_decides_about_removals_knows_no_aws() -> None:
    for target in imports("hookline.preflight.removal", ROOT / "hookline/preflight/removal.py"):
        assert within(target, ["hookline.config"]), target


@named(modules(ROOT, "hookline/config"))
def test_the_configuration_imports_the_domain_and_nothing_of_aws(name: str, path: Path) -> None:
    ours = {"hookline.config", "gateway"}
    for target in imports(name, path):
        assert within(target, [*ours, "pydantic", "pydantic_core", "ruamel"]), f"{name} imports {target}"
        assert not within(target, ["gateway.stores", *EDGE, *TRIAL]), f"{name} imports {target}"


def test_the_application_imports_infrastructure_and_the_configuration() -> None:
    for target in imports("app", ROOT / "app.py"):
        assert within(target, ["aws_cdk", "cdk_nag", "infrastructure", "hookline.config"]), target
