"""Whatever anybody sends, verification answers with a refusal: it neither raises nor lets it pass."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import handshakes
from gateway.providers import PROVIDERS
from gateway.request import Request
from gateway.verification import Rejected, key_set, keyless, unusable, verify, verifying_key
from gateway.verification.remedies import remedy
from hookline.local.keys import form, generate
from tests.conformance.senders import NOW, SENDERS
from tests.sources import source

# Lone surrogates and NUL included.
ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=40) | st.text(max_size=40)
PIECES = st.lists(
    st.sampled_from(
        (
            *("t=", "v1=", "v1,", "v1a,", "v0=", "sha256=", ",", " ", "=", "Bearer ", "whsec_"),
            *("a" * 64, "0" * 128, "A" * 43 + "=", "é", "\ud800", "\x00"),
            *("1795435200", "-1", "9" * 400, "1e3", "٣", "nan"),
            *("eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJSUzI1NiJ9", "e30", ".", "JWT "),
            *('keyid="', 'signature="', 'headers="(request-target) host date digest"', '"', "(created)"),
            *("Mon, 23 Nov 2026 12:00:00 GMT", "2026-11-23T12:00:00Z", "SHA256withRSA"),
            *("https://api.paypal.com/cert", "https://[::1"),
        )
    ),
    max_size=8,
).map("".join)
HEADER = ANY_TEXT | PIECES
BODY = st.binary(max_size=60) | st.sampled_from(
    [
        *(b"", b"a=%ff&a", b"&" * 20_000, b"[" * 5000, b'{"type":1}', b'{"type":"url_verification"}'),
        *(b"\xff\xfe", b"eyJhbGciOiJub25lIn0.e30.", b"e30.e30.e30", b"p_signature=AAAA&a=1"),
        b'{"Type":"Notification","Message":"","MessageId":"","TopicArn":"","Timestamp":"","Signature":"AAAA"}',
    ]
)
TYPES = st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "APPLICATION/X-WWW-FORM-URLENCODED ;", "", "é"]
)
QUERIES = st.sampled_from(["", "bodySHA256=", "bodySHA256=é&bodySHA256=x", "a=%zz", "&" * 20_000]) | ANY_TEXT


# What these families read beside their signatures.
BESIDE = {
    "http-signature": {"date", "digest", "host"},
    "paypal": {
        "paypal-auth-algo",
        "paypal-cert-url",
        "paypal-transmission-id",
        "paypal-transmission-time",
    },
}


def names(provider: str) -> list[str]:
    """Every header that the provider's schemes read."""
    found = set()
    for scheme in PROVIDERS[provider].schemes:
        for name in scheme.headers:
            stem = name.removesuffix("-signature")
            found |= {name, f"{stem}-id", f"{stem}-timestamp"}
        found.add(getattr(scheme, "timestamp_header", "").lower() or "x-other")
        found |= BESIDE.get(scheme.family, set())
    return sorted(found)


@st.composite
def requests(draw: Any, provider: str) -> Request:
    headers = {name: draw(HEADER) for name in names(provider) if draw(st.integers(0, 9))}
    query = draw(QUERIES)
    return Request(
        method="POST",
        path="/in",
        query=query,
        headers={**headers, "content-type": draw(TYPES)},
        body=draw(BODY),
        url=f"{draw(st.sampled_from(['https://hooks.example.com', 'https://[::1', 'é', '']))}/in?{query}",
    )


# One provider for each way of signing: where the schemes are the same, so is what is done with garbage.
SIGNING = {provider.schemes: name for name, provider in PROVIDERS.items() if provider.schemes}
EACH = pytest.mark.parametrize("provider", sorted(SIGNING.values()))


@EACH
def test_garbage_is_refused_with_a_reason(provider: str) -> None:
    configured = source(provider)
    keys = [sender.key for sender in SENDERS.values() if sender.provider == provider]
    keys = keys or [verifying_key(configured.schemes, generate(form(configured.schemes[0])))]

    @settings(max_examples=300, deadline=None)
    @given(requests(provider))
    def refused(request: Request) -> None:
        verdict = verify(configured, keys, request, NOW)
        assert isinstance(verdict, Rejected)
        assert remedy(verdict.reason)
        key_set(configured, request)
        keyless(configured, request)
        if greeting := handshakes.find(configured, request, NOW):
            handshakes.answer(configured, greeting, request, keys or ["key"])

    refused()


@EACH
def test_garbage_as_a_key_verifies_nothing(provider: str) -> None:
    configured = source(provider)
    signed = [sender.request(next(iter(sender.bodies.values()))) for sender in SENDERS.values()]
    prefixes = st.sampled_from(["", "whsec_", "whpk_", "whsk_", "v1,whsec_"])

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.builds(str.__add__, prefixes, HEADER), max_size=3))
    def refused(keys: list[str]) -> None:
        for key in keys:
            unusable(configured.schemes, key)
        for request in signed:
            assert isinstance(verify(configured, keys, request, NOW), Rejected)

    refused()
