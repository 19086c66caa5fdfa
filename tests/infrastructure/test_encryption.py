"""What is stored is encrypted, and nothing is said in the clear."""

import pytest

from tests.infrastructure.templates import Resource, Templates, listed, statements


def test_every_queue_is_encrypted(prod: Templates, local: Templates) -> None:
    for templates in (prod, local):
        for queue in templates.resources("AWS::SQS::Queue"):
            assert queue.properties["SqsManagedSseEnabled"] is True, queue


def test_the_bucket_is_encrypted_and_closed_to_the_public(prod: Templates, local: Templates) -> None:
    for templates in (prod, local):
        for bucket in templates.resources("AWS::S3::Bucket"):
            (rule,) = bucket.properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
            assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
            assert set(bucket.properties["PublicAccessBlockConfiguration"].values()) == {True}
            assert bucket.properties["OwnershipControls"] == {
                "Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]
            }


def test_no_table_is_taken_out_of_dynamodbs_encryption(prod: Templates) -> None:
    """Every table is encrypted; the property only chooses among keys."""
    for table in prod.resources("AWS::DynamoDB::Table"):
        assert "SSESpecification" not in table.properties, table


@pytest.mark.parametrize("kind", ["AWS::SQS::Queue", "AWS::S3::Bucket"])
def test_on_aws_nobody_is_served_without_tls(prod: Templates, dev: Templates, kind: str) -> None:
    for templates in (prod, dev):
        for resource in templates.resources(kind):
            assert refuses_plain_http(templates, resource), resource


def test_the_emulator_which_has_no_tls_is_served_without(local: Templates) -> None:
    for kind in ("AWS::SQS::Queue", "AWS::S3::Bucket"):
        for resource in local.resources(kind):
            assert not refuses_plain_http(local, resource), resource


def test_on_aws_every_function_is_traced_and_its_log_ends(prod: Templates, dev: Templates) -> None:
    for templates, days in ((prod, 90), (dev, 7)):
        for log in templates.resources("AWS::Logs::LogGroup"):
            assert log.properties["RetentionInDays"] == days, log
        for function in templates.resources("AWS::Lambda::Function"):
            if function.properties["Runtime"].startswith("python"):
                assert function.properties["TracingConfig"] == {"Mode": "Active"}, function
                log = function.properties["LoggingConfig"]["LogGroup"]
                templates.meant(log, function, "AWS::Logs::LogGroup")


def test_on_aws_functions_run_on_arm_and_on_the_python_that_their_packages_are_for(prod: Templates) -> None:
    for function in prod.resources("AWS::Lambda::Function"):
        assert function.properties["Architectures"] == ["arm64"]
        assert function.properties["Runtime"] == "python3.13"


def refuses_plain_http(templates: Templates, resource: Resource) -> bool:
    kind = {"AWS::SQS::Queue": "AWS::SQS::QueuePolicy", "AWS::S3::Bucket": "AWS::S3::BucketPolicy"}
    policies = [
        policy
        for policy in templates.beside(resource, kind[resource.body["Type"]])
        if {"Ref": resource.name} in listed(policy.properties.get("Queues", policy.properties.get("Bucket")))
    ]
    return any(
        statement["Effect"] == "Deny"
        and statement["Principal"] in ("*", {"AWS": "*"})
        and statement["Action"] in ("sqs:*", "s3:*")
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        for policy in policies
        for statement in statements(policy.properties["PolicyDocument"])
    )
