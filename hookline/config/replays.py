"""Whether `replay_guard` can tell anything of a source."""

import re

from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Asymmetric, Hmac

# Kinds of places that lie in the body.
_BODY = ("json", "form", "jwt", "has")


def pointless(source: Source) -> str:
    """Why the guard has nothing to tell, with what to do; empty if all is well."""
    provider = PROVIDERS.get(source.provider)
    if provider and provider.bodies_recur:
        return (
            f"{provider.title} sends equal bodies that are events of their own, each of which would be "
            "marked: leave it out"
        )
    if not source.id:
        return (
            f"{source.provider} gives its events no id, so that a body cannot come under another one: leave "
            "it out, or for a custom source say by event.id where the id stands"
        )
    if source.once:
        return (
            f"{source.provider} signs something that is there once, and events are told apart by it: a "
            "replay is a duplicate without this; leave it out"
        )
    if all(_in_the_body(place) for place in source.id):
        return (
            "the id stands in the body, so that a body always comes under its own id, and a replay is a "
            "duplicate without this: leave it out"
        )
    signed = provider.id_signed if provider else all(_covered(place, source) for place in source.id)
    if signed and not source.unverified:
        return "the signature covers the id, so that nobody can send a body under another one: leave it out"
    return ""


def _in_the_body(place: str) -> bool:
    return all(part.partition(":")[0] in _BODY for part in place.split("+") if part and part[0] != ":")


def _covered(place: str, source: Source) -> bool:
    """Whether the signature of a custom source covers what stands at a place."""
    if _in_the_body(place):
        return True
    kind, _, name = place.partition(":")
    contents = [scheme.content for scheme in source.schemes if isinstance(scheme, Hmac | Asymmetric)]
    if not contents:
        return False
    if kind == "header":
        wanted = re.compile(re.escape(f"{{header:{name}}}"), re.IGNORECASE)
    else:
        # {path} has the query string with it in an HMAC's content, and {target} in a public key's.
        whole = r"\{url\}|\{path\}" if isinstance(source.schemes[0], Hmac) else r"\{url\}|\{target\}"
        wanted = re.compile(rf"{whole}|{re.escape(f'{{query:{name}}}')}")
    return all(wanted.search(content) for content in contents)
