"""Published keys are remembered, fetched again in time, and used beyond it while that fails."""

import pytest

from gateway.errors import KeysUnavailable
from gateway.stores.guarded import Refused
from gateway.stores.key_sets import AGAIN_SECONDS, FETCHES, FRESH_SECONDS, URLS, KeySets

URL = "https://keys.example.com/jwks.json"


class Published:
    def __init__(self, body: bytes = b'{"keys":[]}') -> None:
        self.now = 1000.0
        self.body: bytes | None = body
        self.asked: list[str] = []
        self.key_sets = KeySets(self._get, lambda: self.now)

    def _get(self, url: str) -> bytes:
        self.asked.append(url)
        if self.body is None:
            raise Refused("keys.example.com answered 500")
        return self.body


def test_what_is_fresh_is_not_fetched_again() -> None:
    published = Published()
    assert {published.key_sets.known(URL) for _ in range(9)} == {'{"keys":[]}'}
    assert published.asked == [URL]
    published.now += FRESH_SECONDS
    published.body = b'{"keys":[1]}'
    assert published.key_sets.known(URL) == '{"keys":[1]}'
    assert len(published.asked) == 2


def test_a_key_that_is_not_known_makes_it_fetch_again_once_a_minute() -> None:
    published = Published()
    published.key_sets.known(URL)
    published.body = b'{"keys":[1]}'
    assert published.key_sets.renewed(URL) == '{"keys":[]}'
    published.now += AGAIN_SECONDS
    assert published.key_sets.renewed(URL) == '{"keys":[1]}'
    for _ in range(100):
        published.key_sets.renewed(URL)
    assert len(published.asked) == 2


def test_a_failure_is_remembered_for_a_minute() -> None:
    published = Published()
    published.body = None
    for _ in range(9):
        with pytest.raises(KeysUnavailable, match="answered 500"):
            published.key_sets.known(URL)
    assert len(published.asked) == 1
    published.now += AGAIN_SECONDS
    published.body = b"-----BEGIN CERTIFICATE-----"
    assert published.key_sets.known(URL).startswith("-----BEGIN")


def test_what_is_stale_serves_while_it_cannot_be_fetched_again_but_decides_no_doubt() -> None:
    published = Published()
    published.key_sets.known(URL)
    published.now += FRESH_SECONDS
    published.body = None
    assert published.key_sets.known(URL) == '{"keys":[]}'
    with pytest.raises(KeysUnavailable):
        published.key_sets.renewed(URL)


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[]", b"key"])
def test_what_is_no_key_set_and_no_certificate_is_a_failure(body: bytes) -> None:
    with pytest.raises(KeysUnavailable, match="neither"):
        Published(body).key_sets.known(URL)


def test_forged_requests_cannot_make_us_fetch_or_remember_without_end() -> None:
    published = Published()
    published.key_sets.known(URL)
    for number in range(1000):
        if number < FETCHES - 1:
            assert published.key_sets.known(f"{URL}?{number}")
        else:
            with pytest.raises(KeysUnavailable, match="not fetched now"):
                published.key_sets.known(f"{URL}?{number}")
        assert published.key_sets.known(URL)
    assert len(published.asked) == FETCHES
    assert len(published.key_sets._urls) <= URLS


def test_urls_that_are_made_up_neither_push_out_a_true_one_nor_keep_it_from_being_renewed() -> None:
    published = Published()
    published.key_sets.known(URL)
    known = published.body
    for minute in range(1, 30):
        published.now += AGAIN_SECONDS
        published.body = None
        for number in range(2 * URLS):
            with pytest.raises(KeysUnavailable):
                published.key_sets.known(f"{URL}?{minute}-{number}")
        published.body = known
        assert published.key_sets.known(URL) == '{"keys":[]}'
        assert published.key_sets.renewed(URL) == '{"keys":[]}'
    assert published.asked.count(URL) == 30
    assert len(published.asked) == 30 + 29 * FETCHES


def test_even_where_something_lies_at_all_of_them_no_more_are_remembered() -> None:
    published = Published()
    for minute in range(10):
        published.now = 1000.0 + minute * AGAIN_SECONDS
        for number in range(FETCHES):
            published.key_sets.known(f"{URL}?{minute}-{number}")
    assert len(published.key_sets._urls) == URLS
