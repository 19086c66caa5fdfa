"""Whatever is changed on the way, the request of every provider is refused."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gateway.providers import PROVIDERS
from gateway.providers.schema import Token
from gateway.verification import Rejected, Verified
from hookline.coverage import coverage
from tests.conformance.alterations import (
    authenticating,
    cut,
    doubled,
    flipped,
    flipped_targets,
    reordered,
    rewritten,
    spaced,
    with_header,
)
from tests.conformance.attacked import ATTACKED, Attacked, other_key
from tests.conformance.meaning import FORM, body_kept, header_kept, named_parameters, query_kept, signs_url
from tests.conformance.shifts import shifted

EACH = pytest.mark.parametrize("one", ATTACKED.values(), ids=ATTACKED)


def test_every_provider_that_signs_is_attacked_by_each_of_its_schemes() -> None:
    signing = {name: len(provider.schemes) for name, provider in PROVIDERS.items() if provider.schemes}
    attacked = {(one.source.name, one.scheme.family, one.scheme.headers) for one in ATTACKED.values()}
    assert {name for name, _, _ in attacked} == set(signing)
    assert len({(one.source.name, one.name.partition("/")[0]) for one in ATTACKED.values()}) == sum(
        signing.values()
    )


@EACH
def test_the_request_itself_is_verified(one: Attacked) -> None:
    assert isinstance(one.verdict(one.request), Verified)


@EACH
def test_a_header_with_one_bit_changed(one: Attacked) -> None:
    for name in authenticating(one):
        values = (changed.decode("latin-1") for changed in flipped(one.request.headers[name].encode()))
        _refused(one, name, values)


@EACH
def test_a_header_that_is_missing(one: Attacked) -> None:
    for name in authenticating(one):
        assert not one.passes(with_header(one.request, name, None)), name


@EACH
def test_a_header_that_is_cut_or_has_more(one: Attacked) -> None:
    for name in authenticating(one):
        _refused(one, name, cut(one.request.headers[name]))


@EACH
def test_a_header_that_is_doubled_or_whose_parts_are_reordered(one: Attacked) -> None:
    for name in authenticating(one):
        value = one.request.headers[name]
        _refused(one, name, doubled(value))
        _refused(one, name, reordered(value))


@EACH
def test_a_header_in_another_encoding(one: Attacked) -> None:
    for name in authenticating(one):
        value = one.request.headers[name]
        _refused(one, name, rewritten(value))
        _refused(one, name, spaced(value))


def _refused(one: Attacked, name: str, values: Iterator[str]) -> None:
    for value in values:
        if value != one.request.headers[name] and one.passes(with_header(one.request, name, value)):
            assert header_kept(one, name, value), (name, one.request.headers[name], value)


@EACH
def test_a_body_with_one_bit_changed(one: Attacked) -> None:
    part = coverage(one.scheme)
    for body in flipped(one.request.body, 0):
        changed = replace(one.request, body=body)
        if one.passes(changed):
            assert part == "none of it" or body_kept(one, changed), body


@EACH
def test_what_is_said_of_the_body_is_so(one: Attacked) -> None:
    """Another body passes where the signature is said to cover none of it, and only there."""
    part = coverage(one.scheme)
    others = (b"", b"{}", b"[]", one.request.body + b" ", b" " + one.request.body, one.request.body[:-1])
    passed = [other for other in others if one.passes(replace(one.request, body=other))]
    assert bool(passed) or part != "none of it" or isinstance(one.scheme, Token)
    for other in passed:
        assert part == "none of it" or _says_the_same(one, other), other


def _says_the_same(one: Attacked, other: bytes) -> bool:
    """White space around JSON, for schemes that sign its values or that it is the token of."""
    return other.strip() == one.request.body or body_kept(one, replace(one.request, body=other))


@EACH
def test_a_body_of_another_type(one: Attacked) -> None:
    """What a body is said to be decides nothing about whether it is signed."""
    part = coverage(one.scheme)
    for content_type in ("application/json", FORM, "multipart/form-data; boundary=x", "text/plain", None):
        for body in (b'{"a":1}', b"a=1", b"", b"payload=%7B%7D", one.request.body + b"&a=1"):
            changed = replace(with_header(one.request, "content-type", content_type), body=body)
            if one.passes(changed) and body != one.request.body:
                assert part == "none of it" or _says_the_same(one, body), (content_type, body)


def test_a_body_of_which_nothing_is_covered_can_be_another() -> None:
    """Of tokens that stand in the body, all that is beside them."""
    for one in ATTACKED.values():
        if coverage(one.scheme) == "none of it":
            bodies = flipped(one.request.body or b"{}", 0)
            changed = (replace(one.request, body=body) for body in bodies)
            assert any(map(one.passes, changed)), one.name


@EACH
def test_values_that_are_parted_elsewhere(one: Attacked) -> None:
    """Where nothing stands between values that are signed, a note says so."""
    provider = PROVIDERS[one.source.name]
    for changed in shifted(one):
        if one.passes(changed):
            assert any(word in " ".join(provider.notes) for word in ("nothing between", "Nothing stands")), (
                changed
            )


@EACH
def test_a_path_or_query_with_one_bit_changed(one: Attacked) -> None:
    if signs_url(one) or named_parameters(one):
        for changed in flipped_targets(one.request):
            if one.passes(changed):
                assert query_kept(one, changed), changed.url


@EACH
def test_another_key_or_none(one: Attacked) -> None:
    for keys in (other_key(one), ("",), (" ",), ("", "\x00")):
        verdict = replace(one, published="").verdict(one.request, keys)
        assert isinstance(verdict, Rejected), keys
    assert isinstance(replace(one, published="").verdict(one.request, ()), Rejected)
