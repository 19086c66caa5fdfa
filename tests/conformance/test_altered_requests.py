"""Whatever is changed on the way, the request is refused."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from gateway.request import Request
from gateway.verification import Rejected, verify
from tests.conformance.senders import NOW, SENDERS, Sender
from tests.sources import source

EACH = pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS)

# Sent beside the signature and covered by it.
SIGNED_HEADERS = {
    "webhook-id",
    "webhook-timestamp",
    "svix-id",
    "svix-timestamp",
    "x-slack-request-timestamp",
    "x-signature-timestamp",
    "x-twilio-email-event-webhook-timestamp",
}


def request_of(sender: Sender) -> Request:
    return sender.request(next(iter(sender.bodies.values())))


def flipped(value: bytes) -> Iterator[bytes]:
    """Each copy of `value` with one bit changed."""
    for position in range(len(value)):
        for bit in range(8):
            changed = bytearray(value)
            changed[position] ^= 1 << bit
            yield bytes(changed)


def refused(sender: Sender, request: Request) -> bool:
    return isinstance(verify(source(sender.provider), [sender.key], request, NOW), Rejected)


def authenticating(sender: Sender) -> set[str]:
    schemes = source(sender.provider).schemes
    names = {name for scheme in schemes for name in scheme.headers} | SIGNED_HEADERS
    return names & set(request_of(sender).headers)


@EACH
def test_a_header_with_one_bit_changed(sender: Sender) -> None:
    request = request_of(sender)
    for name in authenticating(sender):
        for changed in flipped(request.headers[name].encode()):
            headers = {**request.headers, name: changed.decode("latin-1")}
            assert refused(sender, replace(request, headers=headers)), (name, changed)


@pytest.mark.parametrize("sender", [sender for name, sender in SENDERS.items() if name != "gitlab by token"])
def test_a_body_with_one_bit_changed(sender: Sender) -> None:
    request = request_of(sender)
    for changed in flipped(request.body):
        if sender.content_type == "application/json" or _another_form(request.body, changed):
            assert refused(sender, replace(request, body=changed)), changed


def _another_form(old: bytes, new: bytes) -> bool:
    """Twilio signs what a form means, not how it is written: %2B and %2b are the same."""

    def meaning(body: bytes) -> list[tuple[str, str]]:
        return sorted(parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1"))

    flat = ["".join(name + value for name, value in meaning(body)) for body in (old, new)]
    return flat[0] != flat[1]


@pytest.mark.parametrize("name", ["twilio form", "twilio JSON"])
def test_another_url_than_the_one_that_is_signed(name: str) -> None:
    request = request_of(SENDERS[name])
    for url in (
        request.url.replace("src=test", "src=tess"),
        request.url.replace("%20", "+"),
        request.url.replace("https", "http"),
        request.url.replace("hooks.", "hook."),
        request.url.partition("?")[0],
        request.url + "&more=1",
    ):
        assert refused(SENDERS[name], replace(request, url=url)), url


@EACH
def test_a_header_that_is_missing_empty_truncated_or_doubled(sender: Sender) -> None:
    request = request_of(sender)
    for name in authenticating(sender):
        value = request.headers[name]
        without = {key: kept for key, kept in request.headers.items() if key != name}
        assert refused(sender, replace(request, headers=without)), name
        for altered in (
            "",
            value[:-1],
            value[1:],
            value[: len(value) // 2],
            f"{value},{value}x",
        ):
            assert refused(sender, replace(request, headers={**without, name: altered})), (name, altered)


@EACH
def test_another_key(sender: Sender) -> None:
    other = {
        "whsec": "whsec_" + "A" * 32,
        "whpk_": "whpk_" + "A" * 43 + "=",
    }.get(sender.key[:5], sender.key[::-1])
    assert isinstance(verify(source(sender.provider), [other], request_of(sender), NOW), Rejected)
    assert isinstance(verify(source(sender.provider), [], request_of(sender), NOW), Rejected)
    assert isinstance(verify(source(sender.provider), ["", " "], request_of(sender), NOW), Rejected)
