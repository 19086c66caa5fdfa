"""Which function asks which SDK. Each imports its SDK when it is first called."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Headers(dict[str, str]):
    """Found by a name in any case, as the frameworks' are."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


@dataclass(frozen=True)
class Question:
    """now: unix seconds, which the clock shows as well."""

    key: Any
    now: int
    method: str
    url: str
    headers: Headers
    body: bytes

    @cached_property
    def text(self) -> str:
        """The body as the frameworks hand it over. Raises UnicodeDecodeError, a refusal."""
        return self.body.decode()

    def header(self, name: str) -> str:
        """Empty if it is missing: what `headers.get(name, "")` gives in an endpoint."""
        return str(self.headers.get(name, ""))

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.text, keep_blank_values=True, encoding="utf-8", errors="strict")


Verifier = Callable[[Question], object]
Signer = Callable[[Question], Mapping[str, str]]

VERIFIERS: dict[str, Verifier] = {}
SIGNERS: dict[str, Signer] = {}
ANSWERERS: dict[str, Callable[[Question], str]] = {}


def verifies(*names: str) -> Callable[[Verifier], Verifier]:
    """False or an exception of the function's is the SDK's refusal; anything else that it accepts."""

    def register(function: Verifier) -> Verifier:
        VERIFIERS.update(dict.fromkeys(names, function))
        return function

    return register


def signs(*names: str) -> Callable[[Signer], Signer]:
    """The function gives the headers that are added."""

    def register(function: Signer) -> Signer:
        SIGNERS.update(dict.fromkeys(names, function))
        return function

    return register


def answers(name: str) -> Callable[[Callable[[Question], str]], Callable[[Question], str]]:
    """The function gives what an endpoint says to the challenge that is the body."""

    def register(function: Callable[[Question], str]) -> Callable[[Question], str]:
        ANSWERERS[name] = function
        return function

    return register


def question(asked: Mapping[str, Any]) -> Question:
    request = asked["request"]
    return Question(
        key=asked["key"],
        now=asked["now"],
        method=request["method"],
        url=request["url"],
        headers=Headers(request["headers"]),
        body=b64decode(request["body"]),
    )
