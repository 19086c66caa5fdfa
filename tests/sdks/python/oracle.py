"""Asks the providers' Python SDKs; one JSON question a line in, one answer a line out.

The protocol stands in tests/conformance/oracle.py. Runs in tests/sdks/.venv.
"""

import json
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import time_machine
from registry import ANSWERERS, SIGNERS, VERIFIERS, question

for module in sorted(Path(__file__).parent.glob("by_*.py")):
    import_module(module.stem)


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    known = {"sign": SIGNERS, "verify": VERIFIERS, "answer": ANSWERERS}[asked["do"]]
    if asked["sdk"] not in known:
        return {"error": f"no function here is registered to {asked['do']} for {asked['sdk']!r}"}
    with time_machine.travel(asked["now"], tick=False):
        if asked["do"] == "sign":
            return {"headers": SIGNERS[asked["sdk"]](question(asked))}
        if asked["do"] == "answer":
            return {"text": ANSWERERS[asked["sdk"]](question(asked))}
        try:
            accepted = VERIFIERS[asked["sdk"]](question(asked)) is not False
        # Of an SDK that is not installed, or is called as it cannot be, nothing is learnt.
        except (ImportError, NameError):
            raise
        except Exception as refusal:  # noqa: BLE001
            return {"accepted": False, "why": f"{type(refusal).__name__}: {refusal}"}
    return {"accepted": accepted, "why": "" if accepted else "False"}


def no_calls(event: str, _: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise PermissionError("an SDK may not call out while it verifies")


def main() -> None:
    sys.addaudithook(no_calls)
    # What an SDK prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            said = answer(json.loads(line))
        except Exception as trouble:  # noqa: BLE001
            said = {"error": f"{type(trouble).__name__}: {trouble}"}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
