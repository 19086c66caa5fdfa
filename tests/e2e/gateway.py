"""A deployed gateway as stories see it: what providers do to it, and what can be read of it afterwards."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import psutil
from boto3.dynamodb.types import TypeDeserializer

from gateway.request import Request
from gateway.verification import sign, verifying_key
from hookline.local.facts import Fact, Facts
from hookline.local.gateway import LocalGateway, Plan, local_gateway
from hookline.local.steps import Steps
from hookline.samples import Sample, fresh, samples
from hookline.sender import Answered, post

CONFIG = Path(__file__).with_name("hookline.yaml")
# Long enough for cold starts on a machine with better things to do.
SECONDS = 30.0

T = TypeVar("T")


def eventually(look: Callable[[], T], what: str, seconds: float = SECONDS, every: float = 0.1) -> T:
    """What `look` returns once it is true; it looks so often. Fails with `what` was waited for, and what was
    last seen.
    """
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s; last seen {seen!r}"
        time.sleep(every)


class Gateway:
    """keys: what each source's provider signs with; `set_keys` changes them."""

    def __init__(self, local: LocalGateway) -> None:
        self.local = local
        self.deployed = local.deployed
        self.sources = local.sources
        self.keys = {name: key.signing for name, key in local.keys.items()}
        self.base_url = local.deployed.base_url
        self.public_url = local.deployed.public_url
        self.endpoint = local.emulator.endpoint
        self.client = local.deployed.client
        self._facts: list[Fact] = []
        self._log = Facts(self.client("logs"), local.deployed.log_groups.values())
        self._mail: dict[str, list[dict[str, Any]]] = {}

    # What providers do.

    def sample(self, source: str, name: str, identifier: str = "") -> Sample:
        """A sample of the source's provider as a new event. identifier: what its id is made of."""
        known = self.sources[source]
        return fresh(samples()[known.provider][name], known, identifier or uuid4().hex)

    def request(
        self,
        source: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        content_type: str = "application/json",
        query: str = "",
        method: str = "POST",
    ) -> Request:
        """An unsigned request to a source."""
        path = self.sources[source].path
        named = {name.lower(): value for name, value in (headers or {}).items()}
        if content_type:
            named["content-type"] = content_type
        url = f"{self.public_url}{path}{'?' if query else ''}{query}"
        return Request(method=method, path=path, query=query, headers=named, body=body, url=url)

    def sign(
        self, source: str, request: Request, *, key: str = "", identifier: str = "", now: float | None = None
    ) -> Request:
        """With our own `sign`; stories about the official SDKs use theirs."""
        added = sign(
            self.sources[source].schemes,
            key or self.keys[source],
            request,
            time.time() if now is None else now,
            identifier or uuid4().hex,
        )
        headers = {**request.headers, **{name.lower(): value for name, value in added.items()}}
        return self.request(
            source,
            request.body,
            headers=headers,
            content_type=request.headers.get("content-type", ""),
            query=request.query,
            method=request.method,
        )

    def post(self, request: Request) -> Answered:
        return post(request, self.base_url)

    def send(self, source: str, body: bytes | Sample, *, identifier: str = "", **options: Any) -> Answered:
        """Sign and post. body: bytes, with `request`'s options; or a sample."""
        if isinstance(body, Sample):
            request = body.request(self.public_url, self.sources[source].path)
        else:
            request = self.request(source, body, **options)
        return self.post(self.sign(source, request, identifier=identifier))

    # What an operator does.

    def set_keys(self, source: str, *signing: str) -> None:
        """The keys in force from now on, newest first, given as what the provider signs with."""
        schemes = self.sources[source].schemes
        keys = [verifying_key(schemes, key) for key in signing]
        self.put_secret(source, json.dumps({"keys": keys}))
        if signing:
            self.keys[source] = signing[0]

    def put_secret(self, source: str, value: str) -> None:
        name = self.deployed.outputs["SecretsPrefix"] + source
        self.client("secretsmanager").put_secret_value(SecretId=name, SecretString=value)

    # What can be read.

    def facts(self, name: str = "", **fields: Any) -> list[Fact]:
        """The facts logged up to now that have these fields."""
        self._facts += self._log.read()
        wanted = fields | ({"fact": name} if name else {})
        return [fact for fact in self._facts if wanted.items() <= fact.items()]

    def fact(self, name: str, **fields: Any) -> Fact:
        """The first fact with these fields, waited for."""
        return eventually(lambda: self.facts(name, **fields), f"fact {name} with {fields}")[0]

    def received(self, subscriber: str, **fields: Any) -> list[dict[str, Any]]:
        """The CloudEvents objects with these fields that came to a queue subscriber up to now."""
        mail = self._mail.setdefault(subscriber, [])
        sqs, queue = self.client("sqs"), self.deployed.subscribers[subscriber]["queue"]
        while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                mail.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [event for event in mail if fields.items() <= event.items()]

    def receive(self, subscriber: str, count: int = 1, **fields: Any) -> list[dict[str, Any]]:
        """As `received`, waited for until there are `count`."""

        def enough() -> list[dict[str, Any]]:
            events = self.received(subscriber, **fields)
            return events if len(events) >= count else []

        return eventually(enough, f"{count} events with {fields} for {subscriber}")

    def payload(self, event: Mapping[str, Any]) -> bytes:
        """The bytes that an event's `dataref` names."""
        bucket, _, key = str(event["dataref"]).removeprefix("s3://").partition("/")
        body: bytes = self.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    def items(self, table: str, **fields: Any) -> list[dict[str, Any]]:
        """All items of a table that have these fields; table: a name, or that of an output."""
        name = self.deployed.outputs.get(table, table)
        pages = self.client("dynamodb").get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
        decode = TypeDeserializer().deserialize
        found = (
            {key: decode(value) for key, value in item.items()} for page in pages for item in page["Items"]
        )
        return [item for item in found if fields.items() <= item.items()]

    def event_items(self, source: str, **fields: Any) -> list[dict[str, Any]]:
        """The ledger's event items of a source."""
        items = self.items("LedgerTable", source=source, **fields)
        return [item for item in items if item["pk"].startswith(f"time#{source}#")]

    def dedup_item(self, source: str, key: str) -> dict[str, Any] | None:
        return next(iter(self.items("LedgerTable", pk=f"dedup#{source}#{key}")), None)

    def about(self, event_id: str) -> list[dict[str, Any]]:
        """The ledger's deliveries and conflicts of an event."""
        return self.items("LedgerTable", pk=f"event#{event_id}")

    def waiting(self, queue: str) -> int:
        """Messages in a queue, in flight and delayed ones included; queue: an output's name, or a URL."""
        attributes = self.client("sqs").get_queue_attributes(
            QueueUrl=self.deployed.outputs.get(queue, queue), AttributeNames=["All"]
        )["Attributes"]
        kinds = ("", "NotVisible", "Delayed")
        return sum(int(attributes[f"ApproximateNumberOfMessages{kind}"]) for kind in kinds)

    # What breaks.

    def function(self, name: str) -> str:
        """The physical name of `ingest`, `dispatch` or a subscriber's function."""
        if name in self.deployed.subscribers:
            return self.deployed.subscribers[name]["function"]
        part = {"ingest": "IngressFunction", "dispatch": "DispatchFunction"}[name]
        return next(function for function in self.deployed.log_groups if part in function)

    def workers(self, name: str) -> list[psutil.Process]:
        """The processes that run a function now."""
        mark = f"ministack-lambda-{self.function(name)}-"
        found = []
        for process in psutil.Process(self.local.emulator.pid).children(recursive=True):
            try:
                if any(mark in argument for argument in process.cmdline()):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def kill_workers(self, name: str) -> int:
        """SIGKILL to each process of a function; how many there were."""
        workers = self.workers(name)
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
        return len(workers)

    @contextmanager
    def environment(self, name: str, **changes: str) -> Iterator[None]:
        """A function with further environment variables, such as AWS_ENDPOINT_URL_SQS of a broken SQS."""
        client, function = self.client("lambda"), self.function(name)
        before = client.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        client.update_function_configuration(
            FunctionName=function, Environment={"Variables": before | changes}
        )
        try:
            yield
        finally:
            client.update_function_configuration(FunctionName=function, Environment={"Variables": before})


@contextmanager
def deployed_gateway(
    folder: Path, *, config: Path = CONFIG, settings: Mapping[str, str] | None = None
) -> Iterator[Gateway]:
    """A gateway of its own, by the real command line, into an emulator of its own on a free port.

    settings: further environment variables for the emulator, such as AUTH=true.
    """
    plan = Plan(config=config, folder=folder, port=0, settings=dict(settings or {}))
    with local_gateway(plan, Steps()) as local:
        local.deployment.wait()
        yield Gateway(local)
