"""Playing the provider: a request as the provider would sign it, sent to a running gateway."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway import handshakes, verification
from gateway.catalog import Source
from gateway.request import Request
from hookline.config.schema import Configuration
from hookline.local.trouble import Trouble
from hookline.samples import Sample

TIMEOUT_SECONDS = 35


@dataclass(frozen=True, slots=True)
class Answered:
    """What the gateway answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def choose(source: Source, known: Mapping[str, Sample], configuration: Configuration) -> Sample | None:
    """A sample that is an event and no handshake; one that some subscriber asks for, if there is."""
    events = {
        name: sample
        for name, sample in known.items()
        if handshakes.find_unsigned(source, sample.request("", source.path)) is None
    }
    wanted = [kind for one in configuration.subscribers.values() for kind in one.events.type or ()]
    preferred = (events[name] for name in wanted if name in events)
    return next(preferred, next(iter(events.values()), None))


def signed(
    source: Source, sample: Sample, key: str | None, *, public_url: str, now: float, identifier: str
) -> Request:
    """The request that a source's provider would make. key: what it signs with; None if nothing verifies it.

    now in seconds since 1970; identifier: the id of this delivery, for schemes that sign one.
    """
    request = sample.request(public_url, source.path)
    if key is None:
        return request
    return verification.signed(source.schemes, key, request, now, identifier)


def post(request: Request, base_url: str) -> Answered:
    """Send it to where the gateway is reached. Raises Trouble when nobody answers."""
    url = urlsplit(base_url)
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.netloc, timeout=TIMEOUT_SECONDS)
    target = f"{url.path}{request.path}{'?' if request.query else ''}{request.query}"
    try:
        connection.request(request.method, target, request.body, dict(request.headers))
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        raise Trouble(f"no answer from {base_url}: {error}") from error
    finally:
        connection.close()
    return Answered(response.status, {name.lower(): value for name, value in response.getheaders()}, body)
