"""A subscription is confirmed in the topic's own region, so that only our account can end it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from gateway.errors import StoreUnavailable
from gateway.stores.topics import Topics

TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders"


class FakeSns:
    def __init__(self, region: str, failing: bool = False) -> None:
        self.region, self.failing = region, failing
        self.calls: list[dict[str, Any]] = []

    def confirm_subscription(self, **arguments: Any) -> object:
        if self.failing:
            raise ClientError({"Error": {"Code": "AuthorizationError", "Message": "no"}}, "Confirm")
        self.calls.append(arguments)
        return {}


def test_the_topic_is_asked_in_its_region() -> None:
    clients: list[FakeSns] = []

    def client(region: str) -> FakeSns:
        clients.append(FakeSns(region))
        return clients[-1]

    Topics(client).confirm(TOPIC, "token")
    assert clients[0].region == "eu-central-1"
    assert clients[0].calls == [{"TopicArn": TOPIC, "Token": "token", "AuthenticateOnUnsubscribe": "true"}]


def test_a_refusal_is_our_trouble() -> None:
    with pytest.raises(StoreUnavailable, match=TOPIC):
        Topics(lambda region: FakeSns(region, failing=True)).confirm(TOPIC, "token")
