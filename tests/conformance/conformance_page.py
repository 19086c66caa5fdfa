"""docs/conformance.md, made of the tables of SDKs and of what is installed of them.

python -m tests.conformance.conformance_page
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from gateway.providers import PROVIDERS
from tests.conformance import node_sdks, python_sdks
from tests.conformance.node_handshakes import ASKING
from tests.conformance.official import Sdk
from tests.conformance.oracle import SDKS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"

_HEAD = """# Conformance

Made by `make conformance-page` from `tests/conformance/`; a test holds it to them, and the versions are those
that `tests/sdks/` pins. `make test` and `make check` install the providers' own SDKs beside Hookline and ask
them, in a process of their own and with the clock set, about bodies with characters outside ASCII, odd
spacing, every kind of escape and CRLF:

- what the SDK signs, Hookline accepts;
- what Hookline signs, the SDK accepts;
- what the SDK refuses, Hookline refuses: bits of the body and of each header changed; headers missing, empty,
  cut short, doubled; another method, host, path and query; another key; six minutes and a day, late and
  early;
- what the SDKs of {answered} answer to a handshake, Hookline answers.

"""

_STRICTER = """
## Where Hookline is stricter

Each of these the SDK accepts and Hookline refuses, on purpose. A test fails if one of them is no longer so.

| SDK | what is sent | why it is refused |
|---|---|---|
"""

_LOOSER = """
## Where an SDK refuses for another reason

Each of these the SDK refuses although the signature is good.

| SDK | what is sent | why it is accepted |
|---|---|---|
"""

Differences = Mapping[str, Mapping[str, str]]


def page() -> str:
    pinned = python_versions((SDKS / "requirements.txt").read_text(encoding="utf-8"))
    locked = SDKS / "package-lock.json"
    installed = node_versions(locked.read_text(encoding="utf-8")) if locked.exists() else {}
    tables = (("Python", python_sdks.SDKS, pinned), ("Node", node_sdks.SDKS, installed))
    everyone = [sdk for _, sdks, _ in tables for sdk in sdks]
    proven = {sdk.provider for sdk in everyone if sdk.official}
    packages = {(language, sdk.package) for language, sdks, _ in tables for sdk in sdks if sdk.official}
    answered = ", ".join(sorted({f"`{asking.provider}`" for asking in ASKING}))
    parts = [
        _HEAD.format(answered=answered),
        f"{len(packages)} SDKs prove {len(proven)} of {len(PROVIDERS)} providers.\n",
    ]
    for language, sdks, versions in tables:
        if sdks:
            parts.append(f"\n## {language}\n\n| provider | SDK | proven by | asked to |\n|---|---|---|---|\n")
            parts.extend(sorted(_row(sdk, versions[sdk.package.lower()]) for sdk in sdks))
    parts += [
        _STRICTER,
        *_differences("Python", python_sdks.SDKS, python_sdks.STRICTER),
        *_differences("Node", node_sdks.SDKS, node_sdks.STRICTER),
    ]
    looser = [
        *_differences("Python", python_sdks.SDKS, python_sdks.LOOSER),
        *_differences("Node", node_sdks.SDKS, node_sdks.LOOSER),
    ]
    parts += [_LOOSER, *looser] if looser else []
    return "".join(parts)


def python_versions(requirements: str) -> dict[str, str]:
    return {
        name.lower(): version for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", requirements)
    }


def node_versions(lock: str) -> dict[str, str]:
    packages = json.loads(lock)["packages"]
    mark = "node_modules/"
    return {
        place.removeprefix(mark).lower(): one["version"]
        for place, one in packages.items()
        if place.startswith(mark) and mark not in place.removeprefix(mark)
    }


def _row(sdk: Sdk, version: str) -> str:
    does = " and ".join(word for word, can in (("sign", sdk.signs), ("verify", sdk.verifies)) if can)
    package = f"{sdk.package} {version}" + ("" if sdk.official else " (a library of others)")
    return f"| `{sdk.provider}` | {package} | `{sdk.proves}` | {does} |\n"


def _differences(language: str, sdks: Iterable[Sdk], table: Differences) -> list[str]:
    rows = []
    for sdk in sorted(sdks, key=lambda sdk: (sdk.provider, sdk.name)):
        whys: dict[str, list[str]] = {}
        for kind, why in table.get(sdk.name, {}).items():
            whys.setdefault(why, []).append(kind)
        rows += [
            f"| {language}: {sdk.name} | {', '.join(sorted(kinds))} | {why} |\n"
            for why, kinds in whys.items()
        ]
    return rows


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    click.echo(f"{PAGE.name}: {len(python_sdks.SDKS) + len(node_sdks.SDKS)} ways in which SDKs are asked")


if __name__ == "__main__":
    main()
