"""Requests that the providers publish, or that their own libraries accept or refuse: vectors.jsonl."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from gateway.catalog import Source
from gateway.request import Request
from tests.sources import source

# Senders by Standard Webhooks that have no literal of their own.
_STANDARD = {"svix", "resend", "google-gemini", "dodo-payments", "supabase", "stytch"}


class Vector(NamedTuple):
    id: str
    source: Source
    keys: tuple[str, ...]
    request: Request
    now: float
    told: dict[str, Any]


def vectors() -> list[Vector]:
    lines = Path(__file__).with_name("vectors.jsonl").read_text().splitlines()
    return [_vector(json.loads(line)) for line in lines]


def _vector(told: dict[str, Any]) -> Vector:
    provider = "standard-webhooks" if told["provider"] in _STANDARD else told["provider"]
    if told["variant"] == "webhook-events":
        provider = "discord-events"
    url = urlsplit(told["url"])
    request = Request(
        method=told["method"],
        path=url.path,
        query=url.query,
        headers={name.lower(): value for name, value in told["headers"].items()},
        body=b64decode(told["body_base64"]),
        url=told["url"],
    )
    keys = tuple(told["secrets"]) or (told["keys"]["public_key"],)
    return Vector(told["id"], source(provider), keys, request, told["now"], told)
