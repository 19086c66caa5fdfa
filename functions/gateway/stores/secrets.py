"""The keys of each source, from Secrets Manager, remembered for a while.

A secret's value is `{"keys": ["newest", "older"], "verify_token": "…"}`: the keys, and beside them what
else an operator shares with the provider, by name. Keys are read again after five minutes, and at once when
a signature fails, since it may have been made with a key that was set a moment ago. A store that does not
answer leaves what was read before in force.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from gateway.errors import KeysUnavailable
from gateway.verification.keys import KEYS_AT_MOST

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

FRESH_SECONDS = 300

# Forged requests make us read again too: ten times at once, then once in five seconds, for a source in one
# worker.
RENEWALS = 10
RENEWAL_SECONDS = 5.0


@dataclass(slots=True)
class _Remembered:
    keys: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    read_at: float = float("-inf")
    failure: str = ""
    renewals: float = RENEWALS
    counted_at: float = float("-inf")


class SecretKeys:
    """prefix: what each secret's name begins with, before the source's. clock: monotonic seconds."""

    def __init__(self, client: "SecretsManagerClient", prefix: str, clock: Callable[[], float]) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._sources: dict[str, _Remembered] = {}

    def active(self, source: str) -> Sequence[str]:
        """The keys in force, newest first. Raises KeysUnavailable."""
        remembered = self._sources.setdefault(source, _Remembered())
        fresh = remembered.keys and self._clock() - remembered.read_at < FRESH_SECONDS
        if not fresh and self._may_renew(remembered):
            self._read(source, remembered)
        return self._in_force(source, remembered)

    def pinned(self, source: str) -> Sequence[str]:
        """The keys of a source that needs none, since its provider publishes them: none set is no trouble.

        Raises KeysUnavailable if they were never read.
        """
        remembered = self._sources.setdefault(source, _Remembered())
        if self._clock() - remembered.read_at >= FRESH_SECONDS and self._may_renew(remembered):
            self._read(source, remembered)
        if remembered.read_at == float("-inf"):
            raise KeysUnavailable(remembered.failure or f"{self._prefix}{source} is not read so often")
        return remembered.keys

    def renewed(self, source: str) -> Sequence[str]:
        """The keys in force, read again if that is not done too often.

        Raises KeysUnavailable if the last reading failed: nobody can then say whether a newer key was set.
        """
        remembered = self._sources.setdefault(source, _Remembered())
        if self._may_renew(remembered):
            self._read(source, remembered)
        if remembered.failure:
            raise KeysUnavailable(remembered.failure)
        return self._in_force(source, remembered)

    def named(self, source: str, *, again: bool = False) -> Mapping[str, str]:
        """The secrets beside the keys, by name; `again`: read now, if that is not done too often.

        Raises KeysUnavailable if they were never read, or could not be read again.
        """
        remembered = self._sources.setdefault(source, _Remembered())
        stale = self._clock() - remembered.read_at >= FRESH_SECONDS
        if (again or stale) and self._may_renew(remembered):
            self._read(source, remembered)
        if remembered.read_at == float("-inf") or (again and remembered.failure):
            raise KeysUnavailable(remembered.failure or f"{self._prefix}{source} is not read so often")
        return remembered.named

    def enrol(self, source: str, key: str) -> bool:
        """Put a key in front of those in force; False if there are as many as may be.

        Raises KeysUnavailable when it is not certain that it is in force: two that come at the same moment
        may undo each other, and whoever sent the one that is lost has to hear of it.
        """
        name = f"{self._prefix}{source}"
        try:
            value = json.loads(self._client.get_secret_value(SecretId=name)["SecretString"])
            keys = _keys(value)
            if key not in keys:
                if len(keys) >= KEYS_AT_MOST:
                    return False
                changed = json.dumps({**value, "keys": [key, *keys]})
                self._client.put_secret_value(SecretId=name, SecretString=changed)
        except (BotoCoreError, ClientError) as error:
            raise KeysUnavailable(f"{name} could not be written: {error}") from error
        except (ValueError, KeyError, TypeError):
            raise KeysUnavailable(f'{name} holds no {{"keys": [...]}}') from None
        remembered = self._sources.setdefault(source, _Remembered())
        self._read(source, remembered)
        if remembered.failure or key not in remembered.keys:
            raise KeysUnavailable(remembered.failure or f"{name} was written by somebody else just now")
        return True

    def _in_force(self, source: str, remembered: _Remembered) -> Sequence[str]:
        if remembered.keys:
            return remembered.keys
        raise KeysUnavailable(
            remembered.failure
            or f"no key is set in {self._prefix}{source}: set one with `hookline secrets set {source}`"
        )

    def _may_renew(self, remembered: _Remembered) -> bool:
        now = self._clock()
        gained = (now - remembered.counted_at) / RENEWAL_SECONDS
        remembered.renewals = min(RENEWALS, remembered.renewals + gained)
        remembered.counted_at = now
        if remembered.renewals < 1:
            return False
        remembered.renewals -= 1
        return True

    def _read(self, source: str, remembered: _Remembered) -> None:
        name = f"{self._prefix}{source}"
        try:
            value = self._client.get_secret_value(SecretId=name)["SecretString"]
            document = json.loads(value)
            keys = _keys(document)
        except (BotoCoreError, ClientError) as error:
            remembered.failure = f"{name} could not be read: {error}"
        except (ValueError, KeyError, TypeError):
            # Without the error: it would quote the secret.
            remembered.failure = (
                f'{name} holds no {{"keys": [...]}}: set a key with `hookline secrets set {source}`'
            )
        else:
            remembered.keys = keys
            remembered.named = _named(document)
            remembered.read_at = self._clock()
            remembered.failure = ""


def _keys(value: object) -> tuple[str, ...]:
    if not isinstance(value, dict) or not isinstance(value["keys"], list):
        raise TypeError
    return tuple(key for key in value["keys"] if isinstance(key, str) and key)


def _named(value: Mapping[str, object]) -> dict[str, str]:
    return {name: text for name, text in value.items() if name != "keys" and isinstance(text, str) and text}
