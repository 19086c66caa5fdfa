"""A source whose provider publishes its keys needs none of ours, and trusts nobody else's."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from gateway.catalog import Source
from gateway.errors import KeysUnavailable, StoreUnavailable
from gateway.providers.schema import PayPal, Sns
from gateway.request import Request
from gateway.stores import guarded
from gateway.stores.key_sets import KeySets
from gateway.verification import Reason, signed
from ingest.accept import Acceptance, Accepted, Answered, Refused, Unavailable
from tests.sources import configured, source
from tests.unit.ingest.fakes import FakeKeys, FakePayloads, FakeQueue
from tests.unit.verification.authority import certificate, root
from tests.unit.verification.pairs import jwk, key_set, private_pem, public_pem
from tests.unit.verification.requests import NOW, custom, request

GOOGLE = configured("google-pubsub")
JWKS = "https://www.googleapis.com/oauth2/v3/certs"
TOPIC = "arn:aws:sns:us-east-1:123456789012:orders"
TOPICS = replace(source("aws-sns"), schemes=(Sns(topic_arns=(TOPIC,)),))
CERTIFICATE = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem"


@dataclass
class Published:
    """texts: by URL. newer: after they were fetched again."""

    texts: dict[str, str] = field(default_factory=dict)
    newer: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def known(self, url: str) -> str:
        self.asked.append(url)
        if url not in self.texts:
            raise KeysUnavailable(f"nothing at {url}")
        return self.texts[url]

    def renewed(self, url: str) -> str:
        self.asked.append(url)
        return self.newer.get(url) or self.known(url)


@dataclass
class FakeTopics:
    failing: bool = False
    confirmed: list[tuple[str, str]] = field(default_factory=list)

    def confirm(self, topic: str, token: str) -> None:
        if self.failing:
            raise StoreUnavailable("topic")
        self.confirmed.append((topic, token))


@dataclass
class Ingest:
    published: Published
    keys: FakeKeys = field(default_factory=lambda: FakeKeys(()))
    topics: FakeTopics = field(default_factory=FakeTopics)

    def accept(self, known: Source, sent: Request) -> Any:
        acceptance = Acceptance(
            keys=self.keys,
            queue=FakeQueue(),
            payloads=FakePayloads(),
            mint=lambda _milliseconds: "01HF7YAT00AAAAAAAAAAAAAAAA",
            key_sets=self.published,
            topics=self.topics,
        )
        return acceptance.accept(known, sent, now=NOW, correlation_id="request-1")


def pushed(number: int = 7) -> Request:
    return signed(GOOGLE.schemes, private_pem("rsa", number), request(), NOW, "")


def test_a_request_is_verified_by_what_its_provider_publishes() -> None:
    ingest = Ingest(Published({JWKS: key_set(jwk("rsa"))}))
    assert isinstance(ingest.accept(GOOGLE, pushed()), Accepted)
    assert ingest.published.asked == [JWKS]


def test_a_key_of_ours_is_tried_before_anything_is_fetched() -> None:
    ingest = Ingest(Published(), FakeKeys((public_pem("rsa"),)))
    assert isinstance(ingest.accept(GOOGLE, pushed()), Accepted)
    assert ingest.published.asked == []


def test_a_key_that_was_published_a_moment_ago_is_found() -> None:
    old, new = key_set(jwk("rsa", 8)), key_set(jwk("rsa", 8), jwk("rsa"))
    assert isinstance(Ingest(Published({JWKS: old}, {JWKS: new})).accept(GOOGLE, pushed()), Accepted)


def test_a_forged_request_is_refused_and_one_that_is_malformed_fetches_nothing() -> None:
    ingest = Ingest(Published({JWKS: key_set(jwk("rsa", 8))}))
    refused = ingest.accept(GOOGLE, pushed())
    assert isinstance(refused, Refused)
    assert refused.rejection.reason is Reason.SIGNATURE_MISMATCH
    ingest.published.asked.clear()
    for header in ("", "Bearer x", "Basic x"):
        malformed = request(headers={"Authorization": header} if header else {})
        assert isinstance(ingest.accept(GOOGLE, malformed), Refused)
    assert ingest.published.asked == []


def test_keys_that_cannot_be_fetched_are_our_trouble() -> None:
    assert isinstance(Ingest(Published()).accept(GOOGLE, pushed()), Unavailable)


@pytest.mark.parametrize(
    ("lies_there", "outcome"),
    [(key_set(jwk("rsa", 8)), Refused), ("", Unavailable), ("<html>", Unavailable)],
    ids=["another key", "nothing", "a page"],
)
def test_a_flood_of_forged_requests_fetches_once_a_minute_whether_anything_is_found_or_not(
    lies_there: str, outcome: type
) -> None:
    asked: list[str] = []
    seconds = [1000.0]

    def get(url: str) -> bytes:
        asked.append(url)
        if not lies_there:
            raise guarded.Refused("it answered 500")
        return lies_there.encode()

    sets: Any = KeySets(get, lambda: seconds[0])
    ingest, forged = Ingest(sets), pushed()
    for minute in range(3):
        for _ in range(50):
            assert isinstance(ingest.accept(GOOGLE, forged), outcome)
            seconds[0] += 1
        assert asked == [JWKS] * (minute + 1)
        seconds[0] += 60


def test_a_source_that_needs_keys_of_ours_is_in_trouble_without() -> None:
    ingest = Ingest(Published({JWKS: key_set(jwk("rsa"))}), FakeKeys((), failing=True))
    stripe = request(headers={"Stripe-Signature": f"t={NOW},v1={'0' * 64}"})
    assert isinstance(ingest.accept(source("stripe"), stripe), Unavailable)


def message(**changes: str) -> Request:
    body = {
        "Type": "SubscriptionConfirmation",
        "MessageId": "m",
        "Token": "t",
        "TopicArn": TOPIC,
        "Message": "x",
        "SubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
        "Timestamp": "2026-11-23T11:59:58Z",
        **changes,
    }
    return signed(TOPICS.schemes, private_pem("rsa"), request(json.dumps(body).encode()), NOW, "")


def test_a_subscription_to_a_topic_of_ours_is_confirmed_once_it_is_verified() -> None:
    ingest = Ingest(Published({CERTIFICATE: public_pem("rsa")}))
    answered = ingest.accept(TOPICS, message())
    assert isinstance(answered, Answered)
    assert answered.answer.status == 200
    assert ingest.topics.confirmed == [(TOPIC, "t")]
    forged = replace(message(), body=message().body.replace(b'"t"', b'"u"'))
    assert isinstance(ingest.accept(TOPICS, forged), Refused)
    assert isinstance(ingest.accept(TOPICS, message(Type="Notification")), Accepted)
    assert ingest.topics.confirmed == [(TOPIC, "t")]


def test_a_subscription_that_could_not_be_confirmed_is_our_trouble() -> None:
    ingest = Ingest(Published({CERTIFICATE: public_pem("rsa")}), topics=FakeTopics(failing=True))
    assert isinstance(ingest.accept(TOPICS, message()), Unavailable)


def test_paypal_needs_the_webhook_s_id_and_the_certificate_that_the_request_names() -> None:
    paypal = custom(PayPal(trust_anchors=(root(),)))
    sent = signed(paypal.schemes, f"WH-1:{private_pem('rsa')}", request(), NOW, "")
    url = sent.headers["paypal-cert-url"]
    found = Published({url: certificate()})
    assert isinstance(Ingest(found, FakeKeys(("WH-1",))).accept(paypal, sent), Accepted)
    assert isinstance(Ingest(found, FakeKeys(("WH-2",), newer=("WH-1",))).accept(paypal, sent), Accepted)
    assert isinstance(Ingest(found, FakeKeys(("WH-2",))).accept(paypal, sent), Refused)
    assert isinstance(Ingest(found, FakeKeys((), failing=True)).accept(paypal, sent), Unavailable)
    assert isinstance(Ingest(Published(), FakeKeys(("WH-1",))).accept(paypal, sent), Unavailable)
