"""What each provider's literal must say."""

import ast
import re
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from gateway import catalog
from gateway.providers import PROVIDERS
from gateway.providers.schema import Handshake, Hmac, Provider, StandardWebhooks, Token
from gateway.verification.signed_content import split_template
from tests.sources import source

FOLDER = Path(sys.modules["gateway.providers"].__file__ or "").parent
EACH = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)


def places(provider: Provider) -> list[str]:
    compared = [place for handshake in provider.handshakes for place, _ in handshake.where]
    read = [
        place
        for handshake in provider.handshakes
        for place in (
            *(handshake.echo, handshake.secret, *(handshake.token or ("",))[:1]),
            *(*handshake.there, *handshake.absent),
        )
        if place
    ]
    of_tokens = [
        place
        for scheme in provider.schemes
        if isinstance(scheme, Token)
        for place in (scheme.place, scheme.items)
        if place
    ]
    joined = [*provider.id, *provider.type, *provider.once, *compared, *read, *of_tokens]
    return [part for place in joined for part in place.split("+") if not part.startswith(":")]


@EACH
def test_it_says_where_its_rules_stand_and_what_to_copy(provider: Provider) -> None:
    assert provider.docs.startswith("https://")
    assert len(provider.secret) > 20
    assert provider.proof
    assert not any("  " in note or "memory" in note for note in (*provider.notes, provider.proof))


@EACH
def test_its_module_is_named_for_it_and_imports_the_schema_alone(provider: Provider) -> None:
    tree = ast.parse((FOLDER / f"{provider.name.replace('-', '_')}.py").read_text())
    imports = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports == {"gateway.providers.schema"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


@EACH
def test_its_places_are_of_a_kind_that_exists(provider: Provider) -> None:
    assert {place.partition(":")[0] for place in places(provider)} <= {
        "header",
        "json",
        "form",
        "query",
        "has",
        "jwt",
    }
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
            signed = tuple(f"header:{name}-{scheme.id_header}" for name in scheme.names)
            assert provider.id[: len(signed)] == signed


@EACH
def test_a_scheme_without_a_key_prefix_takes_the_keys_that_no_other_fits(provider: Provider) -> None:
    assert not provider.schemes or any(not scheme.key_prefix for scheme in provider.schemes)


@EACH
def test_a_provider_that_signs_nothing_says_so(provider: Provider) -> None:
    assert provider.secret.startswith("nothing: ") == (not provider.schemes)


@EACH
def test_a_token_that_stands_in_the_body_is_named_among_what_is_to_be_hidden(provider: Provider) -> None:
    for scheme in provider.schemes:
        if isinstance(scheme, Token) and scheme.place:
            assert scheme.place in provider.redact


@EACH
def test_what_is_hidden_is_no_id_or_type_and_can_be_found(provider: Provider) -> None:
    read = {part for place in (*provider.id, *provider.type, *provider.once) for part in place.split("+")}
    for place in provider.redact:
        assert place not in read
        assert re.fullmatch(r"json:[^>]+|form:[^>]+(>json:[^>]+)?", place)


@EACH
def test_a_provider_whose_notes_say_that_bodies_come_again_says_it_for_the_guard_too(
    provider: Provider,
) -> None:
    if any("again legitimately" in note for note in provider.notes):
        assert provider.bodies_recur


@EACH
def test_a_setting_is_a_field_of_a_scheme(provider: Provider) -> None:
    fields = {name for scheme in provider.schemes for name in scheme.__dataclass_fields__}
    assert provider.settings.keys() <= fields
    assert set(provider.required) <= provider.settings.keys()


@EACH
def test_a_token_has_a_place_or_the_operator_says_where(provider: Provider) -> None:
    for scheme in provider.schemes:
        if isinstance(scheme, Token):
            assert scheme.headers or scheme.parameter or scheme.place or "header" in provider.required


def hmacs(provider: Provider) -> list[Hmac]:
    return [scheme for scheme in provider.schemes if isinstance(scheme, Hmac)]


@EACH
def test_an_hmac_s_contents_hold_places_that_are_known_and_all_of_the_body(provider: Provider) -> None:
    for scheme in hmacs(provider):
        for content in (scheme.content, *scheme.contents):
            texts, found = split_template(content)[::2], split_template(content)[1::2]
            assert not [text for text in texts if re.search(r"\{[a-z_0-9]+[:}]", text)], content
            assert {*found} & {"body", "body_sha256_hex", "body_as_json", "contentful", "payload"}
            assert ("secret" in found) == (scheme.mac == "digest")


@EACH
def test_a_moment_that_an_hmac_is_said_to_cover_is_in_what_is_signed(provider: Provider) -> None:
    for scheme in hmacs(provider):
        outside = [scheme.timestamp_header, scheme.timestamp_field, scheme.timestamp_first]
        assert sum(map(bool, [*outside, scheme.timestamp_json])) <= 1
        for content in (scheme.content, *scheme.contents):
            covered = {*split_template(content)} & {"timestamp", "contentful"}
            assert bool(covered) == any(outside)


@EACH
def test_only_a_scheme_with_another_behind_it_leaves_requests_to_the_next(provider: Provider) -> None:
    yielding = [isinstance(scheme, Hmac) and scheme.yields for scheme in provider.schemes]
    assert not any(yielding[-1:])
    assert all(scheme.signature_field for scheme in hmacs(provider) if scheme.yields)


@EACH
def test_an_id_that_an_hmac_covers_is_in_the_body_or_in_a_header_that_is_signed(provider: Provider) -> None:
    for scheme in hmacs(provider):
        headers = {part for place in provider.id for part in place.split("+") if part.startswith("header:")}
        if provider.id_signed:
            assert headers <= {*split_template(scheme.content)}
        elif provider.id and not scheme.yields and "headers:h" not in split_template(scheme.content):
            assert headers


@EACH
def test_its_words_say_what_is_known_and_not_how_it_came_to_be_known(provider: Provider) -> None:
    words = " ".join((provider.secret, provider.proof, *provider.notes))
    assert "  " not in words
    assert not re.search(r"memory|unconfirmed|registry's|hookdeck:|vendor page", words, re.IGNORECASE)
    assert all(note.endswith(".") for note in provider.notes)


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
    known = {field.name for scheme in provider.schemes for field in scheme.__dataclass_fields__.values()}
    assert provider.settings.keys() <= known
    assert set(provider.required) <= provider.settings.keys()
