"""A subscription to a topic of Amazon SNS that waits to be confirmed.

https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
"""

from dataclasses import dataclass

from gateway.body import Places
from gateway.catalog import Source
from gateway.providers.schema import Sns
from gateway.request import Request


@dataclass(frozen=True, slots=True)
class Confirmation:
    """topic: its ARN. token: what SNS wants to hear again."""

    topic: str
    token: str


def confirmation(source: Source, request: Request) -> Confirmation | None:
    """What is to be confirmed, if that is what a request asks for. To be asked only of a verified request,
    whose topic is then one of those that the source takes.
    """
    if not any(isinstance(scheme, Sns) for scheme in source.schemes):
        return None
    places = Places(request)
    if places.value("json:Type") != "SubscriptionConfirmation":
        return None
    return Confirmation(places.first(("json:TopicArn",)), places.first(("json:Token",)))
