"""hookline verify: one request from a file, judged here, told without a key or a signature."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import boto3
import pytest
from click.testing import CliRunner, Result

from gateway.request import Request
from gateway.verification.keys import fingerprint
from hookline.cli import given, main
from hookline.deployed import Deployed
from tests.unit.cli.test_keyring import Secrets
from tests.unit.diagnosis.cases import CASES, NOW, TEXT, WHSEC, github, request, sent

VECTORS = Path(__file__).resolve().parents[2] / "conformance" / "vectors.jsonl"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def message(arrived: Request) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in arrived.headers.items())
    return f"{arrived.method} {arrived.path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + arrived.body


def verify(arrived: Request, *arguments: str, keys: Sequence[str] = (TEXT,)) -> Result:
    """A saved request is always called `request.http`; keys come by standard input."""
    Path("request.http").write_bytes(message(arrived))
    asked = [*arguments, "request.http", "--now", str(NOW)]
    by_source = "--source" in arguments
    given_keys = [] if by_source else ["--key-file", "-"]
    return CliRunner().invoke(main, ["verify", *asked, *given_keys], input="\n".join(keys))


def test_an_authentic_request_is_verified_with_the_key_that_signed_it(folder: Path) -> None:
    result = verify(sent("github", TEXT), "github", keys=("another", TEXT))
    assert result.exit_code == 0
    assert f"keys      {fingerprint('another')}, {fingerprint(TEXT)}" in result.output
    assert f"verified  hmac-sha256 with key {fingerprint(TEXT)}" in result.output
    assert "key_former: signed with" in result.output


def test_each_step_of_a_refusal_is_told(folder: Path) -> None:
    result = verify(CASES["JSON with escapes"][1].request, "github")
    assert result.exit_code == 1
    for told in (
        "scheme   HMAC-SHA256 over {body}, as hex in X-Hub-Signature-256, after 'sha256='",
        "header   x-hub-signature-256: 71 characters: sha256=<64 hex>",
        "signed   73 bytes, SHA-256 ",
        "refused  signature_mismatch: ",
        "body_escaped: signed as JSON",
    ):
        assert told in result.output


def test_a_timestamp_is_told_with_its_age(folder: Path) -> None:
    result = verify(sent("slack", TEXT, at=NOW - 400), "slack")
    assert "1795434800 (2026-11-23T11:53:20Z), 400 s ago, 300 s allowed" in result.output


def test_gitlab_s_token_is_told_from_its_signing_token(folder: Path) -> None:
    spoilt = CASES["GitLab's token where its signing token is set"][1]
    result = verify(spoilt.request, "gitlab", keys=spoilt.keys)
    assert "webhook-signature: not there" in result.output
    assert "also there  x-gitlab-token: 20 characters: <20 base64url>" in result.output
    assert "key_of_another_scheme: the request has the secret itself, in X-Gitlab-Token" in result.output


def test_a_handshake_is_no_event(folder: Path) -> None:
    body = b'{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV"}'
    result = verify(sent("slack", TEXT, request(body)), "slack")
    assert result.exit_code == 0
    assert "answered 200, 20 characters; it is no event" in result.output


@pytest.mark.parametrize("name", CASES)
def test_no_key_and_no_signature_is_printed(folder: Path, name: str) -> None:
    spoilt = CASES[name][1]
    if spoilt.source.provider == "erp":
        return
    result = verify(spoilt.request, spoilt.source.provider, keys=spoilt.keys)
    assert result.exit_code in (0, 1)
    secret = {key.strip() for key in spoilt.keys} | {TEXT, WHSEC}
    names = {name for scheme in spoilt.source.schemes for name in scheme.headers}
    secret |= {value for name in names if len(value := spoilt.request.header(name) or "") > 10}
    assert not [value for value in secret if value in result.output]


def test_json_is_for_programs(folder: Path) -> None:
    result = verify(github(TEXT, f"{TEXT}\n").request, "github", "--json")
    document = json.loads(result.output)
    assert [step["name"] for step in document["steps"]][:3] == ["request", "scheme", "header"]
    assert document["findings"][0]["cause"] == "key_newline"
    assert document["findings"][0]["remedy"]


def test_keys_may_be_the_secret_s_json(folder: Path) -> None:
    assert verify(sent("github", TEXT), "github", keys=[json.dumps({"keys": ["a", TEXT]})]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("strpe", "request.http"), "unknown provider 'strpe': did you mean 'stripe'"),
        (("github",), "name a PROVIDER and a FILE"),
        (("github", "none.http"), "none.http cannot be read"),
        (("github", "request.http", "--setting", "x"), "write NAME=VALUE"),
        (("github", "request.http", "--setting", "x=1"), "unknown setting of github 'x'"),
        (("github", "request.http", "--now", "yesterday"), "write unix seconds"),
        (("github", "request.http", "--now", "nan"), "is no moment"),
        (("github", "request.http", "--now", "inf"), "is no moment"),
        (("github", "request.http", "--now", "-1"), "is no moment"),
        (("--source", "a", "request.http", "--setting", "x=1"), "leave --setting and --key-file out"),
        (("github", "request.http", "--vectors", "request.http"), "leave PROVIDER, FILE and --source out"),
    ],
)
def test_what_is_asked_wrongly_is_told(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    (folder / "request.http").write_bytes(message(sent("github", TEXT)))
    result = CliRunner().invoke(main, ["verify", *arguments], input=TEXT)
    assert result.exit_code in (1, 2)
    assert told in result.output


def test_a_key_is_never_an_argument(folder: Path) -> None:
    (folder / "request.http").write_bytes(message(sent("github", TEXT)))
    result = CliRunner().invoke(main, ["verify", "github", "request.http"])
    assert result.exit_code == 2
    assert "pipe it in and say --key-file -" in result.output


def test_no_key_is_asked_for_where_nothing_is_signed(folder: Path) -> None:
    (folder / "request.http").write_bytes(message(request(b"id=tr_1")))
    result = CliRunner().invoke(main, ["verify", "mollie-classic", "request.http"])
    assert result.exit_code == 0
    assert "none: the source takes anybody's requests" in result.output


class Session:
    """boto3's, with Secrets Manager alone."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets

    def client(self, service: str, **_: Any) -> Secrets:
        assert service == "secretsmanager"
        return self.secrets


