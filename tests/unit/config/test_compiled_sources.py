"""What the functions read is what hookline.yaml says."""

import json
from typing import TYPE_CHECKING

import pytest

from gateway import catalog
from gateway.providers import PROVIDERS
from gateway.providers.schema import Answer, Asymmetric, Hmac, Scheme, StandardWebhooks, Token
from hookline.config.compile import compile_document, compile_sources
from hookline.config.duration import DAY
from hookline.config.schema import Configuration
from tests.sources import options

if TYPE_CHECKING:
    from tests.unit.config.conftest import Read


def compiled(read: "Read", source: str, subscribers: str = "{}") -> catalog.Source:
    text = f"sources:\n  acme: {source}\nsubscribers: {subscribers}\n"
    return compile_sources(read(text).configuration)["acme"]


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_a_known_provider_is_taken_as_its_literal_says(read: "Read", name: str) -> None:
    source, provider = compiled(read, json.dumps(options(name))), PROVIDERS[name]
    assert (source.name, source.provider, source.path) == ("acme", name, "/acme")
    assert source.methods == provider.methods
    assert [type(scheme) for scheme in source.schemes] == [type(scheme) for scheme in provider.schemes]
    assert source.schemes == provider.schemes or provider.required
    assert (source.id, source.type, source.items) == (provider.id, provider.type, provider.items)
    assert (source.once, source.enrolment) == (provider.once, False)
    assert (source.volatile, source.handshakes, source.answer) == (
        provider.volatile,
        provider.handshakes,
        provider.answer,
    )
    assert source.unverified == (not provider.schemes)
    assert not source.draining
    assert (source.window, source.retention, source.shards, source.match) == (30 * DAY, 90 * DAY, 1, {})


def test_settings_of_a_source_are_taken_over(read: "Read") -> None:
    source = compiled(
        read,
        "{provider: stripe, path: /in/5b, volatile: [data.seen, pending_webhooks], tolerance: 10m, "
        "deduplicate: {window: 1m}, retention: 22d, throttle: {rate: 1001, burst: 5}}",
    )
    assert source.path == "/in/5b"
    assert source.volatile == ("pending_webhooks", "data.seen")
    assert [scheme.tolerance for scheme in source.schemes if isinstance(scheme, Hmac)] == [600]
    assert (source.window, source.retention) == (60, 22 * DAY)


def test_a_tolerance_holds_for_each_scheme_that_signs_a_timestamp(read: "Read") -> None:
    (asymmetric,) = compiled(read, "{provider: sendgrid, tolerance: 1d}").schemes
    assert isinstance(asymmetric, Asymmetric)
    assert asymmetric.tolerance == DAY
    standard, token = compiled(read, "{provider: gitlab, tolerance: 1m}").schemes
    assert isinstance(standard, StandardWebhooks)
    assert standard.tolerance == 60
    assert token == Token(header="X-Gitlab-Token")


@pytest.mark.parametrize(("rate", "shards"), [(1, 1), (500, 1), (501, 2), (1000, 2), (10_000, 20)])
def test_shards_take_two_writes_an_event_at_a_thousand_a_second(read: "Read", rate: int, shards: int) -> None:
    assert compiled(read, f"{{provider: stripe, throttle: {{rate: {rate}}}}}").shards == shards


def test_a_source_without_verification_has_no_scheme_and_says_so(read: "Read") -> None:
    for source in ("{provider: stripe, verify: none}", "{provider: custom, verify: none}"):
        unverified = compiled(read, source)
        assert unverified.unverified
        assert unverified.schemes == ()


def test_a_source_that_drains_is_still_there_and_says_so(read: "Read") -> None:
    assert compiled(read, "{provider: stripe, state: draining}").draining
    assert not compiled(read, "{provider: stripe, state: active}").draining


def test_a_source_that_is_expected_to_send_is_counted_unless_it_drains(read: "Read") -> None:
    assert compiled(read, "{provider: stripe, expect_every: 5m}").expected
    assert not compiled(read, "{provider: stripe}").expected
    assert not compiled(read, "{provider: stripe, expect_every: 5m, state: draining}").expected


