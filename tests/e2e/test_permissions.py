"""With the emulator's checks of permissions on, each function can do its work, and none without its grants.

A smoke test. What the emulator checks are the functions' own calls by their roles. It does not check what
Lambda does with a queue for a function, EventBridge's and S3's sending to queues, or API Gateway's calls:
those are held to in tests/infrastructure.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.e2e.schedules import call
from tests.faults.orders import Payment, payment

pytestmark = pytest.mark.xdist_group("permissions")

LARGE = 1_200_000


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    with deployed_gateway(folder, settings={"AUTH": "true"}) as gateway:
        yield gateway


@pytest.mark.parametrize("padding", [0, LARGE])
def test_a_payment_goes_the_whole_way(gateway: Gateway, padding: int) -> None:
    paid = payment(gateway, padding)

    assert gateway.send("stripe", paid.body).status == 200

    stored = "claim-check" if padding else "queue"
    assert _paid(gateway, paid)["stored"] == stored


def test_a_push_goes_the_whole_way(gateway: Gateway) -> None:
    assert gateway.send("github", gateway.sample("github", "push")).status == 200

    delivered = gateway.fact("delivery.succeeded", subscriber="deployments")
    gateway.receive("everything", id=delivered["event"])


def test_an_envelope_may_be_spilled_and_read_again(gateway: Gateway) -> None:
    paid = payment(gateway)

    with _withheld(gateway, "ingest", "sqs:SendMessage"):
        assert gateway.send("stripe", paid.body).status == 200

    assert _paid(gateway, paid)["stored"] == "spill"


def test_what_is_refused_may_be_kept(gateway: Gateway) -> None:
    forged = gateway.sign("stripe", gateway.request("stripe", b"{}"), key="whsec_another")

    assert gateway.post(forged).status == 401

    bucket = gateway.deployed.outputs["QuarantineBucket"]
    found = gateway.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert sorted(one["Key"].partition("/")[0] for one in found) == ["budget", "rejected"]
    assert not gateway.facts("quarantine.failed")


def test_what_is_no_envelope_may_be_parked(gateway: Gateway) -> None:
    queue = gateway.deployed.outputs["AcceptedQueue"]

    gateway.client("sqs").send_message(QueueUrl=queue, MessageBody="no envelope")

    gateway.fact("event.parked", reason="undecodable")
    assert gateway.waiting("AcceptedDlq") == 1


def test_wake_may_look_for_what_is_due_and_into_every_dead_letter_queue(gateway: Gateway) -> None:
    """It raises at its end if anything was refused. Nothing is sent: the emulator names that otherwise."""
    paid = payment(gateway)
    gateway.send("stripe", paid.body)
    gateway.fact("delivery.succeeded", subscriber="payments")
    for task in ("wake", "sweep"):
        call(gateway, task)
        assert gateway.fact(f"{task}.ran", troubles=0)


@pytest.mark.parametrize(
    ("function", "action", "fact"),
    [
        ("ingest", "secretsmanager:GetSecretValue", "event.unavailable"),
        ("ingest", "s3:PutObject", "event.unavailable"),
        ("dispatch", "s3:GetObject", "message.returned"),
        ("dispatch", "dynamodb:PutItem", "message.returned"),
        ("dispatch", "events:PutEvents", "message.returned"),
        ("payments", "dynamodb:UpdateItem", "delivery.failed"),
    ],
)
def test_without_its_grant_a_function_is_refused(
    gateway: Gateway, function: str, action: str, fact: str
) -> None:
    with _withheld(gateway, function, action):
        if function == "ingest":
            _forget_keys(gateway)
        gateway.send("stripe", payment(gateway, LARGE).body)
        refusal = f"not authorized to perform: {action}"
        eventually(lambda: [one for one in gateway.facts(fact) if refusal in str(one)], refusal)


def _paid(gateway: Gateway, paid: Payment) -> dict[str, str]:
    """The fact of its acceptance, once the order has changed and the queue has the event."""
    published = gateway.fact("event.published", provider_id=paid.event)
    eventually(lambda: gateway.items("PaymentsOrdersTable", order=paid.order), "order paid")
    gateway.receive("everything", id=published["event"])
    return gateway.fact("event.accepted", envelope=published["envelope"])


def _forget_keys(gateway: Gateway) -> None:
    """New workers, which remember nothing."""
    with gateway.environment("ingest", ANEW="1"):
        pass


@contextmanager
def _withheld(gateway: Gateway, name: str, action: str) -> Iterator[None]:
    """A function whose role does not have one of its grants."""
    iam = gateway.client("iam")
    configuration = gateway.client("lambda").get_function_configuration(FunctionName=gateway.function(name))
    role = configuration["Role"].rpartition("/")[2]
    [policy] = iam.list_role_policies(RoleName=role)["PolicyNames"]
    granted = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    statements = [one for one in granted["Statement"] if action not in _actions(one)]
    if len(statements) == len(granted["Statement"]):
        with _detached(iam, role, action):
            yield
        return

    def put(document: dict[str, Any]) -> None:
        iam.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))

    put({**granted, "Statement": statements})
    try:
        yield
    finally:
        put(granted)


def _actions(statement: dict[str, Any]) -> list[str]:
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else list(actions)


@contextmanager
def _detached(iam: Any, role: str, action: str) -> Iterator[None]:
    """Without the policy that grants it for many resources."""
    attached = [
        one["PolicyArn"] for one in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    ]
    [policy] = [arn for arn in attached if action in _granted(iam, arn)]
    iam.detach_role_policy(RoleName=role, PolicyArn=policy)
    try:
        yield
    finally:
        iam.attach_role_policy(RoleName=role, PolicyArn=policy)


def _granted(iam: Any, policy: str) -> list[str]:
    version = iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=policy, VersionId=version)["PolicyVersion"]["Document"]
    return [action for one in document["Statement"] for action in _actions(one)]
