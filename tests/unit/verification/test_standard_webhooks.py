"""Standard Webhooks: the key decides between v1 and v1a, and the signed id is the one that counts."""

import hmac
from base64 import b64decode, b64encode
from typing import Literal

import pytest

from gateway.body import Places
from gateway.providers.schema import StandardWebhooks
from gateway.verification import Verified, sign, unusable, verify, verifying_key
from gateway.verification.keys import fingerprint
from tests.sources import source
from tests.unit.verification.requests import BODY, NOW, altered, custom, outcome, request, signed

STANDARD = source("standard-webhooks")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + b64encode(b"another secret of 32 bytes......").decode()
PRIVATE = "whsk_" + b64encode(bytes(range(32))).decode()
PUBLIC = verifying_key(STANDARD.schemes, PRIVATE)


def headers(signature: str, name: str = "webhook", identifier: str = "msg_1") -> dict[str, str]:
    return {f"{name}-id": identifier, f"{name}-timestamp": str(NOW), f"{name}-signature": signature}


def v1(key: bytes, identifier: str = "msg_1") -> str:
    content = f"{identifier}.{NOW}.".encode() + BODY
    return "v1," + b64encode(hmac.digest(key, content, "sha256")).decode()


def v1a() -> str:
    return sign(STANDARD.schemes, PRIVATE, request(), NOW, "msg_1")["svix-signature"]


def test_a_code_made_with_the_public_key_does_not_pass_under_either_label() -> None:
    public = b64decode(PUBLIC.removeprefix("whpk_"))
    for key in (public, PUBLIC.encode(), PUBLIC.removeprefix("whpk_").encode()):
        forged = v1(key)
        for text in (forged, forged.replace("v1,", "v1a,"), f"{forged} {forged.replace('v1,', 'v1a,')}"):
            assert outcome(STANDARD, [PUBLIC], request(headers=headers(text))) in (
                "signature_mismatch",
                "signature_malformed",
            )


def test_a_public_key_s_signature_does_not_pass_under_the_secret_s_label() -> None:
    assert outcome(STANDARD, [PUBLIC], request(headers=headers(v1a()))) == "standard-webhooks-v1a"
    relabelled = v1a().replace("v1a,", "v1,")
    assert outcome(STANDARD, [PUBLIC], request(headers=headers(relabelled))) == "signature_malformed"
    assert outcome(STANDARD, [SECRET], request(headers=headers(v1a()))) == "signature_mismatch"


def test_a_header_may_list_several_signatures_of_several_versions() -> None:
    right = sign(STANDARD.schemes, SECRET, request(), NOW, "msg_1")["svix-signature"]
    wrong = v1(b"no")
    for text in (f"{wrong} {right}", f"{right} {wrong}", f"v2,AAAA {right} v1a,AAAA", f"{v1a()} {right}"):
        assert outcome(STANDARD, [SECRET], request(headers=headers(text))) == "standard-webhooks-v1"
    both = verify(STANDARD, [OTHER, PUBLIC], request(headers=headers(f"{right} {v1a()}")), NOW)
    assert both == Verified("standard-webhooks-v1a", fingerprint(PUBLIC))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"webhook_signature": None}, "signature_missing"),
        ({"webhook_id": None}, "id_missing"),
        ({"webhook_id": ""}, "id_missing"),
        ({"webhook_timestamp": None}, "timestamp_missing"),
        ({"webhook_timestamp": f"{NOW}.0"}, "timestamp_malformed"),
        ({"webhook_timestamp": str(NOW - 1)}, "signature_mismatch"),
        ({"webhook_id": "msg_2"}, "signature_mismatch"),
        ({"webhook_signature": "v2," + "A" * 43 + "="}, "signature_malformed"),
        ({"webhook_signature": "v1"}, "signature_malformed"),
        ({"webhook_signature": "v1,short"}, "signature_malformed"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, str | None], reason: str) -> None:
    sent = request(headers=headers(v1(b64decode(SECRET.removeprefix("whsec_")))))
    assert outcome(STANDARD, [SECRET], sent) == "standard-webhooks-v1"
    assert outcome(STANDARD, [SECRET], altered(sent, **change)) == reason


def test_headers_doubled_by_a_proxy_are_refused() -> None:
    right = v1(b64decode(SECRET.removeprefix("whsec_")))
    assert outcome(STANDARD, [SECRET], request(headers=headers(f"{right},{right}"))) == "signature_malformed"


def test_the_age_is_checked_after_the_signature() -> None:
    for age, result in ((301, "timestamp_stale"), (-301, "timestamp_future"), (300, "standard-webhooks-v1")):
        sent = signed(STANDARD, SECRET, request(), at=NOW - age)
        assert outcome(STANDARD, [SECRET], sent) == result
        assert outcome(STANDARD, [OTHER], sent) == "signature_mismatch"


def test_an_id_under_another_name_cannot_be_slipped_in_before_the_signed_one() -> None:
    sent = request(headers=headers(v1(b64decode(SECRET.removeprefix("whsec_")))))
    replayed = altered(sent, svix_id="another")
    assert Places(replayed).first(STANDARD.id) == "another"
    assert outcome(STANDARD, [SECRET], replayed) == "signature_mismatch"
    decoyed = altered(signed(STANDARD, SECRET, request()), webhook_id="another")
    assert outcome(STANDARD, [SECRET], decoyed) == "standard-webhooks-v1"
    assert Places(decoyed).first(STANDARD.id) == "msg_1"


