"""Key sets and certificates that providers publish, fetched and remembered.

What was fetched is fresh for ten minutes, and is used beyond that while it cannot be fetched again. One URL
is asked for once a minute at most, failure or not, and all together are bounded too: forged requests may name
a new URL each.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import KeysUnavailable
from gateway.stores.guarded import Refused

FRESH_SECONDS = 600.0
AGAIN_SECONDS = 60.0

# In one worker: URLs that are remembered, and fetches a minute of those that are new to it.
URLS = 64
FETCHES = 20


@dataclass(slots=True)
class _Remembered:
    text: str = ""
    fetched_at: float = float("-inf")
    tried_at: float = float("-inf")
    failure: str = ""


class KeySets:
    """get: the body at a URL, or Refused is raised. clock: monotonic seconds.

    urls, fetches: how many are remembered, and fetched in a minute.
    """

    def __init__(
        self,
        get: Callable[[str], bytes],
        clock: Callable[[], float],
        *,
        urls: int = URLS,
        fetches: int = FETCHES,
    ) -> None:
        self._get = get
        self._clock = clock
        self._most = urls
        self._a_minute = fetches
        self._urls: dict[str, _Remembered] = {}
        self._fetches: list[float] = []

    def known(self, url: str) -> str:
        """What lies there: a key set as JSON, or certificates as PEM. Raises KeysUnavailable."""
        remembered = self._remembered(url)
        if self._clock() - remembered.fetched_at >= FRESH_SECONDS:
            self._fetch(url, remembered)
        return self._in_force(url, remembered)

    def renewed(self, url: str) -> str:
        """The same, fetched again if that is not done too often.

        Raises KeysUnavailable if the last fetch failed: nobody can then say whether there is a newer key.
        """
        remembered = self._remembered(url)
        self._fetch(url, remembered)
        if remembered.failure:
            raise KeysUnavailable(remembered.failure)
        return self._in_force(url, remembered)

    def _in_force(self, url: str, remembered: _Remembered) -> str:
        if remembered.text:
            return remembered.text
        raise KeysUnavailable(
            remembered.failure or f"{url} is not fetched now: {self._a_minute} others were, in a minute"
        )

    def _remembered(self, url: str) -> _Remembered:
        found = self._urls.pop(url, None) or _Remembered()
        if len(self._urls) >= self._most:
            # Where nothing was found first, then what was not asked for longest: made-up URLs do not make
            # us forget a true one.
            empty = (known for known, other in self._urls.items() if not other.text)
            del self._urls[next(empty, next(iter(self._urls)))]
        self._urls[url] = found
        return found

    def _fetch(self, url: str, remembered: _Remembered) -> None:
        now = self._clock()
        if now - remembered.tried_at < AGAIN_SECONDS:
            return
        self._fetches = [at for at in self._fetches if now - at < AGAIN_SECONDS]
        # What is known may always be fetched again: that is bounded by how many are remembered.
        if not remembered.text and len(self._fetches) >= self._a_minute:
            return
        if not remembered.text:
            self._fetches.append(now)
        remembered.tried_at = now
        try:
            text = self._get(url).decode()
        except Refused as refused:
            remembered.failure = str(refused)
            return
        except UnicodeDecodeError:
            text = ""
        if not text.lstrip().startswith("{") and "-----BEGIN " not in text:
            remembered.failure = f"{url} holds neither a key set nor a certificate"
            return
        remembered.text, remembered.fetched_at, remembered.failure = text, now, ""
