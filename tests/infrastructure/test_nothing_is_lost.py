"""Wherever an event waits or fails, something holds it."""

import re

import pytest

from tests.infrastructure.templates import Resource, Templates, listed, statements

QUEUE = "AWS::SQS::Queue"
DAY = 86_400


def dead_letters(templates: Templates) -> dict[str, Resource]:
    """The dead-letter queue of each queue that has one, by the queue."""
    return {
        str(queue): templates.meant(queue.properties["RedrivePolicy"]["deadLetterTargetArn"], queue, QUEUE)
        for queue in templates.resources(QUEUE)
        if "RedrivePolicy" in queue.properties
    }


def test_every_queue_has_a_dead_letter_queue_or_is_one(prod: Templates) -> None:
    behind = dead_letters(prod)
    are_behind = {str(queue) for queue in behind.values()}
    assert are_behind
    for queue in prod.resources(QUEUE):
        assert (str(queue) in behind) != (str(queue) in are_behind), queue


def test_a_dead_letter_queue_keeps_messages_for_longer_than_the_queue_before_it(prod: Templates) -> None:
    for queue in prod.resources(QUEUE):
        if (behind := dead_letters(prod).get(str(queue))) is not None:
            assert behind.properties["MessageRetentionPeriod"] == 14 * DAY
            assert queue.properties["MessageRetentionPeriod"] <= 10 * DAY, queue


def test_sqs_parks_by_itself_only_what_is_received_again_and_again(prod: Templates) -> None:
    """What is given up by decision is parked before, with its reason."""
    receives = {
        queue.properties["RedrivePolicy"]["maxReceiveCount"]
        for queue in prod.resources(QUEUE)
        if "RedrivePolicy" in queue.properties and queue.stack != "main"
    }
    assert receives == {100}


def test_a_message_stays_hidden_for_six_times_as_long_as_its_function_may_run(prod: Templates) -> None:
    mappings = prod.resources("AWS::Lambda::EventSourceMapping")
    assert len(mappings) == 3
    for mapping in mappings:
        queue = prod.meant(mapping.properties["EventSourceArn"], mapping, QUEUE)
        function = prod.meant(mapping.properties["FunctionName"], mapping, "AWS::Lambda::Function")
        assert queue.properties["VisibilityTimeout"] >= 6 * function.properties["Timeout"], mapping


def test_a_failing_message_does_not_take_its_batch_with_it(prod: Templates) -> None:
    for mapping in prod.resources("AWS::Lambda::EventSourceMapping"):
        assert mapping.properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"], mapping


def test_no_queue_takes_all_the_concurrency_of_an_account(prod: Templates) -> None:
    """A young account has ten: what ingest needs must be left."""
    together = [
        mapping.properties["ScalingConfig"]["MaximumConcurrency"]
        for mapping in prod.resources("AWS::Lambda::EventSourceMapping")
    ]
    assert sum(together) < 10
    for function in prod.resources("AWS::Lambda::Function"):
        assert "ReservedConcurrentExecutions" not in function.properties, function


def test_what_a_rule_cannot_hand_over_is_tried_for_a_day_and_then_parked(prod: Templates) -> None:
    rules = prod.resources("AWS::Events::Rule")
    assert len(rules) == 3
    for rule in rules:
        (target,) = rule.properties["Targets"]
        assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": DAY, "MaximumRetryAttempts": 185}
        queue = prod.meant(target["Arn"], rule, QUEUE)
        assert prod.meant(target["DeadLetterConfig"]["Arn"], rule, QUEUE) == dead_letters(prod)[str(queue)]


def test_a_rule_may_send_to_its_queue_and_to_its_dead_letter_queue_and_no_other_rule_may(
    prod: Templates,
) -> None:
    for rule in prod.resources("AWS::Events::Rule"):
        (target,) = rule.properties["Targets"]
        for arn in (target["Arn"], target["DeadLetterConfig"]["Arn"]):
            queue = prod.meant(arn, rule, QUEUE)
            allowed = allowances(prod, queue)
            assert [statement["Principal"] for statement in allowed] == [{"Service": "events.amazonaws.com"}]
            for statement in allowed:
                assert statement["Action"] == "sqs:SendMessage"
                assert queue.is_meant_by(statement["Resource"])
                assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": arn_of(rule)}}


def test_a_rule_begins_when_it_may_send_and_park(prod: Templates) -> None:
    """EventBridge does not try again what it may not hand over, and drops what it may not park."""
    for rule in prod.resources("AWS::Events::Rule"):
        (target,) = rule.properties["Targets"]
        for arn in (target["Arn"], target["DeadLetterConfig"]["Arn"]):
            (policy,) = policies(prod, prod.meant(arn, rule, QUEUE))
            assert policy.name in listed(rule.body["DependsOn"]), rule


