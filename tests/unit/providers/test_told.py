"""What is told about providers: the page is current, and everything that a person needs is said."""

import json
import re
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner

from gateway.providers import PROVIDERS
from gateway.providers.schema import SCHEMES, Answer, Handshake, Hmac, Provider
from hookline.catalogue import identity, place, retries, steps, told
from hookline.cli import main
from hookline.cli import providers as shown
from hookline.coverage import covered
from hookline.deployed import Deployed
from hookline.described import described
from hookline.providers_page import PAGE, page

EACH = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == page(PROVIDERS.values()), "make providers-page"


def made(**facts: object) -> Provider:
    settings = {"docs": "https://example.com/docs", "schemes": (Hmac(header="X-S"),), "secret": "its secret"}
    return Provider(**{"name": "made", "title": "Made", **settings, **facts})  # type: ignore[arg-type]


@EACH
def test_each_has_a_row_with_its_id_and_how_sure_it_is(provider: Provider) -> None:
    rows = re.findall(rf"^\| `{provider.name}` \|.*$", PAGE.read_text(), re.MULTILINE)
    assert len(rows) == 1
    assert ("cannot be told apart" in rows[0]) == (not provider.id or provider.recurs)
    assert ("not covered by the signature" in rows[0]) == (
        bool(provider.id) and not provider.id_signed and not provider.recurs
    )
    assert f"| {covered(provider)} |" in rows[0]
    assert ("unproven" in rows[0]) == (provider.confidence in ("registry", "unconfirmed"))


@EACH
def test_each_is_told_whole(provider: Provider) -> None:
    text = "\n".join(f"{name} {what}" for name, what in told(provider))
    assert provider.secret in text
    assert provider.docs in text
    for fact in (*provider.settings, *provider.named, *provider.notes):
        assert fact in text
    for one in provider.schemes:
        assert described(one) in text


@EACH
def test_a_scheme_s_words_name_where_the_signature_stands(provider: Provider) -> None:
    for scheme in provider.schemes:
        words = described(scheme).lower()
        named = any(header in words for header in scheme.headers)
        assert named or not scheme.headers or scheme.family == "basic"
        assert "\n" not in words
        assert " in :" not in words


def test_every_family_has_words_even_without_a_sentence_of_its_own() -> None:
    assert SCHEMES
    for scheme in {type(one): one for provider in PROVIDERS.values() for one in provider.schemes}.values():
        assert described(scheme)


def test_the_steps_name_the_urls_and_the_settings_that_are_needed() -> None:
    needs = made(settings={"topic": "which one"}, required=("topic",))
    first, second, third, fourth = steps(needs, ["https://a.example.com/made"])
    assert "{provider: made, settings: {topic: …}}" in first
    assert second.endswith("https://a.example.com/made")
    assert "its secret" in third
    assert fourth.endswith("hookline secrets set made")
    assert "<your gateway>" in steps(needs, [])[1]


def test_facts_that_only_some_have_are_told() -> None:
    text = dict(
        told(
            made(
                named={"verify_token": "what Made is given"},
                redact=("json:secret",),
                items="json:",
                answer_within=3,
                confidence="registry",
                handshakes=(Handshake(where=(("json:type", "ping"),), body="pong"),),
            )
        )
    )
    assert text["verify_token"] == "beside the keys in the secret: what Made is given"
    assert text["redacted"] == "JSON secret"
    assert text["events"] == "batches, in the whole body"
    assert text["answer"] == "200, within 3 s"
    assert text["proof"].startswith("unproven")
    assert text["handshake"] == "JSON type is 'ping': answered 200 with pong"


def test_what_an_answer_repeats_is_told() -> None:
    answer = Answer(body='{"id":{echo}}', echo="json:id", repeat="X-Id")
    words = "200 with '{\"id\":{echo}}' as text, {echo} being JSON id, repeating X-Id"
    assert dict(told(made(answer=answer)))["answer"] == words


def test_a_header_that_the_operator_names_is_told_as_such() -> None:
    words = described(Hmac(signature_field="v1", timestamp_field="t", content="{timestamp}.{body}"))
    assert "in v1= of the header that `settings` names" in words
    assert "query" not in words


