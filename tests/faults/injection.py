"""Putting a fault where a story wants it, and taking it away again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.e2e.gateway import SECONDS, Gateway, eventually
from tests.faults.proxy import FaultProxy


@contextmanager
def behind_proxy(gateway: Gateway, *functions: str) -> Iterator[FaultProxy]:
    """All that these functions say to AWS goes through a proxy; they start anew, before and after."""
    with ExitStack() as stack:
        proxy = stack.enter_context(FaultProxy(gateway.endpoint))
        at_rest(gateway)
        for name in functions:
            stack.enter_context(gateway.environment(name, AWS_ENDPOINT_URL=proxy.url))
        yield proxy


@contextmanager
def timing(gateway: Gateway, name: str, *, visibility: int, timeout: int | None = None) -> Iterator[None]:
    """Of `dispatch` or a subscriber, in seconds: its queue's visibility, and its own timeout if that changes.

    What comes back after three minutes on AWS comes back while a story waits.
    """
    sqs, functions, function = gateway.client("sqs"), gateway.client("lambda"), gateway.function(name)
    queue = gateway.deployed.outputs["AcceptedQueue"]
    if name != "dispatch":
        queue = gateway.deployed.subscribers[name]["queue"]
    before = functions.get_function_configuration(FunctionName=function)["Timeout"]
    former = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": str(visibility)})
    functions.update_function_configuration(FunctionName=function, Timeout=timeout or before)
    try:
        yield
    finally:
        functions.update_function_configuration(FunctionName=function, Timeout=before)
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=former)


def at_rest(gateway: Gateway, seconds: float = SECONDS) -> None:
    """Wait until no message is on its way to a function: whoever changes one would interrupt it."""
    queues = ["AcceptedQueue"]
    queues += [one["queue"] for one in gateway.deployed.subscribers.values() if one["kind"] == "function"]
    eventually(lambda: not any(map(gateway.waiting, queues)), "no message under way", seconds)
