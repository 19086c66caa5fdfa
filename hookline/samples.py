"""Real requests of each provider, from events/<provider>/<name>.json.

{"description": "a payment succeeded",
 "method": "POST", "query": "",                         both may be left out
 "headers": {"X-GitHub-Event": "push"},                 without signatures: those are made when it is sent
 "content_type": "application/json",
 "body": {…}}                                           JSON, sent compactly; or "text": "…", sent as UTF-8
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from gateway.body import descend
from gateway.request import Request

EVENTS = Path(__file__).resolve().parents[1] / "events"


class Identified(Protocol):
    """What says where an event's id stands: a provider, or a compiled source."""

    @property
    def id(self) -> tuple[str, ...]: ...

    @property
    def items(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One request as the provider makes it, but for its signature. `body` is what goes over the wire."""

    provider: str
    name: str
    description: str
    method: str
    query: str
    headers: Mapping[str, str]
    content_type: str
    body: bytes

    def request(self, base_url: str, path: str) -> Request:
        """The request to a source's path. base_url: its own URL, without a slash at the end."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.content_type:
            headers["content-type"] = self.content_type
        return Request(
            method=self.method,
            path=path,
            query=self.query,
            headers=headers,
            body=self.body,
            url=f"{base_url}{path}{'?' if self.query else ''}{self.query}",
        )


def samples(folder: Path = EVENTS) -> dict[str, dict[str, Sample]]:
    """All samples by provider and name. Raises ValueError naming a file that is no sample."""
    found: dict[str, dict[str, Sample]] = {}
    for path in sorted(folder.glob("*/*.json")):
        sample = _load(path)
        found.setdefault(sample.provider, {})[sample.name] = sample
    return found


def fresh(sample: Sample, provider: Identified, identifier: str) -> Sample:
    """The sample as a new event: with an id made of `identifier` where the gateway will look for it.

    That is the first place that the sample has; a header is set even if the sample has none. The id keeps the
    style of the one that stood there (`evt_…`, a number). In a batch each item gets its own. A sample
    without a place for an id, such as a handshake, stays as it is.
    """
    for place in provider.id:
        parts = place.split("+")
        if all(_value(sample, part, provider.items) is not None for part in parts):
            return _with_id(sample, parts[0], provider.items, identifier)
    for place in provider.id:
        if place.startswith("header:") and "+" not in place:
            return _with_id(sample, place, provider.items, identifier)
    return sample


def _value(sample: Sample, place: str, items: str) -> Any:
    """What stands at a place, in a batch's first item that has it; None if nothing does."""
    kind, _, name = place.partition(":")
    if kind == "header":
        return next((value for key, value in sample.headers.items() if key.lower() == name.lower()), None)
    if kind == "jwt":
        return descend(_json(sample), name)
    if kind == "json":
        values = (descend(part, name) for part in _parts(_json(sample), items))
        return next((value for value in values if value is not None), None)
    return dict(parse_qsl(_encoded(sample, kind))).get(name)


def _with_id(sample: Sample, place: str, items: str, identifier: str) -> Sample:
    kind, _, name = place.partition(":")
    if kind == "header":
        old = _value(sample, place, items)
        others = {key: value for key, value in sample.headers.items() if key.lower() != name.lower()}
        return replace(sample, headers={**others, name: str(_styled(old or "", identifier))})
    if kind == "jwt":
        document = _json(sample)
        _put(document, name.split("."), identifier)
        return replace(sample, body=_compact(document).encode())
    if kind == "json":
        document = _json(sample)
        *elements, whole = _parts(document, items)
        holders = [part for part in elements if descend(part, name) is not None] or [whole]
        for index, holder in enumerate(holders):
            _put(holder, name.split("."), identifier if index == 0 else f"{identifier}-{index}")
        return replace(sample, body=_compact(document).encode())
    pairs = [
        (key, str(_styled(value, identifier)) if key == name else value)
        for key, value in parse_qsl(_encoded(sample, kind), keep_blank_values=True)
    ]
    text = urlencode(pairs)
    return replace(sample, body=text.encode()) if kind == "form" else replace(sample, query=text)


def _put(value: Any, path: list[str], identifier: str) -> None:
    *parents, last = path
    holder = descend(value, ".".join(parents))
    place = int(last) if isinstance(holder, list) else last
    holder[place] = _styled(holder[place], identifier)


def _styled(old: object, identifier: str) -> str | int:
    """`evt_1NG8…` becomes `evt_<identifier>`; a number becomes another number."""
    if isinstance(old, int):
        digits = max(len(str(old)), 9)
        return int(str(int(sha256(identifier.encode()).hexdigest(), 16))[:digits])
    prefix = re.match(r"[A-Za-z]+_", str(old))
    return f"{prefix[0] if prefix else ''}{identifier}"


def _parts(document: Any, items: str) -> list[Any]:
    """The items of a batch, then the document itself."""
    array = descend(document, items.partition(":")[2]) if items else None
    return [*array, document] if isinstance(array, list) else [document]


def _json(sample: Sample) -> Any:
    try:
        return json.loads(sample.body)
    except ValueError:
        return None


def _encoded(sample: Sample, kind: str) -> str:
    """The text that holds a `form:` or `query:` place."""
    if kind == "query":
        return sample.query
    return sample.body.decode() if sample.content_type.startswith("application/x-www-form-urlencoded") else ""


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _load(path: Path) -> Sample:
    try:
        document = json.loads(path.read_bytes())
        body = document["text"] if "text" in document else _compact(document["body"])
        return Sample(
            provider=path.parent.name,
            name=path.stem,
            description=document["description"],
            method=document.get("method", "POST"),
            query=document.get("query", ""),
            headers=document["headers"],
            content_type=document["content_type"],
            body=body.encode(),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no sample: {error!r}") from error
