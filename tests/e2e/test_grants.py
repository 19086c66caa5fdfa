"""With permissions checked: each function may do what it has to, and no more is needed.

A smoke test: the emulator checks what functions call, not what AWS's services call for each other.
"""

from collections.abc import Iterator

import pytest

from tests.e2e.gateway import Gateway, deployed_gateway

# A gateway of its own: it need not wait for the others.
pytestmark = pytest.mark.xdist_group("grants")


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with deployed_gateway(tmp_path_factory.mktemp("strict"), settings={"AUTH": "true"}) as gateway:
        yield gateway


def test_events_reach_functions_and_queues(strict: Gateway) -> None:
    for source, name, subscriber in (
        ("stripe", "payment_intent.succeeded", "payments"),
        ("github", "push", "deployments"),
    ):
        assert strict.send(source, strict.sample(source, name)).status == 200
        delivered = strict.fact("delivery.succeeded", subscriber=subscriber)
        strict.receive("everything", id=delivered["event"])


def test_a_body_that_travels_by_the_bucket_is_written_and_read(strict: Gateway) -> None:
    body = b'{"id": "evt_large", "type": "payment_intent.succeeded", "data": "%s"}' % (b"x" * 3_000_000)
    assert strict.send("stripe", body).status == 200
    published = strict.fact("event.published", provider_id="evt_large")
    [event] = strict.receive("everything", id=published["event"])
    assert strict.payload(event) == body


def test_what_was_not_granted_is_refused(strict: Gateway) -> None:
    """The proof that permissions are checked at all: without its policies ingest can store nothing."""
    function = strict.function("ingest")
    role = (
        strict.client("lambda").get_function_configuration(FunctionName=function)["Role"].rpartition("/")[2]
    )
    iam = strict.client("iam")
    policies = {
        name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
    }
    assert policies
    for name in policies:
        iam.delete_role_policy(RoleName=role, PolicyName=name)
    assert strict.send("stripe", strict.sample("stripe", "payment_intent.succeeded")).status == 503
