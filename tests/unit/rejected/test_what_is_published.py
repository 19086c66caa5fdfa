"""Re-verification asks ingest's door: with what providers publish, named secrets, and topics to confirm."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from gateway.catalog import Source
from gateway.errors import StoreUnavailable
from gateway.ids import ulid
from gateway.providers.schema import PayPal
from gateway.rejected import Kept
from gateway.request import Request
from gateway.verification import signed
from hookline.cli.rejected import _work
from hookline.door import Held, Secret
from hookline.local.trouble import Trouble
from hookline.rejected.reverify import UNAVAILABLE, Reverified, Reverify
from ingest.accept import Door
from tests.sources import source
from tests.unit.ingest.fakes import FakePayloads, FakeQueue
from tests.unit.ingest.test_published_keys import (
    CERTIFICATE,
    GOOGLE,
    JWKS,
    TOPIC,
    TOPICS,
    FakeTopics,
    Published,
    message,
    pushed,
)
from tests.unit.rejected.memory import MemoryStore
from tests.unit.verification.authority import certificate, root
from tests.unit.verification.pairs import jwk, key_set, private_pem, public_pem
from tests.unit.verification.requests import NOW, custom, request

PAYPAL = PayPal(trust_anchors=(root(),))
NUMBERS = iter(range(1_000_000))


def kept(known: Source, sent: Request) -> Kept:
    return Kept(
        id=ulid(NOW * 1000, next(NUMBERS).to_bytes(10)),
        source=known.name,
        received_at=NOW * 1000,
        correlation_id="request-1",
        reason="signature_mismatch",
        detail="",
        request=sent,
    )


@dataclass
class Run:
    known: Source
    published: Published
    secret: Secret = field(default_factory=lambda: Secret(()))
    topics: FakeTopics | None = None
    store: MemoryStore = field(default_factory=MemoryStore)
    queue: FakeQueue = field(default_factory=FakeQueue)

    def of(self, *sent: Request) -> Reverified:
        for one in sent:
            self.store.add(kept(self.known, one))
        result = Reverified()
        work = Reverify(
            source=self.known,
            door=Door(keys=Held(self.secret), key_sets=self.published, topics=self.topics),
            kept=self.store,
            queue=self.queue,
            payloads=FakePayloads(),
            public_url="https://hooks.example",
            stopped=lambda: False,
            pause=lambda: None,
        )
        for _ in work.run(result):
            pass
        return result


def test_a_token_of_a_provider_that_publishes_its_keys_is_taken_in() -> None:
    run = Run(GOOGLE, Published({JWKS: key_set(jwk("rsa"))}))
    result = run.of(pushed(), pushed(8))
    assert (len(result.taken), result.refused) == (1, {"signature_mismatch": 1})
    assert len(run.queue.sent) == len(run.store.objects) == 1


def test_a_key_that_the_provider_withdrew_since_verifies_nothing_any_more() -> None:
    """Unless it is set as a key of the source's own."""
    run = Run(GOOGLE, Published({JWKS: key_set(jwk("rsa", 8))}))
    assert run.of(pushed()).refused == {"signature_mismatch": 1}
    run.secret = Secret((key_set(jwk("rsa")),))
    assert len(run.of().taken) == 1


def test_a_webhook_id_that_was_mended_verifies_with_the_certificate_that_the_request_names() -> None:
    paypal = custom(PAYPAL)
    sent = signed(paypal.schemes, f"WH-1:{private_pem('rsa')}", request(), NOW, "")
    run = Run(paypal, Published({sent.headers["paypal-cert-url"]: certificate()}), Secret(("WH-2",)))
    assert run.of(sent).refused == {"signature_mismatch": 1}
    run.secret = Secret(("WH-1",))
    assert len(run.of().taken) == 1