@pytest.fixture
def running(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    """A gateway with two sources of GitHub's, whose keys are in these secrets."""
    (folder / "hookline.yaml").write_text(
        "sources:\n  github: {provider: github}\n  github-eu: {provider: github}\nsubscribers: {}\n"
    )
    secrets = Secrets(**{"s/github": '{"keys": ["newest"]}', "s/github-eu": '{"keys": ["eu-key"]}'})
    outputs = {
        "BaseUrl": "https://hooks.example.com",
        "Sources": json.dumps({"github": "/github", "github-eu": "/github-eu"}),
        "SecretsPrefix": "s/",
    }
    deployed = Deployed(cast(boto3.Session, Session(secrets)), None, "hookline-dev", outputs)
    monkeypatch.setattr(given, "reach", lambda *_: deployed)
    return secrets


def test_a_source_is_verified_with_its_own_keys(running: Secrets) -> None:
    assert verify(sent("github", "newest"), "--source", "github").exit_code == 0


def test_that_addresses_are_not_checked_here_is_told(running: Secrets) -> None:
    document = Path("hookline.yaml").read_text()
    Path("hookline.yaml").write_text(
        document.replace("github: {provider: github", "github: {allow_from: 203.0.113.0/24, provider: github")
    )
    result = verify(sent("github", "newest"), "--source", "github")
    assert result.exit_code == 0
    told = "addresses  only from 203.0.113.0/24: no file says from where it came, so it is not checked"
    assert told in result.output


def test_a_key_of_the_source_that_is_out_of_force_is_named(running: Secrets) -> None:
    running.previous["s/github"] = '{"keys": ["former-key"]}'
    result = verify(sent("github", "former-key"), "--source", "github")
    assert result.exit_code == 1
    assert f"key_retired: signed with the former key {fingerprint('former-key')}" in result.output


def test_another_source_s_key_is_named(running: Secrets) -> None:
    result = verify(sent("github", "eu-key"), "--source", "github")
    assert "key_of_another_source: signed with a key of source github-eu" in result.output


def test_vectors_are_told_a_line_each_and_summed_up(folder: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "--vectors", str(VECTORS)])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(lines) == len(VECTORS.read_text().splitlines())
    members = {"id", "outcome", "reason", "event_id", "event_type", "response"}
    assert all(members <= line.keys() for line in lines)
    assert {line["outcome"] for line in lines} == {"valid", "invalid", "challenge"}
    assert result.stderr == f"{len(lines)} vectors: {len(lines)} agree, 0 disagree\n"


def test_a_vector_that_disagrees_is_told_and_fails_the_run(folder: Path) -> None:
    told = json.loads(VECTORS.read_text().splitlines()[0])
    other = {**told, "id": "other", "expected": "invalid"}
    (folder / "v.jsonl").write_text(f"{json.dumps(told)}\n\n{json.dumps(other)}\n")
    result = CliRunner().invoke(main, ["verify", "--vectors", "v.jsonl"])
    assert result.exit_code == 1
    assert result.stderr == "other: valid; expected invalid\n2 vectors: 1 agree, 1 disagree\n"
    (folder / "v.jsonl").write_text(f"{json.dumps(told)}\nnothing\n")
    result = CliRunner().invoke(main, ["verify", "--vectors", "v.jsonl"])
    assert result.exit_code == 1
    assert "v.jsonl: line 2 is no vector" in result.stderr


def test_a_timestamp_is_told_in_whatever_way_it_is_written(folder: Path) -> None:
    arrived = sent("metronome", TEXT, at=NOW - 100)
    result = verify(arrived, "metronome")
    assert "GMT (2026-11-23T11:58:20Z), 100 s ago, 300 s allowed" in result.output
