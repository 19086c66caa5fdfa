"""Contentful's canonical request, as @contentful/node-apps-toolkit's signRequest makes it.

https://www.contentful.com/developers/docs/webhooks/request-verification/
"""

from urllib.parse import quote

from gateway.request import Request
from gateway.verification.encodings import utf8

TIMESTAMP = "x-contentful-timestamp"
_SIGNED_HEADERS = "x-contentful-signed-headers"
# JavaScript's encodeURIComponent and encodeURI leave these as they are, beside letters and digits.
_COMPONENT = "-_.!~*'()"
_URI = _COMPONENT + ";/?:@&=+$,#"


def canonical_request(request: Request, target: str) -> bytes | None:
    """Method, target, headers and body in four lines; None if the headers that it lists are not all there.

    target: the path that was called, with its query string. The list must name the timestamp and itself.
    """
    listed = (request.header(_SIGNED_HEADERS) or "").strip()
    names = sorted(set(listed.split(",")))
    values = {name: request.header(name) for name in names}
    if TIMESTAMP not in names or _SIGNED_HEADERS not in names or None in values.values():
        return None
    values[_SIGNED_HEADERS] = ",".join(names)
    headers = ";".join(f"{name}:{(value or '').strip()}" for name, value in values.items())
    return utf8(f"{request.method.upper()}\n{_encoded(target)}\n{headers}\n") + request.body


def _encoded(target: str) -> str:
    # The toolkit takes what stands between a first and a second question mark for the query string.
    path, _, rest = target.partition("?")
    query = _quoted(rest.partition("?")[0], _COMPONENT)
    return _quoted(f"{path}?{query}" if query else path, _URI)


def _quoted(text: str, safe: str) -> str:
    return quote(utf8(text), safe=safe)
