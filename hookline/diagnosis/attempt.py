"""A request as it might have been before a mistake was made, tried with the gateway's own verification."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gateway.catalog import Source
from gateway.request import Request
from gateway.verification import Reason, Rejected, verify
from hookline.diagnosis.causes import Cause, remedy

# Timestamps are judged after the signature has matched.
_AUTHENTIC = {Reason.TIMESTAMP_STALE, Reason.TIMESTAMP_FUTURE}


@dataclass(frozen=True, slots=True)
class Finding:
    """detail: what was found, in words without a key or a signature. proven: it verifies without it."""

    cause: Cause
    detail: str
    proven: bool = True

    @property
    def remedy(self) -> str:
        return remedy(self.cause)


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked about. now: unix seconds.

    retired: keys that were in force once. elsewhere: keys of the gateway's other sources, by their names.
    """

    source: Source
    keys: Sequence[str]
    request: Request
    now: float
    retired: Sequence[str] = ()
    elsewhere: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The case with one thing changed; if it then is authentic, that thing is the cause."""

    cause: Cause
    detail: str
    case: Case

    def finding(self) -> Finding | None:
        return Finding(self.cause, self.detail) if authentic(self.case) else None


def authentic(case: Case) -> bool:
    """Whether the signature matches, whenever it was made."""
    verdict = verify(case.source, case.keys, case.request, case.now)
    return not isinstance(verdict, Rejected) or verdict.reason in _AUTHENTIC


def with_body(case: Case, body: bytes, content_type: str = "") -> Case:
    headers = dict(case.request.headers) | ({"content-type": content_type} if content_type else {})
    return replace(case, request=replace(case.request, body=body, headers=headers))


def with_header(case: Case, name: str, value: str) -> Case:
    return replace(case, request=replace(case.request, headers={**case.request.headers, name: value}))


def with_fields(case: Case, **changes: Any) -> Case:
    """The schemes that have all of these fields, changed, and no others. Raises LookupError if none has."""
    schemes = [
        replace(scheme, **changes)
        for scheme in case.source.schemes
        if all(hasattr(scheme, name) for name in changes)
    ]
    if not schemes:
        raise LookupError
    return replace(case, source=replace(case.source, schemes=tuple(schemes)))
