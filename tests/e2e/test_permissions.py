"""With the emulator's checks of permissions on, each function can do its work, and none without its grants.

A smoke test. What the emulator checks are the functions' own calls by their roles. It does not check what
Lambda does with a queue for a function, EventBridge's and S3's sending to queues, or API Gateway's calls:
those are held to in tests/infrastructure.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.gateway import Gateway, deployed_gateway, eventually
from tests.faults.orders import Payment, payment

pytestmark = pytest.mark.xdist_group("permissions")

CONFIG = Path(__file__).parents[1] / "faults" / "hookline.yaml"
LARGE = 1_200_000


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    with deployed_gateway(folder, config=CONFIG, settings={"AUTH": "true"}) as gateway:
        yield gateway


@pytest.mark.parametrize("padding", [0, LARGE])
def test_an_event_goes_the_whole_way(gateway: Gateway, padding: int) -> None:
    paid = payment(gateway, padding)

    assert gateway.send("stripe", paid.body).status == 200

    stored = "claim-check" if padding else "queue"
    assert _paid(gateway, paid)["stored"] == stored


def test_an_envelope_may_be_spilled_and_read_again(gateway: Gateway) -> None:
    paid = payment(gateway)

    with _denied(gateway, "ingest", "sqs:SendMessage"):
        assert gateway.send("stripe", paid.body).status == 200

    assert _paid(gateway, paid)["stored"] == "spill"


def test_what_is_no_envelope_may_be_parked(gateway: Gateway) -> None:
    queue = gateway.deployed.outputs["AcceptedQueue"]

    gateway.client("sqs").send_message(QueueUrl=queue, MessageBody="no envelope")

    gateway.fact("event.parked", reason="undecodable")
    assert gateway.waiting("AcceptedDlq") == 1


def test_ingest_may_not_read_keys_without_its_grant(gateway: Gateway) -> None:
    with _denied(gateway, "ingest", "secretsmanager:GetSecretValue"):
        _start_anew(gateway, "ingest")
        assert gateway.send("stripe", payment(gateway).body).status == 503


@pytest.mark.parametrize("action", ["dynamodb:PutItem", "dynamodb:UpdateItem", "events:PutEvents", "s3:GetObject"])
def test_dispatch_may_do_nothing_without_its_grant(gateway: Gateway, action: str) -> None:
    ...


def _paid(gateway: Gateway, paid: Payment) -> dict[str, str]:
    """The fact of its acceptance, once both functions have changed their order."""
    published = gateway.fact("event.published", provider_id=paid.event)
    for table in ("PaymentsOrdersTable", "BookkeepingOrdersTable"):
        eventually(lambda table=table: gateway.items(table, order=paid.order), f"order in {table}")  # type: ignore[misc]
    gateway.receive("everything", id=published["event"])
    return gateway.fact("event.accepted", envelope=published["envelope"])


def _start_anew(gateway: Gateway, name: str) -> None:
    """Without what its workers remember."""
    with gateway.environment(name, ANEW="1"):
        pass


@contextmanager
def _denied(gateway: Gateway, name: str, action: str) -> Iterator[None]:
    """A function whose role may not do one thing."""
    iam = gateway.client("iam")
    configuration = gateway.client("lambda").get_function_configuration(FunctionName=gateway.function(name))
    role = configuration["Role"].rpartition("/")[2]
    statement = {"Effect": "Deny", "Action": action, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=role, PolicyName="denied", PolicyDocument=policy)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="denied")
