"""What is known of a provider, in words for the person who sets it up there."""

from collections.abc import Mapping, Sequence

from gateway.providers.schema import Confidence, Handshake, Provider
from hookline.config.duration import DAY, HOUR, MINUTE
from hookline.coverage import covered
from hookline.described import described

CONFIDENCE: Mapping[Confidence, str] = {
    "sdk": "checked against the provider's own SDK",
    "docs": "from the provider's documentation",
    "registry+": "two open registries agree",
    "registry": "unproven: one open registry states it",
    "unconfirmed": "unproven: no source that could be checked states it",
}

_PLACES = {"header": "header", "json": "JSON", "form": "form", "query": "query"}
_LASTING = ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes"))


def families(provider: Provider) -> str:
    """`hmac-signature`; several are joined by commas."""
    return ", ".join(dict.fromkeys(scheme.family for scheme in provider.schemes)) or "none"


def grade(provider: Provider) -> str:
    """One word or two: how sure its facts are."""
    return confidence_word(provider.confidence)


def confidence_word(confidence: Confidence) -> str:
    return "unproven" if CONFIDENCE[confidence].startswith("unproven") else confidence


def proven(provider: Provider) -> str:
    return CONFIDENCE[provider.confidence] + (f" ({provider.proof})" if provider.proof else "")


def told(provider: Provider) -> list[tuple[str, str]]:
    """Everything beside name and title: a word for what it is about, and what is known. Words may repeat."""
    return [
        ("secret", provider.secret),
        *((name, f"beside the keys in the secret: {about}") for name, about in provider.named.items()),
        *(("setting", _setting(provider, name, about)) for name, about in provider.settings.items()),
        *(("signed", described(scheme)) for scheme in provider.schemes),
        ("body", f"{covered(provider)} is covered by the signature"),
        ("events", f"batches, in {place(provider.items)}" if provider.items else "one a request"),
        ("id", identity(provider)),
        ("type", ", else ".join(map(place, provider.type)) or "none"),
        ("methods", ", ".join(provider.methods)),
        *(("used once", f"{place(one)}: what has it again is the same event") for one in provider.once),
        *(("handshake", _handshake(one)) for one in provider.handshakes),
        ("answer", _answer(provider)),
        ("retries", retries(provider)),
        *(("redacted", place(one)) for one in provider.redact),
        *(("note", note) for note in provider.notes),
        ("proof", proven(provider)),
        ("docs", provider.docs),
    ]


def identity(provider: Provider) -> str:
    """What tells a redelivery from a new event, and whether it can be trusted to."""
    if not provider.id:
        return "none: redeliveries cannot be told apart"
    where = ", else ".join(map(place, provider.id))
    if provider.recurs:
        return f"none: redeliveries cannot be told apart; {where} comes with several events"
    return f"{where}; {'covered' if provider.id_signed else 'not covered'} by the signature"


def retries(provider: Provider) -> str:
    if provider.retries_for is None:
        return "not known"
    return f"for {_roughly(provider.retries_for)}" if provider.retries_for else "none"


def _roughly(seconds: int) -> str:
    for unit, name in _LASTING:
        if seconds >= unit:
            return f"{round(seconds / unit, 1):g} {name if seconds != unit else name.removesuffix('s')}"
    return f"{seconds} seconds"


def place(text: str) -> str:
    """`header X-Id`, `JSON data.id`; joined by `+`: `… with …`; looked into by `>`: `… in …`."""
    parts = [" in ".join(map(_step, reversed(part.split(">")))) for part in text.split("+") if part != "::"]
    return " with ".join(parts)


def _step(text: str) -> str:
    kind, _, name = text.partition(":")
    if not name:
        return "the whole body" if kind == "json" else kind
    return f"{_PLACES.get(kind, kind)} {name}" if kind else repr(name)


def steps(provider: Provider, urls: Sequence[str]) -> list[str]:
    """What to do, in order. urls: of the gateway's sources of this provider; empty if none is known."""
    url = " or ".join(urls) or "https://<your gateway>/<the source's path>: `hookline outputs` prints it"
    unsigned = "" if provider.schemes else ", verify: none, path: /in/<something unguessable>"
    entry = f"{{provider: {provider.name}{unsigned}{_settings(provider.required)}}}"
    first = [
        f"In hookline.yaml, under sources:  {provider.name}: {entry}",
        f"At {provider.title}, give it the URL  {url}",
    ]
    if not provider.schemes:
        return first
    keys = [f"hookline secrets set {provider.name}"]
    keys += [f"hookline secrets set {provider.name} --name {name}" for name in provider.named]
    return [*first, f"Copy {provider.secret}", f"Set it:  {'; '.join(keys)}"]


def _settings(needed: Sequence[str]) -> str:
    return f", settings: {{{', '.join(f'{name}: …' for name in needed)}}}" if needed else ""


def _setting(provider: Provider, name: str, about: str) -> str:
    return f"{name}{', needed' if name in provider.required else ''}: {about}"


def _handshake(handshake: Handshake) -> str:
    """When it is one, and what it is answered."""
    when = [
        *([" or ".join(handshake.methods)] if handshake.methods else []),
        *(f"{place(where)} is {'empty' if value == () else repr(value)}" for where, value in handshake.where),
        *(f"{place(there)} is there" for there in (*handshake.there, handshake.echo) if there),
        *(f"{place(absent)} is not there" for absent in handshake.absent),
        *(["without a body"] if handshake.bodiless else []),
    ]
    needs = [
        *(["before it is verified"] if handshake.unsigned or handshake.known_key else []),
        *([f"if {place(handshake.token[0])} is the {handshake.token[1]}"] if handshake.token else []),
        *([f"while enrolment is open: {place(handshake.secret)} becomes a key"] if handshake.secret else []),
    ]
    return f"{', '.join(when) or 'always'}: answered {', '.join([_said(handshake), *needs])}"


def _said(handshake: Handshake) -> str:
    if handshake.header:
        return f"{handshake.status} with {handshake.header[0]}: {handshake.header[1]}"
    body = handshake.body or ("{echo}" if handshake.echo else "")
    return f"{handshake.status} with {body}" if body else f"{handshake.status} without a body"


def _answer(provider: Provider) -> str:
    answer = provider.answer
    body = f" with {answer.body!r} as {answer.content_type or 'text'}" if answer.body else ""
    echo = f", {{echo}} being {place(answer.echo)}" if answer.echo else ""
    repeat = f", repeating {answer.repeat}" if answer.repeat else ""
    within = f", within {provider.answer_within} s" if provider.answer_within else ""
    return f"{answer.status}{body}{echo}{repeat}{within}"
