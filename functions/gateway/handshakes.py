"""Verified requests that want an answer of their own and are no events: Slack's challenge, Discord's ping."""

from gateway.body import Places
from gateway.catalog import Source
from gateway.providers.schema import Answer, Handshake
from gateway.request import Request


def answer(source: Source, request: Request) -> Answer | None:
    """What to say to a handshake; None if the request is an event. To be asked only of a verified request."""
    places = Places(request)
    for handshake in source.handshakes:
        if all(_is(places.value(place), wanted) for place, wanted in handshake.where):
            return _answer(handshake, places)
    return None


def _is(found: object, wanted: str | int) -> bool:
    """Equal as JSON, where true is not 1."""
    return not isinstance(found, bool) and found == wanted


def _answer(handshake: Handshake, places: Places) -> Answer | None:
    body = places.first((handshake.echo,)) if handshake.echo else handshake.body
    if handshake.echo and not body:
        return None
    return Answer(status=handshake.status, content_type=handshake.content_type, body=body)
