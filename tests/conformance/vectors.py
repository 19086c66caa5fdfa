"""Requests that the providers publish, or that their own libraries accept or refuse: vectors.jsonl."""

from pathlib import Path

from hookline.vectors import Vector, read


def vectors() -> list[Vector]:
    return list(read(Path(__file__).with_name("vectors.jsonl").read_text().splitlines()))
