"""Samples are the exact bytes that a provider sends, and each sending of one can be a new event."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.body import Places
from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Provider, Token
from hookline.config.compile import compile_sources
from hookline.config.load import DEFAULT, load
from hookline.samples import EVENTS, Sample, fresh, samples


def provider(*places: str, items: str = "") -> Provider:
    return Provider(
        name="acme", title="Acme", docs="", schemes=(Token(header="X"),), secret="", id=places, items=items
    )


def sample(body: Any = None, **changes: Any) -> Sample:
    settings: dict[str, Any] = {
        "provider": "acme",
        "name": "a",
        "description": "",
        "method": "POST",
        "query": "",
        "headers": {},
        "content_type": "application/json",
        "body": b"" if body is None else json.dumps(body).encode(),
    }
    return Sample(**settings | changes)


def write(folder: Path, name: str, **document: Any) -> None:
    path = folder / "acme" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document))


def test_a_json_body_is_sent_compactly_and_a_text_as_it_is(tmp_path: Path) -> None:
    settings = {"description": "d", "headers": {"X-Kind": "a"}, "content_type": "application/json"}
    write(tmp_path, "json", **settings, body={"b": [1, "ü"], "a": None})
    write(tmp_path, "text", **settings, text="a=1&b=ü\r\n", method="PUT", query="q=1")
    found = samples(tmp_path)
    assert list(found) == ["acme"]
    assert found["acme"]["json"].body == '{"b":[1,"ü"],"a":null}'.encode()
    assert (found["acme"]["json"].method, found["acme"]["json"].query) == ("POST", "")
    assert found["acme"]["text"].body == "a=1&b=ü\r\n".encode()
    assert (found["acme"]["text"].method, found["acme"]["text"].query) == ("PUT", "q=1")


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"description": "d", "headers": {}, "content_type": "text/plain"},
        {"description": "d", "headers": {}, "content_type": "text/plain", "text": 5},
        [],
    ],
)
def test_a_file_that_is_no_sample_is_named(tmp_path: Path, document: Any) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "broken.json").write_text(json.dumps(document))
    with pytest.raises(ValueError, match=r"acme/broken\.json is no sample"):
        samples(tmp_path)


def test_a_request_goes_to_the_source_s_path_with_its_query() -> None:
    request = sample({"id": 1}, headers={"X-Kind": "a"}, query="a=1").request("https://x.test", "/in/acme")
    assert request.url == "https://x.test/in/acme?a=1"
    assert (request.method, request.path, request.query) == ("POST", "/in/acme", "a=1")
    assert request.headers == {"x-kind": "a", "content-type": "application/json"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("evt_1NG8Du2e", "evt_new"), ("msg_a_b", "msg_new"), ("72d3162e-cc78", "new"), ("", "new")],
)
def test_a_new_id_keeps_the_style_of_the_old_one(old: str, new: str) -> None:
    changed = fresh(sample({"data": {"id": old, "n": 1}}), provider("json:data.id"), "new")
    assert json.loads(changed.body) == {"data": {"id": new, "n": 1}}


def test_a_number_stays_a_number() -> None:
    known = provider("json:id")
    one, other = (json.loads(fresh(sample({"id": 7}), known, text).body)["id"] for text in ("a", "b"))
    assert isinstance(one, int)
    assert isinstance(other, int)
    assert len({7, one, other}) == 3


def test_a_header_is_set_whatever_its_case_and_even_if_it_was_missing() -> None:
    known = provider("header:X-Id")
    assert fresh(sample(headers={"x-id": "old", "a": "b"}), known, "new").headers == {"X-Id": "new", "a": "b"}
    assert fresh(sample(), known, "new").headers == {"X-Id": "new"}


def test_the_place_that_the_gateway_reads_first_gets_the_id() -> None:
    known = provider("header:X-Missing", "form:Sid+form:Status", "json:id")
    form = sample(body=None, content_type="application/x-www-form-urlencoded")
    both = Sample(**{**_fields(form), "body": b"Sid=SM1&Status=sent&Text=a%20b"})
    assert fresh(both, known, "new").body == b"Sid=new&Status=sent&Text=a+b"
    one = Sample(**{**_fields(form), "body": b"Sid=SM1"})
    assert fresh(one, known, "new").headers == {"X-Missing": "new"}


def test_a_parameter_of_the_query_is_replaced() -> None:
    assert fresh(sample(query="id=1&b=2"), provider("query:id"), "new").query == "id=new&b=2"


def test_each_item_of_a_batch_gets_an_id_of_its_own() -> None:
    batch = sample([{"id": "a"}, {"id": "b"}, {"other": 1}, {"id": "c"}])
    changed = json.loads(fresh(batch, provider("json:id", items="json:"), "new").body)
    assert changed == [{"id": "new"}, {"id": "new-1"}, {"other": 1}, {"id": "new-2"}]


def test_items_without_an_id_leave_it_to_the_body() -> None:
    batch = sample({"id": "a", "events": [{"n": 1}]})
    changed = json.loads(fresh(batch, provider("json:id", items="json:events"), "new").body)
    assert changed == {"id": "new", "events": [{"n": 1}]}


def test_a_handshake_stays_as_it_is() -> None:
    handshake = sample({"type": "url_verification", "challenge": "c"})
    assert fresh(handshake, provider("json:event_id", "form:trigger_id"), "new") == handshake


CONFIGURED = compile_sources(load(EVENTS.parent / DEFAULT).configuration)
SENDERS: dict[str, Provider | Source] = {**PROVIDERS, "custom": CONFIGURED["orders"]}
SHIPPED = [sample for named in samples().values() for sample in named.values()]


def test_every_provider_has_a_sample() -> None:
    assert samples().keys() == SENDERS.keys()


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: f"{one.provider}/{one.name}")
def test_a_fresh_sample_is_another_event_to_the_gateway(shipped: Sample) -> None:
    sender = SENDERS[shipped.provider]
    changed = fresh(shipped, sender, "01KB0000000000000000000000")
    before, after = (_identifiers(one, sender) for one in (shipped, changed))
    assert len(before) == len(after)
    assert len(set(after)) == len(after)
    assert not set(before) & set(after) or changed == shipped
    assert all(after) or before == after == [""]


def _identifiers(one: Sample, sender: Provider | Source) -> list[str]:
    """The ids that the gateway finds."""
    places = Places(one.request("https://x.test", "/"))
    items = places.value(sender.items) if sender.items else [None]
    return [places.first(sender.id, item) for item in items]


def _fields(one: Sample) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Sample.__dataclass_fields__}
