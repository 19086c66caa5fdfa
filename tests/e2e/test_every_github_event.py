"""Every payload that GitHub's own SDK comes with goes through the gateway as a delivery, and arrives once."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

from gateway.request import Request
from tests.e2e.gateway import Gateway, eventually

EXAMPLES = Path(__file__).parents[1] / "sdks/node_modules/@octokit/webhooks-examples"
SENDERS = 8
SECONDS = 240.0


def examples() -> Iterator[tuple[str, Any]]:
    """The event's name, and one payload of it."""
    for path in sorted(EXAMPLES.glob("*/index.json")):
        for kind in json.loads(path.read_text(encoding="utf-8")):
            for example in kind["examples"]:
                yield str(kind["name"]), example


def deliveries(gateway: Gateway) -> dict[str, tuple[str, Request]]:
    """By the delivery's id: the event's name, and the request that brings it."""
    made = {}
    for name, example in examples():
        delivery = str(uuid4())
        headers = {"X-GitHub-Event": name, "X-GitHub-Delivery": delivery}
        request = gateway.request("github", json.dumps(example).encode(), headers=headers)
        made[delivery] = (name, gateway.sign("github", request))
    return made


def test_every_example_arrives_once_with_its_type_and_id(gateway: Gateway) -> None:
    sent = deliveries(gateway)
    assert len(sent) > 700
    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(lambda one: gateway.post(one[1]).status, sent.values()))
    assert set(answers) == {200}

    def arrived() -> list[tuple[str, str]]:
        found = [
            (event["providerid"], event["type"])
            for event in gateway.received("everything", source="hookline.github")
            if event.get("providerid") in sent
        ]
        return found if len(found) >= len(sent) else []

    found = eventually(arrived, f"{len(sent)} events of GitHub's", SECONDS, every=1.0)
    assert sorted(found) == sorted((delivery, name) for delivery, (name, _) in sent.items())
