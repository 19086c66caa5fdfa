"""Requests of which it is known what becomes of them.

vectors.jsonl   what the providers publish, and what their own libraries accept or refuse
derived.jsonl   made by the documented formulas, apart from the code here: of each provider an authentic
                request and an altered one, and its handshake
"""

from pathlib import Path

from hookline.vectors import Vector, read


def vectors() -> list[Vector]:
    return _read("vectors.jsonl")


def derived() -> list[Vector]:
    return _read("derived.jsonl")


def _read(name: str) -> list[Vector]:
    return list(read(Path(__file__).with_name(name).read_text().splitlines()))
