"""One HTTP request as a provider made it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """method, path and raw query string; headers by lower-case name; the exact bytes of the body.

    `url` is the public URL that the provider was given, with the raw query string: schemes that sign the URL
    sign this one, whatever stands between the provider and the function.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    url: str

    def header(self, name: str) -> str | None:
        return self.headers.get(name.lower())

    @property
    def content_type(self) -> str:
        """The media type alone, lower-case: `application/json`; empty if there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()
