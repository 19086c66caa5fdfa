"""Authentic requests, changed at random and in several places: none makes verification raise, and one that
still passes says what it said.

tests/conformance/test_garbage.py sends what was never signed; this is what comes close.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import handshakes
from gateway.request import Request
from gateway.verification import Rejected, Verified, keyless, plausible
from hookline.coverage import coverage
from tests.conformance.alterations import with_header, with_target
from tests.conformance.attacked import ATTACKED, Attacked
from tests.conformance.meaning import body_kept
from tests.unit.verification.requests import NOW

# One for each way of signing and each form of key: where the schemes are the same, so is what is done.
DISTINCT = {(one.scheme, one.name.partition("/")[2]): one for one in ATTACKED.values()}
SPLICES = st.sampled_from(
    (
        *(
            "",
            "=",
            ",",
            " ",
            ".",
            "\x00",
            "\ud800",
            "é",
            "٣",
            "\r\n",
            "t=",
            "v1=",
            "0" * 40,
            "[" * 200,
            "{",
            "}",
        ),
        *("%00", "%", "&", "=&", "null", "-1", "1e999", "9" * 30, '"', "\\", "\\ud800", "bt_signature="),
    )
)


@st.composite
def spliced(draw: Any, text: str) -> str:
    """With some of it cut out, doubled or replaced."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    middle = draw(
        SPLICES | st.just(text[start:end] * 2) | st.just(text[start:end][::-1]) | st.text(max_size=3)
    )
    return f"{text[:start]}{middle}{text[end:]}"


@st.composite
def mutated(draw: Any, request: Request) -> Request:
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("header", "header", "body", "body", "query", "name", "method")))
        if kind == "header" and request.headers:
            name = draw(st.sampled_from(sorted(request.headers)))
            request = with_header(request, name, draw(spliced(request.headers[name])))
        elif kind == "body":
            body = draw(spliced(request.body.decode("latin-1")))
            request = replace(request, body=body.encode("utf-8", "surrogatepass"))
        elif kind == "query":
            request = with_target(request, request.path, draw(spliced(request.query)))
        elif kind == "name":
            name = draw(st.sampled_from(sorted(request.headers)))
            request = with_header(request, draw(spliced(name)).lower(), request.headers[name])
        else:
            request = replace(request, method=draw(st.sampled_from(("GET", "post", "PUT", ""))))
    return request


@pytest.mark.parametrize("one", DISTINCT.values(), ids=lambda one: one.name)
def test_what_comes_close_is_refused_and_never_raises(one: Attacked) -> None:
    part = coverage(one.scheme)

    @settings(max_examples=50, deadline=None)
    @given(mutated(one.request))
    def asked(request: Request) -> None:
        verdict = one.verdict(request)
        assert isinstance(verdict, Verified | Rejected)
        if isinstance(verdict, Verified) and part in ("all of it", "some of its values"):
            assert body_kept(one, request)
        keyless(one.source, request)
        plausible(one.source, request, NOW)
        if greeting := handshakes.find(one.source, request, NOW):
            handshakes.answer(one.source, greeting, request, one.keys or ("key",))
        one.ids(request)

    asked()
