"""Whatever a stranger sends, the answer is a 4xx, or to a greeting that needs no signature what it is due:
no exception, no 5xx, nothing accepted.
"""

import base64
import json
import string
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import handshakes
from gateway.providers import PROVIDERS
from gateway.providers.schema import Hmac, Token
from gateway.verification import secret_headers
from ingest import handler as ingest
from ingest.accept import Acceptance
from ingest.arrival import request_of
from tests.sources import source
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue

SOURCES = {name: source(name) for name, known in PROVIDERS.items() if known.schemes} | {
    "custom": source(
        "github",
        name="custom",
        schemes=(Hmac(header="X-Sig", content="{timestamp}.{body}", timestamp_header="X-At"),),
    ),
    "token": source("github", name="token", schemes=(Token(header="X-Token"),)),
}
# One of each kind of key that the schemes tell apart, so that each of them is reached.
KEYS = (
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whpk_" + base64.b64encode(bytes(32)).decode(),
    "a" * 64,
    "plain",
    "public:private",
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr/LjtrnmYcemSUtu5F2mkbGu6vVB1hYL7vWqd8MBQ4vDT2x5MRk0ILD8EMrNVrJDn",
)
INTERESTING = [
    *sorted({header for one in SOURCES.values() for header in secret_headers(one)}),
    "content-type",
    "webhook-id",
    "webhook-timestamp",
    "svix-id",
    "svix-timestamp",
    "x-at",
    "x-slack-request-timestamp",
    "x-signature-timestamp",
    "x-twilio-email-event-webhook-timestamp",
]
VALUES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=string.hexdigits + "=,. :", max_size=140),
    st.sampled_from(
        [
            "t=1700000000,v1=" + "0" * 64,
            "t=,v1=",
            "v1," + "A" * 44,
            "v1a," + "A" * 88,
            "sha256=" + "f" * 64,
            "v0=" + "f" * 64,
            "1700000000",
            "9" * 400,
            "-1",
            "１７００００００００",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-7",
            "\x00",
            "\ud800",
        ]
    ),
)
BODIES = st.one_of(
    st.none(),
    st.text(max_size=200),
    st.binary(max_size=200).map(lambda body: base64.b64encode(body).decode()),
    st.sampled_from(
        ["[" * 5000, '{"type":1}', '{"type":"url_verification","challenge":"x"}', "ssl_check=1", "a=%ff&a"]
    ),
)


@pytest.fixture(autouse=True)
def _stores_in_memory(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    queue = FakeQueue()
    acceptance = Acceptance(
        keys=FakeKeys(KEYS),
        queue=queue,
        payloads=FakePayloads(),
        mint=lambda _milliseconds: "0" * 26,
    )
    monkeypatch.setenv("HOOKLINE_STAGE", "test")
    monkeypatch.setenv("HOOKLINE_PUBLIC_URL", "https://hooks.example")
    monkeypatch.setenv("HOOKLINE_QUARANTINE_BUCKET", "")
    monkeypatch.setattr(ingest, "_sources", lambda: {one.path: one for one in SOURCES.values()})
    monkeypatch.setattr(ingest, "_acceptance", lambda: acceptance)
    yield
    capsys.readouterr()
    assert not queue.sent


@settings(max_examples=4000)
@given(
    name=st.sampled_from(sorted(SOURCES)),
    headers=st.dictionaries(st.sampled_from(INTERESTING) | st.text(max_size=20), VALUES, max_size=6),
    body=BODIES,
    encoded=st.booleans(),
    query=st.text(max_size=40),
)
def test_garbage_is_refused(
    name: str, headers: dict[str, str], body: str | None, encoded: bool, query: str
) -> None:
    event: dict[str, Any] = {
        "routeKey": f"POST /{name}",
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {"requestId": "request-1", "http": {"method": "POST", "path": f"/{name}"}},
        "isBase64Encoded": encoded,
    }
    if body is not None:
        event["body"] = body
    answer = ingest.handler(event, None)
    greeting = handshakes.find(SOURCES[name], request_of(event, "")) if answer["statusCode"] < 400 else None
    assert 400 <= answer["statusCode"] < 500 or (greeting and handshakes.before_verification(greeting))
    json.dumps(answer)
