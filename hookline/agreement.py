"""Whether what becomes of a request is what its vector states."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.providers.schema import Answer
from gateway.verification import Rejected
from hookline.door import Said, ask
from hookline.vectors import Vector
from ingest.accept import Unavailable

UNKNOWN = "unknown provider"
# In place of a reason: the request is not taken for a trouble that is ours, such as a key that is none.
UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Result:
    """shown: what is printed of it. disagreements: in words; none if all that the vector states holds."""

    shown: Mapping[str, Any]
    disagreements: tuple[str, ...]


def run(vector: Vector) -> Result:
    if vector.source is None:
        unknown = dict.fromkeys(("reason", "event_id", "event_type", "response"))
        name = vector.told["provider"]
        return Result({"id": vector.id, "outcome": UNKNOWN, **unknown}, (f"no provider {name!r} is known",))
    said = ask(vector.source, vector.secret, vector.request, vector.now)
    response = _response(said.answer) if said.answer else None
    shown: dict[str, Any] = {
        "id": vector.id,
        "outcome": said.outcome,
        "reason": _reason(said),
        "event_id": said.id or None,
        "event_type": said.type or None,
        "response": response,
    }
    if len(said.ids) > 1:
        shown |= {"event_ids": list(said.ids), "event_types": list(said.types)}
    return Result(shown, tuple(_disagreements(vector.told, said, shown)))


def _reason(said: Said) -> str | None:
    match said.verdict:
        case Rejected(reason):
            return str(reason)
        case Unavailable():
            return UNAVAILABLE
    return None


def _detail(said: Said) -> str:
    match said.verdict:
        case Rejected(_, detail):
            return detail
        case Unavailable(trouble):
            return trouble
    return ""


def _response(answer: Answer) -> dict[str, Any]:
    headers: dict[str, str] = {"Content-Type": answer.content_type} if answer.content_type else {}
    headers |= dict(getattr(answer, "headers", None) or ())
    return {"status": answer.status, "headers": headers, "body": answer.body}


def _disagreements(told: Mapping[str, Any], said: Said, shown: Mapping[str, Any]) -> Iterator[str]:
    if said.outcome != told["expected"]:
        detail = _detail(said)
        yield f"{said.outcome}{f': {detail}' if detail else ''}; expected {told['expected']}"
        return
    if said.outcome == "invalid":
        return
    if told.get("expected_response"):
        yield from _otherwise_answered(told["expected_response"], shown["response"])
    for name in ("event_id", "event_type"):
        wanted = told.get(f"expected_{name}")
        if wanted is not None and shown[name] != wanted:
            yield f"{name} {shown[name]!r}; expected {wanted!r}"
    wanted = told.get("batch_event_ids")
    if wanted is not None and list(said.ids) != wanted:
        yield f"event ids {list(said.ids)}; expected {wanted}"


def _otherwise_answered(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[str]:
    if wanted.get("status", given["status"]) != given["status"]:
        yield f"answer's status {given['status']}; expected {wanted['status']}"
    headers = {name.lower(): value for name, value in given["headers"].items()}
    for name, value in (wanted.get("headers") or {}).items():
        if not _same_header(name.lower(), value, headers.get(name.lower(), "")):
            yield f"answer's {name} {headers.get(name.lower())!r}; expected {value!r}"
    body = wanted.get("body")
    if body is not None and not _same_body(body, given["body"]):
        yield f"answer's body {given['body']!r}; expected {body!r}"


def _same_header(name: str, wanted: str, given: str) -> bool:
    if name == "content-type":
        return wanted.partition(";")[0].strip().lower() == given.partition(";")[0].strip().lower()
    return wanted == given


def _same_body(wanted: Any, given: str) -> bool:
    """Equal as JSON where the wanted one is JSON, else as text."""
    if not isinstance(wanted, str):
        return bool(_json(given) == wanted)
    document = _json(wanted)
    return wanted == given or (document is not None and _json(given) == document)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