@pytest.mark.parametrize(
    ("verify", "scheme"),
    [
        ("{scheme: hmac, header: X-S}", Hmac(header="X-S")),
        (
            (
                "{scheme: hmac, header: X-S, hash: sha512, encoding: base64url, prefix: 'v1=', key: hex, "
                "content: '{timestamp}.{header:X-Id}.{body}', timestamp_header: X-T, tolerance: 1h}"
            ),
            Hmac(
                header="X-S",
                hash="sha512",
                encoding="base64url",
                prefix="v1=",
                key="hex",
                content="{timestamp}.{header:X-Id}.{body}",
                timestamp_header="X-T",
                tolerance=3600,
            ),
        ),
        (
            "{scheme: hmac, header: S, content: '{timestamp}{body}', signature_field: s, timestamp_field: t}",
            Hmac(header="S", content="{timestamp}{body}", signature_field="s", timestamp_field="t"),
        ),
        (
            (
                "{scheme: hmac, header: S, more_headers: [S-2], query: sig, encoding: hex-upper, "
                "separator: ';', content: '{method} {path} {timestamp} {body_sha256_hex}', "
                "timestamp_header: X-T, timestamp_unit: rfc3339, key: sha256}"
            ),
            Hmac(
                header="S",
                more_headers=("S-2",),
                query="sig",
                encoding="hex-upper",
                separator=";",
                content="{method} {path} {timestamp} {body_sha256_hex}",
                timestamp_header="X-T",
                timestamp_unit="rfc3339",
                key="sha256",
            ),
        ),
        ("{scheme: token, header: X-T, prefix: 'Bearer '}", Token(header="X-T", prefix="Bearer ")),
    ],
)
def test_a_custom_scheme_is_compiled(read: "Read", verify: str, scheme: Scheme) -> None:
    assert compiled(read, f"{{provider: custom, verify: {verify}}}").schemes == (scheme,)


def test_a_custom_source_says_where_its_events_stand_and_what_it_wants_to_hear(read: "Read") -> None:
    source = compiled(
        read,
        "{provider: custom, verify: none, methods: [PUT, POST], volatile: [sent_at], "
        "event: {id: [{json: data.id}, {header: X-Id}], type: {form: kind}, items: {json: events}}, "
        "answer: {status: 202, content_type: text/plain, body: ok}}",
    )
    assert source.id == ("json:data.id", "header:X-Id")
    assert (source.type, source.items) == (("form:kind",), "json:events")
    assert (source.methods, source.volatile) == (("PUT", "POST"), ("sent_at",))
    assert source.answer == Answer(status=202, content_type="text/plain", body="ok")


def test_a_body_that_is_itself_the_array_of_a_batch_is_said_by_empty_text(read: "Read") -> None:
    source = compiled(read, "{provider: custom, verify: none, event: {id: {query: id}, items: {json: ''}}}")
    assert (source.id, source.items) == (("query:id",), "json:")


def test_what_filters_read_is_gathered_from_those_that_can_apply(read: "Read") -> None:
    source = compiled(
        read,
        "{provider: stripe}\n  other: {provider: github}",
        """
  mine: {events: {source: acme, match: {data: {object: {amount: [1]}}}}, queue: {}}
  all: {events: {match: {data: {object: {currency: [eur]}}, $or: [{type: [a]}, {mode: [true]}]}}, queue: {}}
  stripes: {events: {provider: [stripe], match: {id: [x]}}, queue: {}}
  others: {events: {source: other, match: {secret: [1]}}, queue: {}}
  githubs: {events: {provider: github, match: {secret: [1]}}, queue: {}}
  neither: {events: {source: acme, provider: github, match: {secret: [1]}}, queue: {}}
  plain: {events: {type: [push]}, queue: {}}""",
    )
    assert source.match == {
        "data": {"object": {"amount": {}, "currency": {}}},
        "type": {},
        "mode": {},
        "id": {},
    }


# One configuration cannot hold them all: throttles and routes have limits.
NAMES = sorted(PROVIDERS)
GROUPS = [NAMES[start : start + 60] for start in range(0, len(NAMES), 60)]


@pytest.mark.parametrize("names", GROUPS, ids=lambda names: f"{names[0]} to {names[-1]}")
def test_the_bundled_document_reads_back_as_the_same_sources(read: "Read", names: list[str]) -> None:
    sources = ", ".join(f"{name}: {json.dumps({**options(name), 'path': f'/{name}'})}" for name in names)
    configuration = read(
        f"sources: {{{sources}"
        """,
  erp: {provider: custom, verify: {scheme: hmac, header: X-S}, event: {id: {json: id}, items: {json: ''}}},
  open: {provider: custom, verify: none, answer: {status: 204}}}
subscribers:
  all: {events: {match: {data: {object: {id: [{exists: true}]}}}}, queue: {}}
"""
    ).configuration
    assert catalog.decode(json.loads(compile_document(configuration))) == compile_sources(configuration)


def test_the_order_of_entries_changes_no_byte_of_the_document(read: "Read") -> None:
    one = read("""
        sources: {a: {provider: stripe}, b: {provider: slack}}
        subscribers:
          x: {events: {match: {a: [1]}}, queue: {}}
          y: {events: {match: {b: [1]}}, queue: {}}
    """)
    other = read("""
        subscribers:
          y: {events: {match: {b: [1]}}, queue: {}}
          x: {events: {match: {a: [1]}}, queue: {}}
        sources: {b: {provider: slack}, a: {provider: stripe}}
    """)
    assert compile_document(one.configuration) == compile_document(other.configuration)


def test_a_configuration_can_be_made_without_a_file() -> None:
    configuration = Configuration.model_validate({"sources": {"stripe": {"provider": "stripe"}}})
    assert list(compile_sources(configuration)) == ["stripe"]