def test_what_cannot_be_fetched_is_told_stays_and_holds_nobody_up() -> None:
    paypal = custom(PAYPAL)
    true = signed(paypal.schemes, f"WH-1:{private_pem('rsa')}", request(), NOW, "")
    lost = replace(true, headers={**true.headers, "paypal-cert-url": "https://api.paypal.com/gone"})
    run = Run(paypal, Published({true.headers["paypal-cert-url"]: certificate()}), Secret(("WH-1",)))
    result = run.of(lost, true)
    assert (len(result.taken), result.refused) == (1, {UNAVAILABLE: 1})
    assert result.troubles == {"nothing at https://api.paypal.com/gone"}
    assert len(run.store.objects) == 1


def test_of_many_troubles_a_few_are_told() -> None:
    paypal = custom(PAYPAL)
    true = signed(paypal.schemes, f"WH-1:{private_pem('rsa')}", request(), NOW, "")
    lost = [
        replace(true, headers={**true.headers, "paypal-cert-url": f"https://api.paypal.com/{number}"})
        for number in range(100)
    ]
    result = Run(paypal, Published(), Secret(("WH-1",))).of(*lost)
    assert result.refused == {UNAVAILABLE: 100}
    assert len(result.troubles) == 10


def test_a_notification_of_a_topic_that_was_missing_is_taken_in_and_its_subscription_confirmed() -> None:
    """Both were refused while topic_arns did not name the topic, and SNS asks for a few days only."""
    topics = FakeTopics()
    run = Run(TOPICS, Published({CERTIFICATE: public_pem("rsa")}), topics=topics)
    result = run.of(message(), message(Type="Notification"))
    assert (result.handshakes, len(result.taken)) == (1, 1)
    assert topics.confirmed == [(TOPIC, "t")]
    assert not run.store.objects


def test_a_subscription_that_could_not_be_confirmed_stays() -> None:
    run = Run(TOPICS, Published({CERTIFICATE: public_pem("rsa")}), topics=FakeTopics(failing=True))
    assert run.of(message()).refused == {UNAVAILABLE: 1}
    assert len(run.store.objects) == 1


def test_a_handshake_with_a_verify_token_is_judged_by_the_one_that_is_set() -> None:
    meta = source("meta")
    hello = replace(
        request(b""), method="GET", query="hub.mode=subscribe&hub.verify_token=sesame&hub.challenge=1234"
    )
    run = Run(meta, Published(), Secret(("key",), {"verify_token": "another"}))
    assert run.of(hello).refused == {"handshake_refused": 1}
    run.secret = Secret(("key",), {"verify_token": "sesame"})
    assert run.of().handshakes == 1


class Reached:
    """A gateway whose source has no key."""

    public_url = "https://hooks.example"

    def __init__(self) -> None:
        self.outputs = {"AcceptedQueue": "q", "PayloadBucket": "p", "QuarantineBucket": "r"}
        self.asked: list[str] = []

    def keyring(self, _source: str) -> "Reached":
        return self

    def keys(self) -> list[str]:
        return []

    def named(self) -> dict[str, str]:
        return {}

    def client(self, service: str) -> str:
        return service

    def client_in(self, region: str, service: str) -> Any:
        self.asked.append(f"{service} in {region}")
        raise StoreUnavailable("not here")


def work(known: Source, deployed: Reached, *, dry_run: bool) -> Reverify:
    gateway: Any = deployed
    pace: Any = None
    return _work(gateway, known, pace, lambda: False, 0, dry_run=dry_run)


def test_a_key_is_wanted_only_where_nobody_publishes_one() -> None:
    assert work(GOOGLE, Reached(), dry_run=False).door.key_sets
    with pytest.raises(Trouble, match="no key is set"):
        work(source("stripe"), Reached(), dry_run=False)


def test_a_topic_is_reached_in_its_own_region_and_not_by_a_dry_run() -> None:
    deployed = Reached()
    topics = work(TOPICS, deployed, dry_run=False).door.topics
    assert topics
    with pytest.raises(StoreUnavailable):
        topics.confirm(TOPIC, "t")
    assert deployed.asked == ["sns in us-east-1"]
    assert work(TOPICS, deployed, dry_run=True).door.topics is None
