"""What became of one request, told in a line from the facts that bear its correlation id."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hookline.local.facts import Fact

# What every fact says of where it belongs; the rest is what a subscriber has to tell.
_ABOUT = {"fact", "at", "stage", "subscriber", "attempt", "event", "source", "type", "correlation_id", "_aws"}
_COMMON = ("event.", "delivery.", "handshake.", "message.")


@dataclass
class Story:
    """The facts about one request, in the order in which they came."""

    facts: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        self.facts.append(fact)

    @property
    def source(self) -> str:
        return next((str(fact["source"]) for fact in self.facts if "source" in fact), "?")

    @property
    def events(self) -> set[str]:
        """The ids of the events that were published."""
        return {str(fact["event"]) for fact in self._named("event.published")}

    @property
    def well(self) -> bool:
        """Whether nothing in it went wrong."""
        wrong = {"event.refused", "event.unavailable", "event.parked", "delivery.failed"}
        return not any(fact["fact"] in wrong for fact in self.facts)

    def outcome(self) -> str:
        """`accepted, published charge.succeeded (evt_1), payments: delivered; order.changed order=42`"""
        return ", ".join([*self._ingest(), *self._dispatch(), *self._deliveries()]) or "nothing yet"

    def _named(self, name: str) -> list[Fact]:
        return [fact for fact in self.facts if fact["fact"] == name]

    def _ingest(self) -> list[str]:
        told = []
        for fact in self._named("event.refused"):
            detail = f" ({fact['detail']})" if "detail" in fact else ""
            told.append(f"refused: {fact['reason']}{detail}")
        told += [f"not accepted: {fact['trouble']}" for fact in self._named("event.unavailable")]
        told += ["handshake answered"] * len(self._named("handshake.answered"))
        told += ["accepted"] * len(self._named("event.accepted"))
        return told

    def _dispatch(self) -> list[str]:
        told = []
        published = self._named("event.published")
        if len(published) == 1:
            told.append(f"published {_type(published)}{_identified(published[0])}")
        elif published:
            told.append(f"published {len(published)} events ({_type(published)})")
        for name, word in (("event.duplicate", "duplicate"), ("event.conflict", "conflict")):
            if facts := self._named(name):
                many = f"{len(facts)} {word}s" if len(facts) > 1 else word
                told.append(f"{many}{_identified(facts[0]) if len(facts) == 1 else ''}")
        told += [f"parked: {fact.get('reason', 'unknown')}" for fact in self._named("event.parked")]
        return told

    def _deliveries(self) -> list[str]:
        told = []
        for subscriber in dict.fromkeys(fact["subscriber"] for fact in self.facts if "subscriber" in fact):
            facts = [fact for fact in self.facts if fact.get("subscriber") == subscriber]
            words = [
                _delivery(facts),
                *(_told(fact) for fact in facts if not fact["fact"].startswith(_COMMON)),
            ]
            told.append(f"{subscriber}: {'; '.join(word for word in words if word)}")
        return told


def _delivery(facts: Sequence[Fact]) -> str:
    done = sum(fact["fact"] == "delivery.succeeded" for fact in facts)
    failed = [fact for fact in facts if fact["fact"] == "delivery.failed"]
    words = []
    if done:
        words.append("delivered" if done == 1 else f"delivered {done}")
    if failed:
        words.append(f"failed ({failed[-1].get('error', 'unknown')})")
    return ", ".join(words)


def _told(fact: Fact) -> str:
    """A subscriber's own fact: `order.changed order=42 status=paid`."""
    details = " ".join(f"{name}={value}" for name, value in fact.items() if name not in _ABOUT)
    return f"{fact['fact']} {details}".strip()


def _type(published: Sequence[Fact]) -> str:
    types = list(dict.fromkeys(str(fact.get("type", "unknown")) for fact in published))
    return types[0] if len(types) == 1 else f"{types[0]} and others"


def _identified(fact: Fact) -> str:
    return f" ({fact['provider_id']})" if fact.get("provider_id") else ""
