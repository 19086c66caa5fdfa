"""Refused requests lie in a bucket of their own: ingest writes it blindly, and it empties itself."""

import json
import random
from pathlib import Path

import pytest

from app import ROOT
from gateway import rejected
from gateway.request import Request
from infrastructure import prices
from tests.infrastructure.templates import Resource, Templates, listed, statements, synthesise

BUCKET = "AWS::S3::Bucket"


def bucket(templates: Templates) -> Resource:
    name = templates.main["Outputs"]["QuarantineBucket"]["Value"]
    return templates.meant(name, templates.resources()[0], BUCKET)


def variable(templates: Templates) -> object:
    (ingest,) = [
        one
        for one in templates.resources("AWS::Lambda::Function")
        if one.properties["Handler"] == "ingest.handler.handler"
    ]
    return ingest.properties["Environment"]["Variables"]["HOOKLINE_QUARANTINE_BUCKET"]


def configured(folder: Path, **options: object) -> Templates:
    config = folder / "hookline.yaml"
    config.write_text(json.dumps({"sources": {"stripe": {"provider": "stripe"}}, **options}))
    return synthesise(folder / "out", "prod", config)


@pytest.fixture(scope="module")
def off(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return configured(tmp_path_factory.mktemp("off"), quarantine=False)


def test_it_is_on_unless_one_setting_says_otherwise(prod: Templates, off: Templates) -> None:
    assert variable(prod) == {"Ref": bucket(prod).name}
    assert variable(off) == ""
    assert len(off.resources(BUCKET)) == len(prod.resources(BUCKET)) - 1
    assert "QuarantineBucket" not in off.main["Outputs"]
    assert "rejected/" not in json.dumps(off.main)


def test_what_is_kept_goes_after_the_days_that_are_configured(prod: Templates, tmp_path: Path) -> None:
    for templates, days in ((prod, 7), (configured(tmp_path, quarantine={"keep": "3d"}), 3)):
        rules = bucket(templates).properties["LifecycleConfiguration"]["Rules"]
        assert {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules} == {
            "rejected/": days,
            "budget/": 2,
        }


def test_nothing_of_it_is_said_to_any_queue(prod: Templates) -> None:
    assert "NotificationConfiguration" not in bucket(prod).properties


def test_no_function_is_granted_more_than_to_write(prod: Templates) -> None:
    granted = [
        listed(statement["Action"])
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
        for policy in prod.resources(kind)
        for statement in statements(policy.properties["PolicyDocument"])
        if bucket(prod).name in json.dumps(statement["Resource"])
    ]
    assert granted == [["s3:PutObject"]]


def test_a_function_whose_own_grant_is_too_wide_may_not_read_it_either(prod: Templates) -> None:
    (policy,) = [
        one
        for one in prod.resources("AWS::S3::BucketPolicy")
        if one.properties["Bucket"] == {"Ref": bucket(prod).name}
    ]
    (denied,) = [
        statement
        for statement in statements(policy.properties["PolicyDocument"])
        if "s3:GetObject" in listed(statement["Action"])
    ]
    assert denied["Effect"] == "Deny"
    assert denied["Principal"] == {"AWS": "*"}
    assert "role/hookline-prod-*" in json.dumps(denied["Condition"]["ArnLike"]["aws:PrincipalArn"])


def test_the_synth_says_what_a_flood_would_cost_at_most(prod: Templates, off: Templates) -> None:
    told = (prod.folder / "hookline-prod.metadata.json").read_text()
    one = prices.quarantined(rate=100, days=7)
    assert f"stripe ${one:.2f}" in told
    assert f"of all sources at once ${4 * one:.2f}" in told
    assert "hookline:quarantine" not in (off.folder / "hookline-prod.metadata.json").read_text()


def test_the_page_names_the_price_and_the_budget_that_are_in_force() -> None:
    page = (ROOT / "docs" / "rejected.md").read_text()
    assert f"${prices.quarantined(rate=100, days=7):.2f} for a source with the default throttle" in page
    for blocks in (rejected.BLOCKS_AT_ONCE, rejected.BLOCKS_AN_HOUR, rejected.BLOCKS_A_DAY):
        assert f"{blocks * rejected.BLOCK:,}" in page


def test_the_price_is_that_of_a_full_budget_each_day() -> None:
    a_day = rejected.BLOCK * rejected.BLOCKS_A_DAY
    puts = a_day * 365 / 12 * prices.PUT
    stored = a_day * 7 * rejected.BODY_BYTES / 2**30 * prices.GB_STORED
    assert puts + stored < prices.quarantined(rate=100, days=7) < 2 * (puts + stored)


def test_a_source_that_lets_in_less_than_the_budget_costs_less() -> None:
    assert prices.quarantined(rate=1, days=7) < prices.quarantined(rate=100, days=7)


def test_the_largest_that_is_kept_is_no_larger_than_the_price_takes_it_to_be() -> None:
    noise = random.Random(1)
    kept = rejected.Kept(
        id="01KDVDNA000000000000000000",
        source="stripe",
        received_at=1_700_000_000_000,
        correlation_id="request-1",
        reason="signature_mismatch",
        detail="",
        request=Request(
            method="POST",
            path="/stripe",
            query="",
            headers={f"x-{number}": noise.randbytes(100).hex() for number in range(40)},
            body=noise.randbytes(rejected.BODY_BYTES),
            url="https://hooks.example/stripe",
        ),
    )
    assert len(rejected.encode(kept)) < rejected.BODY_BYTES * 1.04 + 10 * 1024
