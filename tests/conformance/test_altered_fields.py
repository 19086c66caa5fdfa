"""A signature or token in the query or in the body is refused like one in a header, when it is altered."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qsl, quote_plus, urlencode

import pytest

from gateway.providers.schema import Adyen, Hmac, Token
from gateway.request import Request
from hookline.coverage import coverage
from tests.conformance.alterations import cut, doubled, reordered, rewritten, spaced, with_target
from tests.conformance.attacked import ATTACKED, Attacked
from tests.conformance.meaning import FORM, body_kept, named_parameters

# What a signature, a token or the text of one looks like; shorter values are changed bit by bit elsewhere.
_LONG = re.compile(r"[A-Za-z0-9+/=|._-]{20,}")


def parameters(one: Attacked) -> list[str]:
    """Those of the query that a sender adds."""
    added = set(_pairs(one.request)) - set(_pairs(one.plain))
    return sorted({name for name, _ in added} & named_parameters(one))


def _pairs(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.query, keep_blank_values=True)


def texts(one: Attacked) -> list[str]:
    """Those that a sender puts into the body."""
    before, after = (set(_long(request)) for request in (one.plain, one.request))
    return sorted(after - before)


def _long(request: Request) -> Iterator[str]:
    if request.content_type == FORM:
        for _, value in parse_qsl(request.body.decode("latin-1")):
            yield from _LONG.findall(value)
    else:
        yield from (text for text in _LONG.findall(request.body.decode("latin-1")) if text.count(".") != 2)


QUERIED = [one for one in ATTACKED.values() if parameters(one)]
EMBODIED = [one for one in ATTACKED.values() if texts(one)]


def test_there_are_such_schemes() -> None:
    assert {"pandadoc", "dockerhub", "mailchimp", "paymob"} <= {one.name for one in QUERIED}
    embodied = {"adyen", "braintree", "aws-sns", "mailgun", "mailgun-1", "figma", "paddle-classic", "treezor"}
    assert embodied <= {one.name for one in EMBODIED}


@pytest.mark.parametrize("one", QUERIED, ids=lambda one: one.name)
def test_a_parameter_of_the_query(one: Attacked) -> None:
    for name in parameters(one):
        others = [pair for pair in _pairs(one.request) if pair[0] != name]
        value = dict(_pairs(one.request))[name]
        lists = [[*others, (name, text)] for text in _altered(value)]
        lists += [others, [*others, (name.upper(), value)]]
        for pairs in ([(name, value), (name, "x")], [(name, "x"), (name, value)], [(name, ""), (name, "")]):
            lists.append([*others, *pairs])
        # An HMAC in a parameter may stand beside others, as in a header: it is over the whole body.
        several = isinstance(one.scheme, Hmac)
        for pairs in lists:
            changed = with_target(one.request, one.request.path, urlencode(pairs, errors="surrogatepass"))
            assert not one.passes(changed) or (several and (name, value) in pairs), pairs


@pytest.mark.parametrize("one", EMBODIED, ids=lambda one: one.name)
def test_a_text_in_the_body(one: Attacked) -> None:
    form = one.request.content_type == FORM
    for text in texts(one):
        old = (quote_plus(text) if form else text).encode()
        assert old in one.request.body
        for other in _altered(text):
            new = (quote_plus(other) if form else json.dumps(other, ensure_ascii=False)[1:-1]).encode()
            changed = replace(one.request, body=one.request.body.replace(old, new))
            if one.passes(changed):
                assert coverage(one.scheme) != "none of it", other
                assert body_kept(one, changed), other


@pytest.mark.parametrize("one", ATTACKED.values(), ids=ATTACKED)
def test_a_field_that_stands_twice(one: Attacked) -> None:
    """One reader would take the first, another the last: which was meant, nobody can say."""
    for first, last in _doubled_fields(one.request):
        passed = [one.passes(replace(one.request, body=body)) for body in (first, last)]
        if coverage(one.scheme) == "none of it" or not any(passed):
            continue
        # Both pass, or none: where it is of those that are signed, neither.
        assert passed == [True, True], last
        assert body_kept(one, replace(one.request, body=last)), last


def _doubled_fields(request: Request) -> Iterator[tuple[bytes, bytes]]:
    """With another value of each field put before all, and behind them."""
    body = request.body
    if request.content_type == FORM:
        for name, _ in parse_qsl(body.decode("latin-1"), keep_blank_values=True):
            field = urlencode({name: "x"}).encode()
            yield field + b"&" + body, body + b"&" + field
    with suppress(ValueError):
        document = json.loads(body)
        for name in document if isinstance(document, dict) else ():
            member = json.dumps({name: "x"})[1:-1].encode()
            yield body[:1] + member + b"," + body[1:], body.rstrip()[:-1] + b"," + member + b"}"


@pytest.mark.parametrize(
    "one",
    [
        one
        for one in ATTACKED.values()
        if isinstance(one.scheme, Adyen) or (isinstance(one.scheme, Token) and one.scheme.items)
    ],
    ids=lambda one: one.name,
)
def test_an_item_that_is_slipped_into_a_batch(one: Attacked) -> None:
    """Unsigned, or signed for another; each element of the batch counts."""
    assert isinstance(one.scheme, Adyen | Token)
    name = "notificationItems" if isinstance(one.scheme, Adyen) else one.scheme.items.removeprefix("json:")
    document = json.loads(one.request.body)
    first = document[name][0]
    unsigned = json.loads(one.plain.body)[name][0]
    text = json.dumps(first).replace('"pspReference": "', '"pspReference": "X').replace(one.key, "another")
    slipped: tuple[object, ...] = (unsigned, {}, None, [], "", json.loads(text))
    for item in slipped:
        for items in ([first, item], [item, first], [first, first, item]):
            body = json.dumps({**document, name: items}).encode()
            assert not one.passes(replace(one.request, body=body)), items
    again = json.dumps({**document, name: [first, first]}).encode()
    assert one.passes(replace(one.request, body=again))


def _altered(value: str) -> Iterator[str]:
    for alter in (cut, doubled, reordered, rewritten, spaced):
        yield from (text for text in alter(value) if text != value)
