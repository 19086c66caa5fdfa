"""Schemes that sign the public URL refuse the request at any other."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from gateway.providers.schema import Fields, Hmac, HttpSignature, UrlForm
from gateway.request import Request
from tests.conformance.alterations import flipped_targets, with_target
from tests.conformance.attacked import ATTACKED, Attacked
from tests.conformance.meaning import query_kept, signs_url
from tests.unit.verification.requests import NOW

QUERY = "src=test&tag=a%20b"


def called_with_a_query(one: Attacked) -> Attacked:
    query = f"{one.plain.query}&{QUERY}" if one.plain.query else QUERY
    plain = with_target(one.plain, one.plain.path, query)
    called = replace(one, plain=plain)
    return replace(called, request=called.signed(NOW))


def signs_host(one: Attacked) -> bool:
    scheme = one.scheme
    match scheme:
        case UrlForm():
            return True
        case Hmac() | Fields():
            return "url}" in scheme.content
        case HttpSignature():
            return False
    return any(getattr(scheme, name, "") for name in ("url_claim", "url_hash"))


SIGNED = {name: called_with_a_query(one) for name, one in ATTACKED.items() if signs_url(one)}
EACH = pytest.mark.parametrize("one", SIGNED.values(), ids=SIGNED)


def test_these_sign_the_url() -> None:
    signed = {"twilio", "plivo", "mandrill", "square", "trello", "hubspot", "walmart", "keygen", "contentful"}
    assert signed < SIGNED.keys()


@EACH
def test_the_request_itself_is_verified(one: Attacked) -> None:
    assert one.passes(one.request)


@EACH
def test_another_path_or_query(one: Attacked) -> None:
    path, query = one.request.path, one.request.query
    for changed in (
        *flipped_targets(one.request),
        *(with_target(one.request, path, other) for other in _other_queries(query)),
        *(with_target(one.request, other, query) for other in (f"{path}/", f"{path}x", path.upper(), "/")),
    ):
        if one.passes(changed):
            assert query_kept(one, changed) or _same_query(one, changed), changed.url


def _other_queries(query: str) -> Iterator[str]:
    yield from ("", query.replace("%20", "+"), query.replace("src=test", "src=tess"), f"{query}&more=1")
    yield from ("&".join(reversed(query.split("&"))), query.replace("&tag", "&TAG"), f"{query}&src=test")


def _same_query(one: Attacked, changed: Request) -> bool:
    """Contentful signs the query as it is decoded; HubSpot both ways."""
    old, new = (parse_qsl(request.query, keep_blank_values=True) for request in (one.request, changed))
    return isinstance(one.scheme, Hmac) and old == new and one.request.path == changed.path


@pytest.mark.parametrize("one", [one for one in SIGNED.values() if signs_host(one)], ids=lambda one: one.name)
def test_another_host(one: Attacked) -> None:
    for old, new in (("https", "http"), ("hooks.", "hook."), (".com", ".com.forger.example"), ("//", "//x@")):
        changed = replace(one.request, url=one.request.url.replace(old, new, 1))
        assert not one.passes(changed), changed.url
