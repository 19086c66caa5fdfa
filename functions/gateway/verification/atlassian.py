"""The query string hash of Atlassian Connect's tokens: the hash of method, path and query.

https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/#creating-a-query-string-hash
"""

from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlsplit

from gateway.request import Request
from gateway.verification.encodings import utf8

# Many times what Jira sends; parsing millions for a forger would take seconds.
_FIELDS = 1000


def query_hash(request: Request) -> str:
    """Hex SHA-256; empty, which is no hash, for a query with more parameters than anybody sends."""
    try:
        path = urlsplit(request.url).path or request.path
        pairs = parse_qsl(request.query, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:
        return ""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        # The token itself may stand in the query.
        if name != "jwt":
            values.setdefault(_encoded(name), []).append(_encoded(value))
    # Several values of one name are joined by a comma that is not encoded.
    query = "&".join(f"{name}={','.join(sorted(found))}" for name, found in sorted(values.items()))
    canonical = f"{request.method.upper()}&{_path(path)}&{query}"
    return sha256(utf8(canonical)).hexdigest()


def _path(path: str) -> str:
    # "&" would end the path.
    return (path.rstrip("/") or "/").replace("&", "%26")


def _encoded(text: str) -> str:
    return quote(utf8(text), safe="-._~")
