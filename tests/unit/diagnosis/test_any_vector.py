"""Whatever the request, each step is told, nothing raises, and no secret is in what is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gateway.request import Request
from hookline.diagnosis import Case, Cause, diagnose
from hookline.door import ask
from hookline.explanation import explained
from hookline.vectors import Vector
from tests.conformance.vectors import vectors

VECTORS = [vector for vector in vectors() if vector.source]
EACH = pytest.mark.parametrize("vector", VECTORS, ids=[vector.id for vector in VECTORS])
# Shorter ones stand in a sentence by chance.
LENGTH = 12


def spoilt(vector: Vector) -> Iterator[tuple[Request, tuple[str, ...]]]:
    request, keys = vector.request, tuple(vector.secret.keys)
    yield request, keys
    yield replace(request, body=request.body + b"\n"), keys
    yield replace(request, headers={}), keys
    yield request, tuple(f"{key} " for key in keys)
    yield request, ("another-secret-of-twenty",)
    yield request, ()


@EACH
def test_every_step_is_told_without_a_secret(vector: Vector) -> None:
    assert vector.source is not None
    names = {name for scheme in vector.source.schemes for name in scheme.headers}
    secret = {vector.request.headers.get(name, "") for name in names} | set(vector.secret.keys)
    for request, keys in spoilt(vector):
        given = replace(vector.secret, keys=keys)
        said = ask(vector.source, given, request, vector.now)
        steps = explained(vector.source, given, request, vector.now, said)
        found = diagnose(Case(vector.source, keys, request, vector.now))
        text = "\n".join([*(step.told for step in steps), *(one.detail for one in found)])
        assert not [value for value in secret if len(value) >= LENGTH and value in text]
        assert steps[0].name == "request"
        assert {step.name for step in steps} & {"verified", "refused"}


@EACH
def test_white_space_at_a_key_s_end_is_found_if_it_matters(vector: Vector) -> None:
    assert vector.source is not None
    # What is fetched is not asked for again in a diagnosis, and without it nothing of these verifies.
    if vector.secret.fetched:
        return
    if ask(vector.source, vector.secret, vector.request, vector.now).outcome == "invalid":
        return
    keys = [f"{key}\n" for key in vector.secret.keys]
    given = replace(vector.secret, keys=keys)
    if ask(vector.source, given, vector.request, vector.now).outcome == "invalid":
        found = diagnose(Case(vector.source, keys, vector.request, vector.now))
        # Where a certificate would have to be fetched first, nothing more can be tried.
        assert {Cause.KEY_WHITE_SPACE, Cause.KEY_UNUSABLE} & {one.cause for one in found}
