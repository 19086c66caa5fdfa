"""Other spellings of the URL that the provider may have been given."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from urllib.parse import unquote, urlsplit, urlunsplit

from hookline.diagnosis.attempt import Attempt, Case
from hookline.diagnosis.causes import Cause


def attempts(case: Case) -> Iterator[Attempt]:
    """Where the URL is not signed, none of them changes anything."""
    for detail, url in _spellings(case):
        if url != case.request.url:
            yield Attempt(Cause.URL_OTHER, detail, replace(case, request=replace(case.request, url=url)))


def _spellings(case: Case) -> Iterator[tuple[str, str]]:
    """Each with what is different in it; no part of a query is told, since it may hold a token."""
    request = case.request
    try:
        url = urlsplit(request.url)
    except ValueError:
        return
    hosts = [request.header(name) for name in ("x-forwarded-host", "x-original-host", "host")]
    for host in dict.fromkeys([url.netloc, *(host for host in hosts if host)]):
        told = "" if host == url.netloc else f" of {host}"
        for scheme, path, query in product(("https", "http"), _paths(case, url.path), _queries(url.query)):
            changed = [
                f" by {scheme}" if scheme != url.scheme else "",
                f" with path {path!r}" if path != url.path else "",
                " with another spelling of its query, or none" if query != url.query else "",
            ]
            detail = f"signed for the URL{told}{''.join(changed)}"
            yield detail, urlunsplit((scheme, host, path, query, ""))


def _paths(case: Case, path: str) -> Iterable[str]:
    bare = path.rstrip("/")
    return dict.fromkeys((path, bare, f"{bare}/", case.request.path, unquote(path), "", "/"))


def _queries(query: str) -> Iterable[str]:
    return dict.fromkeys((query, "", unquote(query)))
