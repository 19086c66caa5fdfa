"""Figures of a gateway on the emulator: ingest's latency, AWS calls an event, zip sizes.

    python -m benchmarks.figures

The emulator's own share of the latency is most of it: it says what a change of ours does, not what AWS will
show.
"""

import io
import statistics
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from app import STAGES
from hookline.config.load import load
from hookline.local.gateway import LocalGateway, Plan, local_gateway
from hookline.local.steps import Steps
from hookline.samples import Sample, fresh, samples
from hookline.sender import post, signed
from infrastructure.bundling import bundler
from tests.faults.proxy import FaultProxy

PROJECT = Path(__file__).resolve().parent.parent
CONFIGURATIONS = {
    "hookline.yaml": PROJECT / "hookline.yaml",
    "every provider": PROJECT / "tests/e2e/hookline.yaml",
}
WARM_UP, REQUESTS, EVENTS, CLIENTS = 50, 500, 400, 16


def zip_sizes() -> Iterator[tuple[str, int]]:
    """Bytes of each function's zip as it goes to AWS."""
    for label, config in CONFIGURATIONS.items():
        configuration = load(config).configuration
        bundles = bundler(PROJECT, STAGES["prod"], configuration)
        functions = ["ingest", "dispatch"]
        if config == CONFIGURATIONS["hookline.yaml"]:
            functions += ["subscribers.payments", "subscribers.deployments"]
        for function in functions:
            yield f"{function} ({label})", _zipped(bundles.bundle(f"{function}.handler"))


def _zipped(folder: Path) -> int:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return buffer.tell()


def send(gateway: LocalGateway, sample: Sample, number: int) -> float:
    """Seconds until Stripe has its answer."""
    source = gateway.sources["stripe"]
    request = signed(
        source,
        fresh(sample, source, f"evt_{time.time_ns()}{number}"),
        gateway.keys["stripe"].signing,
        public_url=gateway.deployed.public_url,
        now=time.time(),
        identifier="",
    )
    began = time.perf_counter()
    answered = post(request, gateway.deployed.base_url)
    took = time.perf_counter() - began
    if answered.status != 200:
        raise SystemExit(f"the gateway answered {answered.status} {answered.body!r}")
    return took


@contextmanager
def observed(gateway: LocalGateway, proxy: FaultProxy) -> Iterator[None]:
    """The calls of ingest and dispatch go through the proxy, which counts them."""
    client = gateway.deployed.client("lambda")
    former: dict[str, Any] = {}
    subscribers = {subscriber.get("function") for subscriber in gateway.deployed.subscribers.values()}
    for name in gateway.deployed.log_groups.keys() - subscribers:
        former[name] = client.get_function_configuration(FunctionName=name)["Environment"]
        variables = {**former[name]["Variables"], "AWS_ENDPOINT_URL": proxy.url}
        client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
    try:
        yield
    finally:
        for name, environment in former.items():
            client.update_function_configuration(FunctionName=name, Environment=environment)


def calls_an_event(gateway: LocalGateway, sample: Sample) -> Counter[str]:
    """How often ingest and dispatch call each operation for EVENTS events from CLIENTS clients."""
    # A worker that is replaced in the middle of a batch would leave it invisible for minutes.
    _drain(gateway)
    with FaultProxy(gateway.emulator.endpoint) as proxy, observed(gateway, proxy):
        for number in range(WARM_UP):
            send(gateway, sample, number)
        _drain(gateway)
        proxy.calls.clear()
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(partial(send, gateway, sample), range(EVENTS)))
        _drain(gateway)
        return Counter(proxy.calls)


def _drain(gateway: LocalGateway) -> None:
    sqs = gateway.deployed.client("sqs")
    queues = [gateway.deployed.outputs["AcceptedQueue"], gateway.deployed.subscribers["payments"]["queue"]]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    deadline = time.monotonic() + 120
    quiet = 0
    while quiet < 5:
        counts = [
            sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"] for queue in queues
        ]
        quiet = quiet + 1 if not any(int(count) for queue in counts for count in queue.values()) else 0
        if time.monotonic() > deadline:
            raise SystemExit("the queues were not empty within 120 s")
        time.sleep(0.1)


def main() -> None:
    for function, size in zip_sizes():
        print(f"zip of {function:<36} {size / 1000:8.0f} KB", flush=True)
    sample = samples()["stripe"]["payment_intent.succeeded"]
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(config=PROJECT / "hookline.yaml", folder=Path(folder), port=0)
        with local_gateway(plan, Steps(io.StringIO())) as gateway:
            for number in range(WARM_UP):
                send(gateway, sample, number)
            times = sorted(send(gateway, sample, number) for number in range(REQUESTS))
            print(f"ingest on the emulator, p50 {statistics.median(times) * 1000:.0f} ms, ", end="")
            print(
                f"p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms ({REQUESTS} requests in a row)",
                flush=True,
            )
            counted = calls_an_event(gateway, sample)
    for operation, count in sorted(counted.items()):
        print(f"calls an event: {operation:<32} {count / EVENTS:5.2f}")
    print(f"calls an event: {'in all':<32} {counted.total() / EVENTS:5.2f}")


if __name__ == "__main__":
    main()
