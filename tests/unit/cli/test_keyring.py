"""A source's keys: the newest in front, former ones in force, the last never taken away."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError
from click.testing import CliRunner

from gateway.providers import PROVIDERS
from gateway.verification.keys import KEYS_AT_MOST, fingerprint
from hookline.cli import main
from hookline.keyring import Keyring
from hookline.local.trouble import Trouble

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


class Secrets:
    """Secrets Manager with the calls that a keyring makes."""

    def __init__(self, **values: str) -> None:
        self.values = values
        self.previous: dict[str, str] = {}

    def get_secret_value(self, *, SecretId: str, VersionStage: str = "AWSCURRENT") -> dict[str, Any]:  # noqa: N803
        values = {"AWSCURRENT": self.values, "AWSPREVIOUS": self.previous}[VersionStage]
        if SecretId not in values:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")
        return {"SecretString": values[SecretId]}

    def put_secret_value(self, *, SecretId: str, SecretString: str) -> None:  # noqa: N803
        self.previous[SecretId] = self.values[SecretId]
        self.values[SecretId] = SecretString


def keyring(*keys: str) -> Keyring:
    return ring(Secrets(stripe=json.dumps({"keys": keys})))


def ring(secrets: Secrets) -> Keyring:
    return Keyring(cast("SecretsManagerClient", secrets), "stripe")


def test_a_new_key_is_in_front_and_former_ones_stay() -> None:
    keys = keyring("b", "a")
    assert keys.put_in_front("c") == [fingerprint(key) for key in "cba"]
    assert keys.keys() == ["c", "b", "a"]


def test_a_known_key_moves_to_the_front() -> None:
    keys = keyring("b", "a")
    keys.put_in_front("a")
    assert keys.keys() == ["a", "b"]


@pytest.mark.parametrize(("keep", "left"), [(0, ["d"]), (1, ["d", "c"]), (9, ["d", "c", "b", "a"])])
def test_as_many_former_keys_stay_as_are_kept(keep: int, left: list[str]) -> None:
    keys = keyring("c", "b", "a")
    keys.put_in_front("d", keep)
    assert keys.keys() == left


def test_there_are_never_more_than_a_request_can_be_held_against() -> None:
    keys = keyring()
    for number in range(KEYS_AT_MOST + 5):
        keys.put_in_front(f"key {number}")
    assert len(keys.keys()) == KEYS_AT_MOST


def test_a_key_is_removed_by_its_fingerprint() -> None:
    keys = keyring("b", "a")
    assert keys.remove(fingerprint("b")) == [fingerprint("a")]
    assert keys.keys() == ["a"]


def test_the_last_key_is_not_taken_away() -> None:
    keys = keyring("a")
    with pytest.raises(Trouble, match="set another first"):
        keys.remove(fingerprint("a"))
    assert keys.keys() == ["a"]


def test_an_unknown_fingerprint_is_told_with_those_there_are() -> None:
    with pytest.raises(Trouble, match=rf"no key .* there are {fingerprint('a')}"):
        keyring("a").remove("0123456789ab")


def test_a_missing_secret_is_told_with_the_remedy() -> None:
    with pytest.raises(Trouble, match=r"no secret stripe: was its source in the deployed hookline\.yaml\?"):
        ring(Secrets()).keys()


@pytest.mark.parametrize("value", ["sk_live_1", '["sk_live_1"]', '{"key": "sk_live_1"}', '{"keys": 5}'])
def test_a_secret_of_another_shape_is_never_quoted(value: str) -> None:
    with pytest.raises(Trouble, match="holds no") as caught:
        ring(Secrets(stripe=value)).keys()
    assert "sk_live_1" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_keys_of_the_value_before_are_known_when_they_are_out_of_force() -> None:
    keys = keyring("b", "a")
    assert keys.retired() == []
    keys.put_in_front("c", keep=1)
    assert keys.keys() == ["c", "b"]
    assert keys.retired() == ["a"]


def test_a_former_value_of_another_shape_holds_no_keys() -> None:
    secrets = Secrets(stripe='{"keys": ["a"]}')
    secrets.previous["stripe"] = "whsec_by_hand"
    assert ring(secrets).retired() == []


def test_what_stands_beside_the_keys_is_known_by_its_name() -> None:
    secrets = Secrets(stripe='{"keys": ["a"], "verify_token": "t", "other": 1}')
    assert ring(secrets).named() == {"verify_token": "t"}


def test_a_named_secret_stands_beside_the_keys_and_stays_when_they_change() -> None:
    secrets = Secrets(stripe=json.dumps({"keys": ["a"]}))
    ring(secrets).name("verify_token", "v")
    ring(secrets).put_in_front("b")
    ring(secrets).remove(fingerprint("a"))
    assert json.loads(secrets.values["stripe"]) == {"keys": ["b"], "verify_token": "v"}
    assert ring(secrets).names() == ["verify_token"]
    ring(secrets).name("verify_token", "w")
    assert json.loads(secrets.values["stripe"])["verify_token"] == "w"


CONFIG = "sources:\n  facebook: {provider: verified}\nsubscribers: {}\n"


class Deployed:
    """A gateway with one source."""

    endpoint = None
    stack = "hookline-test"

    def __init__(self) -> None:
        self.secrets = Secrets(stripe='{"keys": []}')

    def path_of(self, source: str) -> str:
        return f"/{source}"

    def keyring(self, _source: str) -> Keyring:
        return ring(self.secrets)


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Deployed:
    known = Deployed()
    named = {"verify_token": "the word that you entered at the provider"}
    monkeypatch.setitem(PROVIDERS, "verified", replace(PROVIDERS["github"], name="verified", named=named))
    monkeypatch.setattr("hookline.cli.secrets.reach", lambda *_where: known)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hookline.yaml").write_text(CONFIG)
    return known


def test_a_named_secret_is_set_and_listed_without_its_value(deployed: Deployed) -> None:
    runner = CliRunner()
    arguments = ["secrets", "set", "facebook", "-", "--name", "verify_token"]
    assert runner.invoke(main, arguments, input="meatyhamhock\n").output == "facebook: verify_token is set\n"
    assert json.loads(deployed.secrets.values["stripe"]) == {"keys": [], "verify_token": "meatyhamhock"}
    assert runner.invoke(main, ["secrets", "list", "facebook"]).output == "verify_token\n"


@pytest.mark.parametrize(
    ("name", "secret", "told"),
    [
        ("verify_tokn", "x", "did you mean 'verify_token'?"),
        ("keys", "x", "unknown secret of verified beside its keys 'keys'"),
        ("verify_token", "  ", "verify_token is empty: nothing would ever match it"),
    ],
)
def test_a_name_that_the_provider_does_not_know_and_an_empty_secret_are_told(
    deployed: Deployed, name: str, secret: str, told: str
) -> None:
    result = CliRunner().invoke(main, ["secrets", "set", "facebook", "-", "--name", name], input=secret)
    assert result.exit_code == 1
    assert told in result.output
    assert deployed.secrets.values == {"stripe": '{"keys": []}'}


def test_a_custom_source_s_own_verify_token_is_set_by_its_name(deployed: Deployed) -> None:
    verify = "{scheme: hmac, header: X-S}"
    handshake = "{method: GET, echo: {query: c}, token: {query: t}}"
    Path("hookline.yaml").write_text(
        f"sources:\n  chat: {{provider: custom, verify: {verify}, handshake: {handshake}}}\n"
        f"  plain: {{provider: custom, verify: {verify}}}\n"
    )
    arguments = ["-", "--name", "verify_token"]
    runner = CliRunner()
    told = runner.invoke(main, ["secrets", "set", "chat", *arguments], input="word\n").output
    assert told == "chat: verify_token is set\n"
    refused = runner.invoke(main, ["secrets", "set", "plain", *arguments], input="word\n")
    assert "unknown secret of custom beside its keys 'verify_token'" in refused.output
