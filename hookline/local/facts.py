"""What the functions wrote down: their structured log lines, read as they come."""

import json
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

Fact = dict[str, Any]

# Workers' lines come in any order: one may be there only after others with a later time. So far back is read
# again.
OVERLAP_MS = 10_000


class Facts:
    """groups: the log groups. Each fact, a line of JSON with its name in `fact`, is given out once."""

    def __init__(self, client: "CloudWatchLogsClient", groups: Iterable[str]) -> None:
        self._client = client
        self._since = dict.fromkeys(groups, 0)
        self._seen: dict[str, set[tuple[str, int, str]]] = {group: set() for group in self._since}

    def read(self) -> list[Fact]:
        """What is new since the last call, in order of time."""
        facts = [fact for group in self._since for fact in self._new(group)]
        return sorted(facts, key=lambda fact: float(fact.get("at", 0)))

    def _new(self, group: str) -> list[Fact]:
        seen, facts = self._seen[group], []
        latest = self._since[group]
        fresh: set[tuple[str, int, str]] = set()
        pages = self._client.get_paginator("filter_log_events").paginate(
            logGroupName=group, startTime=self._since[group]
        )
        for page in self._existing(pages):
            for event in page["events"]:
                mark = (event["logStreamName"], event["timestamp"], event["message"])
                fresh.add(mark)
                latest = max(latest, event["timestamp"])
                if mark not in seen and (fact := parse(event["message"])):
                    facts.append(fact)
        self._since[group] = since = max(0, latest - OVERLAP_MS)
        self._seen[group] = {mark for mark in fresh if mark[1] >= since}
        return facts

    def _existing(self, pages: Iterable[Any]) -> Iterable[Any]:
        """A group is there when its function has first run."""
        try:
            yield from pages
        except self._client.exceptions.ResourceNotFoundException:
            return


def parse(line: str) -> Fact | None:
    """The fact in a log line, if it is one."""
    if not line.startswith('{"fact":'):
        return None
    try:
        document = json.loads(line)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def until(ready: Callable[[], bool], *, seconds: float, pause: float = 0.1) -> bool:
    """Poll until `ready` says so; False when that takes longer than `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
