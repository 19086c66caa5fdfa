"""What is allowed but deserves a second look is told at each synth, with its line."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gateway.providers import PROVIDERS
from gateway.providers.schema import Handshake
from hookline.config.compile import compile_sources
from hookline.config.mistakes import ConfigurationError
from tests.sources import options

if TYPE_CHECKING:
    from tests.unit.config.conftest import Read


def test_a_source_that_takes_anybody_s_requests_is_warned_of(read: "Read") -> None:
    loaded = read("""
        sources:
          acme:
            provider: stripe
            verify: none
    """)
    assert loaded.warnings == (
        (
            "hookline.yaml:4: sources.acme.verify: none: anybody who knows the URL can send events as acme; "
            "nothing of them is verified"
        ),
    )


def test_an_event_should_be_kept_as_long_as_its_id(read: "Read") -> None:
    loaded = read("""
        sources:
          acme: {provider: github, retention: 22d, deduplicate: {window: 23d}}
          fine: {provider: github, retention: 22d, deduplicate: {window: 22d}}
    """)
    assert loaded.warnings == (
        (
            "hookline.yaml:2: sources.acme.retention: 22d is shorter than deduplicate.window, 23d: "
            "a late duplicate will name an event that is kept no longer"
        ),
    )


def test_a_window_should_outlast_the_provider_s_redeliveries(read: "Read") -> None:
    loaded = read("""
        sources:
          acme:
            provider: stripe
            deduplicate:
              window: 71h
          fine: {provider: stripe, deduplicate: {window: 72h}}
    """)
    assert loaded.warnings == (
        (
            "hookline.yaml:5: sources.acme.deduplicate.window: 71h is shorter than the 3d for which Stripe "
            "redelivers: a late redelivery is published once more"
        ),
    )


def test_a_source_whose_events_have_no_id_is_warned_of(read: "Read") -> None:
    loaded = read("""
        sources:
          bot: {provider: discord-events}
          erp: {provider: custom, verify: {scheme: token, header: X-Token}}
          fine: {provider: custom, verify: {scheme: token, header: X-Token}, event: {id: {json: id}}}
    """)
    sentence = (
        "gives its events no id of their own: a redelivery by the sender is published as a new event; "
        "only one by the gateway's own queue is recognised"
    )
    assert loaded.warnings == (
        f"hookline.yaml:2: sources.bot: discord-events {sentence}",
        f"hookline.yaml:3: sources.erp: custom {sentence}",
    )


HANDING = Handshake(methods=("POST",), unsigned=True, secret="header:X-Hook-Secret")


def test_an_open_enrolment_is_warned_of_and_compiled(read: "Read", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROVIDERS, "github", replace(PROVIDERS["github"], handshakes=(HANDING,)))
    loaded = read("""
        sources:
          acme:
            provider: github
            enrolment: open
          shut: {provider: github, enrolment: closed}
    """)
    assert loaded.warnings == (
        (
            "hookline.yaml:4: sources.acme.enrolment: open: whoever knows the URL can hand acme a key and "
            "then sign with it; close it as soon as github has sent its own"
        ),
    )
    sources = compile_sources(loaded.configuration)
    assert (sources["acme"].enrolment, sources["shut"].enrolment) == (True, False)


def test_an_enrolment_without_effect_is_a_mistake(read: "Read") -> None:
    with pytest.raises(ConfigurationError, match=r"github sends no key in a handshake: leave it out"):
        read("""
            sources:
              acme: {provider: github, enrolment: open}
        """)


def test_of_every_provider_a_window_that_its_redeliveries_outlast_is_warned_of(read: "Read") -> None:
    """And the window of a source that says nothing of it outlasts them all."""
    retrying = {
        name: known.retries_for for name, known in PROVIDERS.items() if known.id and known.retries_for
    }
    assert len(retrying) > 30
    for name, seconds in retrying.items():
        assert not [one for one in warned(read, name, None) if "redelivers" in one], name
        if seconds > 60:
            assert [one for one in warned(read, name, seconds - 1) if "redelivers" in one], name


def warned(read: "Read", provider: str, window: int | None) -> tuple[str, ...]:
    chosen = {"deduplicate": {"window": f"{window}s"}} if window else {}
    return read(json.dumps({"sources": {"acme": options(provider) | chosen}})).warnings
