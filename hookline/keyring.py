"""A source's keys in Secrets Manager, as a person changes them: newest first, all of them in force.

Beside them stand other secrets by name, such as the verify token of a handshake.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from gateway.verification.keys import KEYS_AT_MOST, fingerprint
from hookline.local.trouble import Trouble

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


class Keyring:
    """The keys of one source. secret: the secret's name."""

    def __init__(self, client: "SecretsManagerClient", secret: str) -> None:
        self._client = client
        self._secret = secret

    def keys(self) -> list[str]:
        """Newest first. Raises Trouble when there is no such secret or it holds something else."""
        keys: list[str] = self._value()["keys"]
        return keys

    def names(self) -> list[str]:
        """Of the secrets beside the keys. Raises Trouble."""
        return sorted(name for name in self._value() if name != "keys")

    def name(self, name: str, secret: str) -> None:
        """Put a secret beside the keys, in the place of the one that had its name. Raises Trouble."""
        self._put({**self._value(), name: secret})

    def _value(self) -> dict[str, Any]:
        try:
            value = json.loads(self._client.get_secret_value(SecretId=self._secret)["SecretString"])
            return {**value, "keys": _keys(value)}
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                raise Trouble(
                    f"there is no secret {self._secret}: was its source in the deployed hookline.yaml?"
                ) from error
            raise
        except (ValueError, KeyError, TypeError):
            # Without the error: it would quote the secret.
            raise Trouble(
                f'secret {self._secret} holds no {{"keys": [...]}}: delete its value or put one there'
            ) from None

    def named(self) -> dict[str, str]:
        """What the secret holds beside the keys, by name."""
        return {name: value for name, value in self._value().items() if isinstance(value, str)}

    def retired(self) -> list[str]:
        """Keys of the secret's value before this one that are not in force any more."""
        in_force = self.keys()
        try:
            held = self._client.get_secret_value(SecretId=self._secret, VersionStage="AWSPREVIOUS")
            return [key for key in _keys(json.loads(held["SecretString"])) if key not in in_force]
        except (ClientError, ValueError, KeyError, TypeError):
            # There is no value before the first, and it may have been put there by hand.
            return []

    def put_in_front(self, key: str, keep: int = KEYS_AT_MOST - 1) -> list[str]:
        """Make `key` the newest, keep as many former ones; returns the fingerprints of all, newest first."""
        former = [known for known in self.keys() if known != key]
        return self._store([key, *former[:keep]])

    def remove(self, named: str) -> list[str]:
        """Take away the key with a fingerprint. Raises Trouble when there is none, or it is the last."""
        keys = self.keys()
        left = [key for key in keys if fingerprint(key) != named]
        if len(left) == len(keys):
            known = ", ".join(map(fingerprint, keys)) or "none"
            raise Trouble(f"no key of {self._secret} has the fingerprint {named!r}: there are {known}")
        if not left:
            raise Trouble(
                f"{named} is the only key of {self._secret}, and without one every request is answered 503: "
                "set another first"
            )
        return self._store(left)

    def _store(self, keys: Sequence[str]) -> list[str]:
        self._put({**self._value(), "keys": list(keys)})
        return [fingerprint(key) for key in keys]

    def _put(self, value: Mapping[str, Any]) -> None:
        self._client.put_secret_value(SecretId=self._secret, SecretString=json.dumps(value))


def _keys(value: dict[str, Any]) -> list[str]:
    keys = value["keys"]
    return [str(key) for key in keys]
