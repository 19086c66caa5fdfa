"""A proxy between the functions and AWS's stores that fails, hangs up or kills the caller at one step.

A function whose `AWS_ENDPOINT_URL` names the proxy runs unchanged: what it sees is what a broken network, a
throttled store or a dying worker would look like.
"""

import contextlib
import http.client
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import psutil

# In seconds.
DELAY = 0.5


class Fault(Enum):
    REFUSE = "answered with an error; the call has no effect"
    HANG_UP_AFTER = "the call takes effect, its answer is lost"
    DELAY = "the call takes effect, half a second late"
    KILL_BEFORE = "the caller dies; the call has no effect"
    KILL_AFTER = "the call takes effect, and the caller dies"


@dataclass
class Rule:
    """Fault `times` calls of operations such as `dynamodb:PutItem`, after letting `skip` of them through.

    hits: how many were faulted. killed: the processes that died of it.
    """

    operation: re.Pattern[str]
    fault: Fault
    times: float
    skip: int = 0
    hits: int = 0
    killed: list[int] = field(default_factory=list)


class FaultProxy:
    """Forwards to `endpoint`; `calls` are the operations seen, in order."""

    def __init__(self, endpoint: str) -> None:
        self.target = urlsplit(endpoint).netloc
        self.calls: list[str] = []
        self._rules: list[Rule] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FaultProxy":
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def faulty(self, operation: str, fault: Fault, times: float = 1, skip: int = 0) -> Iterator[Rule]:
        """`operation` is a regular expression over `service:Operation`; S3's operations are HTTP methods.

        A call that boto3 tries again counts each time.
        """
        rule = Rule(re.compile(operation), fault, times, skip)
        with self._lock:
            self._rules.append(rule)
        try:
            yield rule
        finally:
            with self._lock:
                self._rules.remove(rule)

    def rule_for(self, operation: str) -> Rule | None:
        with self._lock:
            self.calls.append(operation)
            for rule in self._rules:
                if not rule.operation.fullmatch(operation) or rule.hits == rule.times:
                    continue
                if rule.skip:
                    rule.skip -= 1
                    continue
                rule.hits += 1
                return rule
        return None


def _operation(method: str, headers: "Message[str, str]", body: bytes) -> str:
    scope = re.search(r"/([a-z0-9-]+)/aws4_request", headers.get("Authorization", ""))
    service = scope[1] if scope else "unknown"
    if target := headers.get("X-Amz-Target"):
        return f"{service}:{target.rpartition('.')[2]}"
    if headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        return f"{service}:{parse_qs(body.decode('latin-1'))['Action'][0]}"
    return f"{service}:{method}"


def _refusal(headers: "Message[str, str]") -> bytes:
    """In the protocol of the service that was called."""
    if headers.get("X-Amz-Target"):
        return b'{"__type": "ServiceUnavailable", "message": "refused by the fault proxy"}'
    return b"<Error><Code>ServiceUnavailable</Code><Message>refused by the fault proxy</Message></Error>"


def _caller(port: int, proxy_port: int) -> int:
    """The process at the other end of a connection. Raises LookupError if it is not to be found."""
    for connection in psutil.net_connections(kind="tcp4"):
        ports = [end.port for end in (connection.laddr, connection.raddr) if end]
        if ports == [port, proxy_port] and connection.pid is not None:
            return connection.pid
    raise LookupError(f"no process has the connection from port {port} to {proxy_port}")


def _handler(proxy: FaultProxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            rule = proxy.rule_for(_operation(self.command, self.headers, body))
            fault = rule.fault if rule else None
            if fault is Fault.REFUSE:
                self._answer(503, [], _refusal(self.headers))
                return
            if fault is Fault.DELAY:
                time.sleep(DELAY)
            status, headers, answer = (0, [], b"") if fault is Fault.KILL_BEFORE else self._forward(body)
            if rule and fault in (Fault.KILL_BEFORE, Fault.KILL_AFTER):
                self.close_connection = True
                pid = _caller(self.client_address[1], proxy.port)
                os.kill(pid, signal.SIGKILL)
                rule.killed.append(pid)
            elif fault is Fault.HANG_UP_AFTER:
                self.close_connection = True
            else:
                self._answer(status, headers, answer)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _serve  # noqa: N815 - http.server's own names

        def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            connection = http.client.HTTPConnection(proxy.target, timeout=30)
            try:
                headers = {
                    name: value
                    for name, value in self.headers.items()
                    if name.lower() not in ("connection", "content-length", "expect", "transfer-encoding")
                }
                connection.request(self.command, self.path, body, headers)
                response = connection.getresponse()
                return response.status, response.getheaders(), response.read()
            finally:
                connection.close()

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            with contextlib.suppress(OSError):
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in ("connection", "content-length", "transfer-encoding", "date"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    return Handler
