"""The providers' own SDKs, in a process of their own that answers one question after another.

They pull in far more packages than may live beside ours: `make sdks` installs Python's into tests/sdks/.venv
and Node's into tests/sdks/node_modules. A question is one JSON object on a line, and so is its answer:

    {"sdk", "do": "sign" | "verify" | "answer", "key": text or {name: text}, "now": unix seconds,
     "request": {"method", "url", "headers": {lower-case name: value}, "body": base64}}

    sign:   {"headers": {name: value}}, added to the request; or {"request": …} if it is changed elsewhere
    verify: {"accepted": bool, "why": text}: what the SDK raises is a refusal, and its words are why
    answer: {"text": text}: what an endpoint says to the challenge that is the body, or to the request
    {"error": text}: the oracle itself failed
"""

import json
import os
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any
from urllib.parse import urlsplit

from gateway.request import Request

SDKS = Path(__file__).resolve().parents[1] / "sdks"
# SDKs are imported when they are first asked, some of them slowly.
_PATIENCE = 120.0

Key = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    accepted: bool
    why: str = ""


class Oracle:
    """One process. Raises AssertionError for an answer that is none."""

    def __init__(self, process: "subprocess.Popen[str]", log: IO[str]) -> None:
        self._process = process
        self._log = log
        self._answers: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def sign(self, sdk: str, key: Key, request: Request, now: int) -> Request:
        """The request as the SDK signs it."""
        answer = self._ask(sdk, "sign", key, request, now)
        if "request" in answer:
            return _request(answer["request"])
        added = {name.lower(): value for name, value in answer["headers"].items()}
        return replace(request, headers={**request.headers, **added})

    def verify(self, sdk: str, key: Key, request: Request, now: int) -> Verdict:
        answer = self._ask(sdk, "verify", key, request, now)
        return Verdict(bool(answer["accepted"]), answer.get("why", ""))

    def answer(self, sdk: str, key: Key, challenge: Request | str, now: int) -> str:
        """What an endpoint says to a handshake: the whole request, or its challenge, as the SDK takes it."""
        if isinstance(challenge, str):
            body = challenge.encode()
            challenge = Request(method="POST", path="", query="", headers={}, body=body, url="")
        return str(self._ask(sdk, "answer", key, challenge, now)["text"])

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()

    def _ask(self, sdk: str, do: str, key: Key, request: Request, now: int) -> dict[str, Any]:
        question = {"sdk": sdk, "do": do, "key": key, "now": now, "request": _written(request)}
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=_PATIENCE)
        except (BrokenPipeError, Empty):
            line = ""
        assert line, f"{sdk}: no answer to {do}\n{self._said()}"
        answer: dict[str, Any] = json.loads(line)
        assert "error" not in answer, f"{sdk}: {do}: {answer['error']}\n{self._said()}"
        return answer

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _said(self) -> str:
        self._log.seek(0)
        return self._log.read()[-4000:]


@contextmanager
def python() -> Iterator[Oracle]:
    interpreter = SDKS / ".venv" / "bin" / "python"
    with _running([str(interpreter), "-W", "ignore", str(SDKS / "python" / "oracle.py")], interpreter) as one:
        yield one


@contextmanager
def node() -> Iterator[Oracle]:
    beside = Path(sys.executable).with_name("node")
    command = [str(beside) if beside.exists() else "node", str(SDKS / "node" / "oracle.mjs")]
    with _running(command, SDKS / "node_modules") as one:
        yield one


@contextmanager
def _running(command: list[str], installed: Path) -> Iterator[Oracle]:
    if not installed.exists():
        raise FileNotFoundError(f"{installed} is not there: `make sdks` installs the providers' SDKs")
    # None of them may find an account of the developer's.
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            cwd=SDKS,
            env=plain,
        )
        oracle = Oracle(process, log)
        try:
            yield oracle
        finally:
            oracle.end()


def _written(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "body": b64encode(request.body).decode(),
    }


def _request(written: Mapping[str, Any]) -> Request:
    parts = urlsplit(written["url"])
    return Request(
        method=written["method"],
        path=parts.path,
        query=parts.query,
        headers={name.lower(): value for name, value in written["headers"].items()},
        body=b64decode(written["body"]),
        url=written["url"],
    )
