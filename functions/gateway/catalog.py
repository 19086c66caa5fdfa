"""The sources that are configured, as compiled from hookline.yaml.

The compiled file `hookline.json` lies at the root of each function's bundle. It is plain JSON, so that no
cold start pays for a validator: what it holds was validated when it was compiled.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from gateway.providers.schema import SCHEMES, Answer, Handshake, Proof, Scheme

FORMAT = 1
_BUNDLED = Path(__file__).resolve().parent.parent / "hookline.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One configured endpoint of one provider.

    window and retention in seconds: how long an event's id is remembered, how long the event itself is kept.
    shards: how many partitions an hour of this source's events is spread over.
    match: the tree of body paths that some subscriber's filter reads: `{"data": {"amount": {}}}`.
    draining: nothing more is accepted; what was accepted before is published.
    expected: what is accepted is counted for this source too, since an alarm waits for it.
    methods: those of events; once: where a value stands that may be used once; recurs: the id tells no events
    apart.
    enrolment: whether a secret that a provider hands over in a handshake becomes a key.
    allow_from: the ranges of addresses (CIDR) that requests are taken from; none: from anywhere.
    replay_guard: whether an event is marked whose body came under another id before.
    redact: places of the body whose values are blanked before anything is kept.
    """

    name: str
    provider: str
    path: str
    methods: tuple[str, ...]
    schemes: tuple[Scheme, ...]
    unverified: bool
    id: tuple[str, ...]
    type: tuple[str, ...]
    items: str
    volatile: tuple[str, ...]
    handshakes: tuple[Handshake, ...]
    answer: Answer
    window: int
    retention: int
    shards: int
    match: Mapping[str, Any]
    draining: bool
    expected: bool
    once: tuple[str, ...] = ()
    recurs: bool = False
    enrolment: bool = False
    allow_from: tuple[str, ...] = ()
    replay_guard: bool = False
    redact: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.schemes and not self.unverified:
            raise ValueError(f"source {self.name!r} has no verification scheme and is not marked unverified")

    @property
    def routes(self) -> tuple[str, ...]:
        """The HTTP methods that it answers: of events, and of handshakes."""
        greetings = (method for handshake in self.handshakes for method in handshake.methods)
        return tuple(dict.fromkeys((*self.methods, *greetings)))

    def payload_key(self, identifier: str) -> str:
        """Where in the payload bucket a body of this source lies: the prefix says for how many days."""
        return f"payloads/{self.retention // 86_400}d/{self.name}/{identifier}"


def encode(sources: Mapping[str, Source]) -> dict[str, Any]:
    """The JSON value of `hookline.json`."""
    return {"v": FORMAT, "sources": {name: _encode_source(source) for name, source in sources.items()}}


def decode(document: Mapping[str, Any]) -> dict[str, Source]:
    """Sources by name. Raises ValueError for a format that this code does not know."""
    if document["v"] != FORMAT:
        raise ValueError(f"hookline.json has format {document['v']!r}; this code reads {FORMAT}")
    return {name: _decode_source(value) for name, value in document["sources"].items()}


def load(path: Path = _BUNDLED) -> dict[str, Source]:
    """The sources bundled with this function, by name."""
    return decode(json.loads(path.read_bytes()))


def _encode_source(source: Source) -> dict[str, Any]:
    document = asdict(source)
    document["schemes"] = [{"family": scheme.family, **asdict(scheme)} for scheme in source.schemes]
    return document


def _decode_source(document: Mapping[str, Any]) -> Source:
    known = {field.name: document[field.name] for field in fields(Source)}
    known["schemes"] = tuple(_decode_scheme(scheme) for scheme in document["schemes"])
    known["handshakes"] = tuple(_decode_handshake(handshake) for handshake in document["handshakes"])
    known["answer"] = _decode_answer(document["answer"])
    for name in ("methods", "id", "type", "volatile", "once", "allow_from", "redact"):
        known[name] = tuple(document[name])
    return Source(**known)


def _decode_scheme(document: Mapping[str, Any]) -> Scheme:
    arguments: Any = {name: _tuples(value) for name, value in document.items() if name != "family"}
    return SCHEMES[document["family"]](**arguments)


def _tuples(value: Any) -> Any:
    """JSON has lists alone; schemes are hashed, and so hold tuples."""
    return tuple(_tuples(element) for element in value) if isinstance(value, list) else value


def _decode_answer(document: Mapping[str, Any]) -> Answer:
    headers = tuple((name, value) for name, value in document["headers"])
    return Answer(**{**document, "headers": headers})


def _decode_handshake(document: Mapping[str, Any]) -> Handshake:
    known = {name: _tuples(value) for name, value in document.items()}
    known["proof"] = Proof(**document["proof"]) if document["proof"] else None
    return Handshake(**known)
