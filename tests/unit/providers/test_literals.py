"""What each provider's literal must say."""

import ast
import re
import sys
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from gateway import catalog
from gateway.providers import PROVIDERS
from gateway.providers.schema import Handshake, Provider, StandardWebhooks
from tests.sources import source

FOLDER = Path(sys.modules["gateway.providers"].__file__ or "").parent
EACH = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)


def places(provider: Provider) -> list[str]:
    compared = [place for handshake in provider.handshakes for place, _ in handshake.where]
    read = [
        place
        for handshake in provider.handshakes
        for place in (
            *(handshake.echo, handshake.secret, handshake.visit, *(handshake.token or ("",))[:1]),
            *(*handshake.there, *handshake.absent),
        )
        if place
    ]
    joined = [*provider.id, *provider.type, *provider.once, *compared, *read]
    return [part for place in joined for part in place.split("+") if not part.startswith(":")]


@EACH
def test_it_says_where_its_rules_stand_and_what_to_copy(provider: Provider) -> None:
    assert provider.docs.startswith("https://")
    assert len(provider.secret) > 20
    assert provider.schemes
    assert provider.proof


@EACH
def test_its_module_is_named_for_it_and_imports_the_schema_alone(provider: Provider) -> None:
    tree = ast.parse((FOLDER / f"{provider.name.replace('-', '_')}.py").read_text())
    imports = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports == {"gateway.providers.schema"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


@EACH
def test_its_places_are_of_a_kind_that_exists(provider: Provider) -> None:
    assert {place.partition(":")[0] for place in places(provider)} <= {"header", "json", "form", "query"}
    assert all(place.partition(":")[2] for place in places(provider))


@EACH
def test_it_survives_being_compiled(provider: Provider) -> None:
    configured = source(provider)
    again = catalog.decode(catalog.encode({configured.name: configured}))[configured.name]
    assert asdict(again) == asdict(configured)
    assert again.schemes == configured.schemes


@EACH
def test_an_id_that_is_signed_is_looked_for_where_it_is_verified(provider: Provider) -> None:
    for scheme in provider.schemes:
        if isinstance(scheme, StandardWebhooks):
            signed = tuple(f"header:{name}-id" for name in scheme.names)
            assert provider.id[: len(signed)] == signed


@EACH
def test_a_scheme_without_a_key_prefix_takes_the_keys_that_no_other_fits(provider: Provider) -> None:
    assert any(not scheme.key_prefix for scheme in provider.schemes)


@EACH
def test_nothing_of_a_handshake_that_anybody_may_send_is_unbounded(provider: Provider) -> None:
    for handshake in provider.handshakes:
        re.compile(handshake.bounds)
        if handshake.proof and handshake.proof.keyed and not handshake.known_key:
            assert handshake.bounds != Handshake().bounds
            for event in ('{"id":1}', "[1]", "v0:1700000000:{}", "a b", "a\n"):
                assert not re.fullmatch(handshake.bounds, event)


@EACH
def test_names_in_handshakes_are_told_to_the_operator(provider: Provider) -> None:
    for handshake in provider.handshakes:
        written = [
            handshake.body,
            *(handshake.header or ()),
            handshake.proof.signs if handshake.proof else "",
        ]
        names = set(re.findall(r"\{named:([a-z_]+)\}", " ".join(written)))
        assert names | set((handshake.token or ("", ""))[1:]) - {""} <= provider.named.keys()


@EACH
def test_settings_are_fields_of_its_schemes(provider: Provider) -> None:
    known = {field.name for scheme in provider.schemes for field in fields(scheme)}
    assert provider.settings.keys() <= known
    assert set(provider.required) <= provider.settings.keys()