def test_a_rule_has_a_name_that_eventbridge_takes(prod: Templates, large: Templates) -> None:
    for rule in [*prod.resources("AWS::Events::Rule"), *large.resources("AWS::Events::Rule")]:
        assert re.fullmatch(r"[.\-_A-Za-z0-9]{1,64}", rule.properties["Name"])


def test_a_spilled_envelope_is_announced_on_the_accepted_queue(prod: Templates) -> None:
    bucket = payload_bucket(prod)
    (told,) = bucket.properties["NotificationConfiguration"]["QueueConfigurations"]
    assert told["Event"] == "s3:ObjectCreated:*"
    assert told["Filter"] == {"S3Key": {"Rules": [{"Name": "prefix", "Value": "spill/"}]}}
    queue = prod.meant(told["Queue"], bucket, QUEUE)
    assert prod.main["Outputs"]["AcceptedQueue"]["Value"] == {"Ref": queue.name}


def test_the_bucket_is_made_when_it_may_send_to_the_queue(prod: Templates) -> None:
    """S3 tries the queue before it makes the bucket, whose name is not known before that."""
    bucket = payload_bucket(prod)
    (told,) = bucket.properties["NotificationConfiguration"]["QueueConfigurations"]
    queue = prod.meant(told["Queue"], bucket, QUEUE)
    (allowed,) = allowances(prod, queue)
    assert allowed["Principal"] == {"Service": "s3.amazonaws.com"}
    assert allowed["Action"] == "sqs:SendMessage"
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
        "ArnLike": {
            "aws:SourceArn": {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":s3:::hookline-prod-*"]]}
        },
    }
    (policy,) = policies(prod, queue)
    assert policy.name in listed(bucket.body["DependsOn"])


@pytest.mark.parametrize("prefix", ["payloads/90d/", "spill/", "payloads/"])
def test_an_object_goes_when_nobody_needs_it_any_longer_and_not_before(prod: Templates, prefix: str) -> None:
    days = {"payloads/90d/": 90, "spill/": 22, "payloads/": 3650}
    bucket = payload_bucket(prod)
    rules = {rule["Prefix"]: rule for rule in bucket.properties["LifecycleConfiguration"]["Rules"]}
    assert rules.keys() == days.keys()
    assert rules[prefix]["ExpirationInDays"] == days[prefix]
    assert rules[prefix]["Status"] == "Enabled"


def test_each_retention_that_is_in_use_has_its_rule(large: Templates) -> None:
    bucket = payload_bucket(large)
    prefixes = {rule["Prefix"] for rule in bucket.properties["LifecycleConfiguration"]["Rules"]}
    assert prefixes == {"payloads/90d/", "payloads/91d/", "payloads/92d/", "payloads/", "spill/"}


def test_the_ledger_forgets_by_itself(prod: Templates) -> None:
    table = prod.meant(
        prod.main["Outputs"]["LedgerTable"]["Value"], prod.resources()[0], "AWS::DynamoDB::Table"
    )
    assert table.properties["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert table.properties["BillingMode"] == "PAY_PER_REQUEST"
    assert [(key["AttributeName"], key["KeyType"]) for key in table.properties["KeySchema"]] == [
        ("pk", "HASH"),
        ("sk", "RANGE"),
    ]


def payload_bucket(templates: Templates) -> Resource:
    name = templates.main["Outputs"]["PayloadBucket"]["Value"]
    return templates.meant(name, templates.resources()[0], "AWS::S3::Bucket")


def arn_of(rule: Resource) -> dict[str, object]:
    """As the template writes it, which does not wait for the rule."""
    return {
        "Fn::Join": [
            "",
            [
                "arn:",
                {"Ref": "AWS::Partition"},
                ":events:",
                {"Ref": "AWS::Region"},
                ":",
                {"Ref": "AWS::AccountId"},
                ":rule/",
                rule.properties["EventBusName"],
                f"/{rule.properties['Name']}",
            ],
        ]
    }


def policies(templates: Templates, queue: Resource) -> list[Resource]:
    return [
        policy
        for policy in templates.beside(queue, "AWS::SQS::QueuePolicy")
        if {"Ref": queue.name} in policy.properties["Queues"]
    ]


def allowances(templates: Templates, queue: Resource) -> list[dict[str, object]]:
    return [
        statement
        for policy in policies(templates, queue)
        for statement in statements(policy.properties["PolicyDocument"])
        if statement["Effect"] == "Allow"
    ]
