"""Lambda's entry: one request in, the provider's answer out."""

import os
import random
import secrets
from functools import cache
from importlib import import_module
from time import monotonic, time
from typing import Any

from gateway import catalog
from gateway.ids import ulid
from gateway.providers.schema import Answer, Sns, fetches
from gateway.stores import clients
from gateway.stores.payloads import Payloads
from gateway.stores.quarantine import Quarantine as QuarantineBucket
from gateway.stores.queues import Queue
from gateway.stores.secrets import SecretKeys
from gateway.telemetry import Telemetry
from gateway.verification import Reason, Rejected, challenge
from ingest.accept import (
    Acceptance,
    Accepted,
    Answered,
    KeySets,
    Refused,
    Topics,
    Unavailable,
)
from ingest.arrival import Unreadable, address_of, request_of, response_of, route_path
from ingest.quarantine import Quarantine
from ingest.refusals import Refusals

RETRY_AFTER_SECONDS = 10

# Nothing here helps a forger: what exactly was wrong stands in the log.
_REFUSALS = {
    Reason.BODY_MALFORMED: Answer(status=400, content_type="text/plain", body="malformed request"),
    Reason.BODY_TOO_LARGE: Answer(status=413, content_type="text/plain", body="body too large"),
    Reason.ADDRESS_REFUSED: Answer(status=403, content_type="text/plain", body="forbidden"),
    Reason.DRAINING: Answer(status=410, content_type="text/plain", body="gone"),
}
_NOT_VERIFIED = Answer(status=401, content_type="text/plain", body="not verified")
_COME_AGAIN = Answer(status=503, content_type="text/plain", body="not accepted: please send it again")


@cache
def _telemetry() -> Telemetry:
    return Telemetry(os.environ["HOOKLINE_STAGE"])


@cache
def _refusals() -> Refusals:
    return Refusals(_telemetry(), monotonic)


@cache
def _quarantine() -> Quarantine | None:
    """None if it is switched off. Made when something is refused: what is accepted does not pay for it."""
    bucket = os.environ["HOOKLINE_QUARANTINE_BUCKET"]
    if not bucket:
        return None
    return Quarantine(
        QuarantineBucket(clients.s3_once(), bucket),
        _telemetry(),
        mint=_mint,
        choose=random.choice,
        clock=monotonic,
    )


@cache
def _sources() -> dict[str, catalog.Source]:
    return {source.path: source for source in catalog.load().values()}


def _key_sets() -> KeySets | None:
    """Imported by name: a bundle holds it only if a source needs it."""
    if not any(fetches(scheme) for source in _sources().values() for scheme in source.schemes):
        return None
    guarded, key_sets = import_module("gateway.stores.guarded"), import_module("gateway.stores.key_sets")
    made: KeySets = key_sets.KeySets(guarded.Guarded().get, monotonic)
    return made


def _topics() -> Topics | None:
    if not any(isinstance(scheme, Sns) for source in _sources().values() for scheme in source.schemes):
        return None
    made: Topics = import_module("gateway.stores.topics").Topics(clients.sns)
    return made


@cache
def _acceptance() -> Acceptance:
    return Acceptance(
        keys=SecretKeys(clients.secretsmanager(), os.environ["HOOKLINE_SECRETS_PREFIX"], monotonic),
        queue=Queue(clients.sqs(), os.environ["HOOKLINE_ACCEPTED_QUEUE_URL"]),
        payloads=Payloads(clients.s3(), os.environ["HOOKLINE_PAYLOAD_BUCKET"]),
        mint=_mint,
        key_sets=_key_sets(),
        topics=_topics(),
    )


def _mint(milliseconds: int) -> str:
    return ulid(milliseconds, secrets.token_bytes(10))


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    source = _sources()[route_path(event)]
    correlation_id = event["requestContext"]["requestId"]
    outcome: Accepted | Answered | Refused | Unavailable
    request, now = None, time()
    try:
        request = request_of(event, os.environ["HOOKLINE_PUBLIC_URL"])
    except Unreadable as error:
        outcome = Refused(Rejected(Reason.BODY_MALFORMED, str(error)))
    else:
        outcome = _acceptance().accept(
            source, request, now=now, correlation_id=correlation_id, address=address_of(event)
        )

    match outcome:
        case Accepted(envelope, stored, answer):
            _telemetry().fact(
                "event.accepted",
                metrics={"accepted": 1} | ({"spilled": 1} if stored == "spill" else {}),
                by="source" if source.expected else "",
                source=source.name,
                provider=source.provider,
                envelope=envelope.id,
                correlation_id=correlation_id,
                scheme=envelope.scheme,
                fingerprint=envelope.fingerprint or None,
                size=envelope.body_size,
                stored=stored,
            )
            return response_of(answer)
        case Answered(answer, enrolled):
            _telemetry().fact(
                "handshake.answered",
                source=source.name,
                correlation_id=correlation_id,
                enrolled=enrolled or None,
            )
            return response_of(answer)
        case Refused(rejection):
            _refusals().record(source.name, rejection, correlation_id)
            if request and (quarantine := _quarantine()):
                quarantine.keep(source, request, rejection, now=now, correlation_id=correlation_id)
            refusal = _REFUSALS.get(rejection.reason, _NOT_VERIFIED)
            asked = challenge(source) if refusal is _NOT_VERIFIED else ""
            return response_of(refusal, {"www-authenticate": asked} if asked else None)
        case Unavailable(trouble):
            _telemetry().fact(
                "event.unavailable",
                metrics={"unavailable": 1},
                source=source.name,
                correlation_id=correlation_id,
                trouble=trouble,
            )
            return response_of(_COME_AGAIN, {"retry-after": str(RETRY_AFTER_SECONDS)})
