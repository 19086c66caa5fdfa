"""A source's keys in Secrets Manager: those of the value before are still there to be told from."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from hookline.keyring import Keyring


def test_a_key_that_went_out_of_force_is_known_as_retired(client: Callable[[str], Any]) -> None:
    secret, secrets = f"hookline/{uuid4().hex}", client("secretsmanager")
    secrets.create_secret(Name=secret, SecretString=json.dumps({"keys": ["first"], "verify_token": "t"}))
    keyring = Keyring(secrets, secret)
    assert keyring.retired() == []
    assert keyring.named() == {"verify_token": "t"}
    keyring.put_in_front("second", keep=0)
    assert keyring.keys() == ["second"]
    assert keyring.retired() == ["first"]
