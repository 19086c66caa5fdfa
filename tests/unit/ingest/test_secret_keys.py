"""Keys are remembered, read again in time, and never made up."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from gateway.errors import KeysUnavailable
from gateway.stores.secrets import FRESH_SECONDS, RENEWAL_SECONDS, RENEWALS, SecretKeys
from gateway.verification.keys import KEYS_AT_MOST


class FakeSecretsManager:
    """GetSecretValue as boto3 answers it."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.failing = False
        self.forgetful = False
        self.calls = 0

    def get_secret_value(self, *, SecretId: str) -> dict[str, Any]:  # noqa: N803 - boto3's own name
        self.calls += 1
        assert SecretId == "hookline/test/stripe"
        if self.failing:
            raise ClientError({"Error": {"Code": "InternalServiceError", "Message": "no"}}, "GetSecretValue")
        return {"SecretString": self.value if isinstance(self.value, str) else json.dumps(self.value)}

    def put_secret_value(self, *, SecretId: str, SecretString: str) -> None:  # noqa: N803
        assert SecretId == "hookline/test/stripe"
        if not self.forgetful:
            self.value = SecretString


class Store:
    def __init__(self, value: object) -> None:
        self.now = 1000.0
        self.client = FakeSecretsManager(value)
        self.keys = SecretKeys(self.client, "hookline/test/", lambda: self.now)  # type: ignore[arg-type]


def test_keys_are_read_once_while_they_are_fresh() -> None:
    store = Store({"keys": ["new", "old"]})
    assert [tuple(store.keys.active("stripe")) for _ in range(3)] == [("new", "old")] * 3
    assert store.client.calls == 1
    store.now += FRESH_SECONDS
    store.keys.active("stripe")
    assert store.client.calls == 2


def test_renewing_reads_at_once() -> None:
    store = Store({"keys": ["old"]})
    store.keys.active("stripe")
    store.client.value = {"keys": ["new", "old"]}
    assert tuple(store.keys.renewed("stripe")) == ("new", "old")
    assert tuple(store.keys.active("stripe")) == ("new", "old")


def test_forged_requests_cannot_make_us_read_without_end() -> None:
    store = Store({"keys": ["key"]})
    for _ in range(1000):
        store.keys.renewed("stripe")
    assert store.client.calls <= RENEWALS
    store.now += RENEWAL_SECONDS
    for _ in range(1000):
        store.keys.renewed("stripe")
    assert store.client.calls <= RENEWALS + 1


def test_what_was_read_stays_in_force_while_the_store_fails() -> None:
    store = Store({"keys": ["key"]})
    store.keys.active("stripe")
    store.client.failing = True
    store.now += FRESH_SECONDS
    assert tuple(store.keys.active("stripe")) == ("key",)


def test_a_verdict_that_needs_a_failing_store_is_not_given() -> None:
    store = Store({"keys": ["key"]})
    store.keys.active("stripe")
    store.client.failing = True
    with pytest.raises(KeysUnavailable):
        store.keys.renewed("stripe")


def test_a_store_that_comes_back_is_read_again() -> None:
    store = Store({"keys": ["key"]})
    store.client.failing = True
    for _ in range(100):
        with pytest.raises(KeysUnavailable):
            store.keys.active("stripe")
    assert store.client.calls <= RENEWALS
    store.client.failing = False
    store.now += RENEWAL_SECONDS
    assert tuple(store.keys.active("stripe")) == ("key",)


def test_a_key_set_after_none_was_there_is_found_soon() -> None:
    store = Store({"keys": []})
    with pytest.raises(KeysUnavailable, match="hookline secrets set stripe"):
        store.keys.active("stripe")
    store.client.value = {"keys": ["key"]}
    assert tuple(store.keys.active("stripe")) == ("key",)


@pytest.mark.parametrize(
    "value", ["plain-text-key", "[]", "{}", {"keys": "abc"}, {"keys": {"a": 1}}, "null", ""]
)
def test_a_value_of_another_shape_is_our_trouble_and_is_not_quoted(value: object) -> None:
    store = Store(value)
    with pytest.raises(KeysUnavailable) as raised:
        store.keys.active("stripe")
    assert "plain-text-key" not in str(raised.value)


def test_empty_keys_are_left_out() -> None:
    assert tuple(Store({"keys": ["", "key", None, 5]}).keys.active("stripe")) == ("key",)


def test_what_stands_beside_the_keys_is_known_by_its_name() -> None:
    store = Store({"keys": [], "verify_token": "v", "empty": "", "number": 5})
    assert store.keys.named("stripe") == {"verify_token": "v"}
    store.client.value = {"keys": [], "verify_token": "w"}
    assert store.keys.named("stripe") == {"verify_token": "v"}
    assert store.keys.named("stripe", again=True) == {"verify_token": "w"}
    assert store.client.calls == 2


def test_names_that_were_never_read_are_not_none() -> None:
    store = Store({"keys": [], "verify_token": "v"})
    store.client.failing = True
    with pytest.raises(KeysUnavailable):
        store.keys.named("stripe")
    store.client.failing = False
    store.keys.named("stripe")
    store.client.failing = True
    assert store.keys.named("stripe") == {"verify_token": "v"}
    with pytest.raises(KeysUnavailable):
        store.keys.named("stripe", again=True)


def test_a_key_that_is_enrolled_stands_in_front_and_leaves_the_rest() -> None:
    store = Store({"keys": ["old"], "verify_token": "v"})
    assert store.keys.enrol("stripe", "new")
    assert store.keys.enrol("stripe", "old")
    assert json.loads(str(store.client.value)) == {"keys": ["new", "old"], "verify_token": "v"}
    assert tuple(store.keys.active("stripe")) == ("new", "old")


def test_more_keys_than_a_request_can_be_held_against_are_not_enrolled() -> None:
    store = Store({"keys": [f"key {number}" for number in range(KEYS_AT_MOST)]})
    assert not store.keys.enrol("stripe", "new")
    assert "new" not in json.dumps(store.client.value)


@pytest.mark.parametrize("trouble", ["failing", "forgetful"])
def test_a_key_that_is_not_in_force_is_not_said_to_be(trouble: str) -> None:
    store = Store({"keys": ["old"]})
    setattr(store.client, trouble, True)
    with pytest.raises(KeysUnavailable):
        store.keys.enrol("stripe", "new")


def test_a_value_of_another_shape_is_not_written_over() -> None:
    store = Store("plain-text-key")
    with pytest.raises(KeysUnavailable) as raised:
        store.keys.enrol("stripe", "new")
    assert store.client.value == "plain-text-key"
    assert "plain-text-key" not in str(raised.value)


def test_a_source_that_needs_no_key_is_not_in_trouble_without_one() -> None:
    store = Store({"keys": []})
    assert [tuple(store.keys.pinned("stripe")) for _ in range(9)] == [()] * 9
    assert store.client.calls == 1
    store.client.value = {"keys": ["own"]}
    store.now += FRESH_SECONDS
    assert tuple(store.keys.pinned("stripe")) == ("own",)
    store.client.failing = True
    store.now += FRESH_SECONDS
    assert tuple(store.keys.pinned("stripe")) == ("own",)


def test_keys_that_were_never_read_are_our_trouble_even_if_none_is_needed() -> None:
    store = Store({"keys": []})
    store.client.failing = True
    with pytest.raises(KeysUnavailable):
        store.keys.pinned("stripe")
