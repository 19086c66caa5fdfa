"""API Gateway's event, read as the request that the provider made; and our answer, written as it wants it.

Format 2.0:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

from gateway.providers.schema import Answer
from gateway.request import Request


class Unreadable(ValueError):
    """The event's body is not what it says it is."""


def route_path(event: Mapping[str, Any]) -> str:
    """The path of the route that matched, as it was configured: `/stripe` of the route key `POST /stripe`."""
    return str(event["routeKey"]).partition(" ")[2]


def request_of(event: Mapping[str, Any], public_url: str) -> Request:
    """The request with the exact bytes of its body. Raises Unreadable.

    The path in the public URL is the configured one: API Gateway's own is decoded; no provider signs that.
    """
    path, query = route_path(event), event.get("rawQueryString", "")
    return Request(
        method=event["requestContext"]["http"]["method"],
        path=path,
        query=query,
        headers=event.get("headers", {}),
        body=_body(event),
        url=f"{public_url}{path}" + (f"?{query}" if query else ""),
    )


def address_of(event: Mapping[str, Any]) -> str:
    """The address that the connection came from, as API Gateway saw it; empty if it does not say.

    No header counts: whoever sends X-Forwarded-For writes into it what they like.
    """
    return str(event["requestContext"]["http"].get("sourceIp", ""))


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        try:
            return b64decode(body, validate=True)
        except (NotBase64, ValueError) as error:
            raise Unreadable(f"the body is no base64: {error}") from error
    return bytes(body.encode("utf-8", "surrogatepass"))


def response_of(answer: Answer, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The proxy response."""
    named = {"content-type": answer.content_type} if answer.content_type else {}
    named |= dict(answer.headers) | dict(headers or {})
    return {"statusCode": answer.status, "headers": named, "body": answer.body}