def test_of_an_id_that_recurs_it_is_told_that_it_tells_none_apart() -> None:
    words = identity(made(id=("json:id",), recurs=True))
    assert words == "none: redeliveries cannot be told apart; JSON id comes with several events"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "not known"),
        (0, "none"),
        (30, "for 30 seconds"),
        (360, "for 6 minutes"),
        (3600, "for 1 hour"),
        (272_105, "for 3.1 days"),
    ],
)
def test_how_long_it_redelivers(seconds: int | None, words: str) -> None:
    assert retries(made(retries_for=seconds)) == words


def test_who_signs_nothing_has_no_secret_to_set() -> None:
    first, _ = steps(made(schemes=()), [])
    assert "verify: none, path: /in/" in first


def test_a_named_secret_is_set_by_its_name() -> None:
    *_, last = steps(made(named={"verify_token": "what Made is given"}), [])
    assert last.endswith("hookline secrets set made --name verify_token")


@pytest.mark.parametrize(
    ("handshake", "words"),
    [
        (
            Handshake(methods=("GET",), unsigned=True, echo="query:c"),
            "GET, query c is there: answered 200 with {",
        ),
        (Handshake(where=(("json:type", 0),), status=204), "JSON type is 0: answered 204 without a body"),
        (Handshake(where=(("json:events", ()),)), "JSON events is empty: answered 200 without a body"),
        (
            Handshake(there=("header:X",), header=("X", "{echo}")),
            "X is there: answered 200 with X: {echo}",
        ),
        (Handshake(token=("query:t", "verify_token")), "if query t is the verify_token"),
        (Handshake(secret="header:X-Secret"), "while enrolment is open: header X-Secret becomes a key"),
    ],
)
def test_a_handshake_is_told(handshake: Handshake, words: str) -> None:
    assert words in dict(told(made(handshakes=(handshake,))))["handshake"]


def test_places_are_told_in_words() -> None:
    assert place("form:A+form:B") == "form A with form B"
    assert place("form:a>base64:>xml:b.c+::+header:D") == "xml b.c in base64 in form a with header D"
    signed = made(id=("header:X-Id", "json:id"), id_signed=True)
    assert identity(signed) == "header X-Id, else JSON id; covered by the signature"


def test_all_are_listed_with_their_confidence() -> None:
    result = CliRunner().invoke(main, ["providers"])
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert names == [*sorted(PROVIDERS), "custom"]
    listed = json.loads(CliRunner().invoke(main, ["providers", "--json"]).stdout)
    assert {one["name"] for one in listed} == set(PROVIDERS)
    assert all(one.keys() == {"name", "title", "family", "confidence"} for one in listed)


def test_one_is_shown_with_how_to_set_it_up() -> None:
    result = CliRunner().invoke(main, ["providers", "show", "stripe"])
    assert result.exit_code == 0
    for text in ("the endpoint's signing secret", "v1= of Stripe-Signature", "hookline secrets set stripe"):
        assert text in result.output
    document = json.loads(CliRunner().invoke(main, ["providers", "show", "stripe", "--json"]).stdout)
    assert document["schemes"][0]["family"] == "hmac-signature"
    assert document["urls"] == []


def test_an_unknown_one_is_told_by_the_nearest() -> None:
    result = CliRunner().invoke(main, ["providers", "show", "strpe"])
    assert result.exit_code == 1
    assert "did you mean 'stripe'" in result.output
    assert CliRunner().invoke(main, ["providers", "show", "custom"]).exit_code == 0


def test_the_urls_are_those_of_the_gateway_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hookline.yaml").write_text(
        "sources: {stripe: {provider: stripe}, eu: {provider: stripe}, github: {provider: github}}\n"
    )
    paths = {"stripe": "/stripe", "eu": "/in/eu", "github": "/github"}
    outputs = {"BaseUrl": "https://hooks.example.com", "Sources": json.dumps(paths)}
    deployed = Deployed(boto3.Session(region_name="us-east-1"), None, "hookline-dev", outputs)
    monkeypatch.setattr(shown, "reach", lambda *_: deployed)
    result = CliRunner().invoke(main, ["providers", "show", "stripe", "--stack", "hookline-dev"])
    assert "https://hooks.example.com/stripe or https://hooks.example.com/in/eu" in result.output
    assert "github" not in result.output
