"""Topics of Amazon SNS: subscriptions of ours that are confirmed."""

from collections.abc import Callable
from typing import Any, Protocol

from gateway.stores.clients import unavailable


class Client(Protocol):
    """What of boto3's client for SNS is called."""

    # The names are boto3's own.
    def confirm_subscription(
        self,
        *,
        TopicArn: str,  # noqa: N803
        Token: str,  # noqa: N803
        AuthenticateOnUnsubscribe: str,  # noqa: N803
    ) -> Any: ...


class Topics:
    """client: one for a region."""

    def __init__(self, client: Callable[[str], Client]) -> None:
        self._client = client

    def confirm(self, topic: str, token: str) -> None:
        """Raises StoreUnavailable. From then on only our account can end the subscription: its messages all
        carry a URL by which anybody else could.

        https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
        """
        region = topic.split(":")[3]
        with unavailable(f"confirm the subscription to {topic}"):
            self._client(region).confirm_subscription(
                TopicArn=topic, Token=token, AuthenticateOnUnsubscribe="true"
            )
