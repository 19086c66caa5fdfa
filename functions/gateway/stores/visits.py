"""Calling a URL that a provider names, to say that its webhooks are wanted: Amazon SNS's SubscribeURL."""

import http.client
from urllib.parse import urlsplit

from gateway.errors import StoreUnavailable

TIMEOUT_SECONDS = 5


class Visits:
    """Follows nobody elsewhere. Whoever calls has held the URL against the provider's own pattern."""

    def call(self, url: str) -> None:
        """GET an https URL. Raises StoreUnavailable unless it is answered with 2xx."""
        address = urlsplit(url)
        if address.scheme != "https" or not address.hostname:
            raise StoreUnavailable("the URL to be called is no https one")
        connection = http.client.HTTPSConnection(address.hostname, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET", f"{address.path or '/'}{'?' if address.query else ''}{address.query}")
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise StoreUnavailable(
                f"{address.hostname} could not be called: {type(error).__name__}"
            ) from error
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise StoreUnavailable(f"{address.hostname} answered {status}")