def test_a_secret_is_taken_in_each_way_it_is_shown() -> None:
    sent = signed(STANDARD, OTHER, request())
    for key in (OTHER, OTHER.rstrip("="), OTHER.removeprefix("whsec_"), f"v1,{OTHER}"):
        assert outcome(STANDARD, [key], sent) == "standard-webhooks-v1"
    assert outcome(STANDARD, ["whsec_", "whsec_é", "whpk_", "whsk_", PRIVATE], sent) == "signature_mismatch"


def test_a_private_key_may_carry_its_public_half() -> None:
    both = "whsk_" + b64encode(bytes(range(32)) + b64decode(PUBLIC.removeprefix("whpk_"))).decode()
    assert verifying_key(STANDARD.schemes, both) == PUBLIC
    assert outcome(STANDARD, [PUBLIC], signed(STANDARD, both, request())) == "standard-webhooks-v1a"


def test_signing_keeps_to_the_names_that_the_request_has() -> None:
    added = sign(STANDARD.schemes, SECRET, request(headers={"webhook-id": "msg_7"}), NOW, "")
    assert sorted(added) == ["webhook-id", "webhook-signature", "webhook-timestamp"]
    assert added["webhook-id"] == "msg_7"
    with pytest.raises(ValueError, match="no id"):
        sign(STANDARD.schemes, SECRET, request(), NOW, "")


def test_a_provider_may_say_that_the_secret_s_text_is_the_key() -> None:
    text = custom(StandardWebhooks(key="text"))
    for key in (SECRET, "client secret ÄÖÜ", "whpk_" + "A" * 43 + "=", "whsk_x", "v1,whsec_x"):
        assert unusable(text.schemes, key) == ""
        assert verifying_key(text.schemes, key) == key
        assert (
            outcome(text, [OTHER, key], request(headers=headers(v1(key.encode())))) == "standard-webhooks-v1"
        )
        assert outcome(text, [key], signed(text, key, request())) == "standard-webhooks-v1"
        assert outcome(text, [key + "x"], request(headers=headers(v1(key.encode())))) == "signature_mismatch"
    decoded = b64decode(SECRET.removeprefix("whsec_"))
    assert outcome(text, [SECRET], request(headers=headers(v1(decoded)))) == "signature_mismatch"


def test_or_that_it_may_be_either() -> None:
    either = custom(StandardWebhooks(key="either"))
    decoded = b64decode(SECRET.removeprefix("whsec_"))
    for key in (decoded, SECRET.encode()):
        assert outcome(either, [SECRET], request(headers=headers(v1(key)))) == "standard-webhooks-v1"
    # Without whsec_ nothing says that it is base64.
    plain = SECRET.removeprefix("whsec_")
    assert outcome(either, [plain], request(headers=headers(v1(plain.encode())))) == "standard-webhooks-v1"
    assert outcome(either, [plain], request(headers=headers(v1(decoded)))) == "signature_mismatch"
    broken = "whsec_no base64"
    assert outcome(either, [broken], request(headers=headers(v1(broken.encode())))) == "standard-webhooks-v1"
    assert outcome(either, [SECRET], signed(either, SECRET, request())) == "standard-webhooks-v1"


def test_or_that_whsec_alone_marks_base64() -> None:
    marked = custom(StandardWebhooks(key="marked"))
    decoded = b64decode(SECRET.removeprefix("whsec_"))
    plain = SECRET.removeprefix("whsec_")
    ok = "standard-webhooks-v1"
    assert outcome(marked, [SECRET], request(headers=headers(v1(decoded)))) == ok
    assert outcome(marked, [SECRET], request(headers=headers(v1(SECRET.encode())))) == "signature_mismatch"
    assert outcome(marked, [plain], request(headers=headers(v1(plain.encode())))) == ok
    assert outcome(marked, [plain], request(headers=headers(v1(decoded)))) == "signature_mismatch"


@pytest.mark.parametrize("key", ["text", "either"])
def test_an_empty_text_is_no_key(key: Literal["text", "either"]) -> None:
    configured = custom(StandardWebhooks(key=key))
    for empty in ("", " "):
        assert unusable(configured.schemes, empty)
        assert (
            outcome(configured, [empty], request(headers=headers(v1(empty.encode())))) == "signature_mismatch"
        )


def test_the_id_s_header_may_have_a_name_of_its_own() -> None:
    finch = source("finch")
    sent = signed(finch, OTHER.removeprefix("whsec_"), request(), identifier="msg_1")
    assert sent.header("finch-event-id") == "msg_1"
    assert outcome(finch, [OTHER.removeprefix("whsec_")], sent) == "standard-webhooks-v1"
    for change, reason in (
        ({"finch_event_id": None}, "id_missing"),
        ({"finch_event_id": None, "finch_id": "msg_1"}, "id_missing"),
        ({"finch_event_id": "msg_2"}, "signature_mismatch"),
        ({"finch_timestamp": None}, "timestamp_missing"),
        ({"finch_signature": None}, "signature_missing"),
    ):
        assert outcome(finch, [OTHER], altered(sent, **change)) == reason


@pytest.mark.parametrize("name", ["clerk", "resend"])
def test_a_provider_is_read_by_the_names_that_it_sends(name: str) -> None:
    sent = request(headers=headers(v1(b64decode(SECRET.removeprefix("whsec_")))))
    assert outcome(source(name), [SECRET], sent) == "signature_missing"
    svix = request(headers=headers(v1(b64decode(SECRET.removeprefix("whsec_"))), "svix"))
    assert outcome(source(name), [SECRET], svix) == "standard-webhooks-v1"
