"""Production keeps what holds data when a stack or an entry goes; other stages clean up."""

import pytest

from tests.infrastructure.templates import Templates

HOLDING = [
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::SecretsManager::Secret",
    "AWS::Logs::LogGroup",
]


@pytest.mark.parametrize("kind", HOLDING)
def test_production_keeps_what_holds_data(prod: Templates, kind: str) -> None:
    assert prod.resources(kind)
    for resource in prod.resources(kind):
        assert resource.body["DeletionPolicy"] in ("Retain", "RetainExceptOnCreate"), resource
        assert resource.body["UpdateReplacePolicy"] == "Retain", resource


@pytest.mark.parametrize("kind", HOLDING)
def test_another_stage_removes_it_with_the_stack(dev: Templates, local: Templates, kind: str) -> None:
    for templates in (dev, local):
        for resource in templates.resources(kind):
            assert resource.body["DeletionPolicy"] == "Delete", resource
            assert resource.body["UpdateReplacePolicy"] == "Delete", resource


def test_a_bucket_is_emptied_before_it_goes_since_it_would_not_go_otherwise(
    prod: Templates, dev: Templates, local: Templates
) -> None:
    assert len(dev.resources("Custom::S3AutoDeleteObjects")) == len(dev.resources("AWS::S3::Bucket"))
    for templates in (prod, local):
        assert not templates.resources("Custom::S3AutoDeleteObjects")


def test_production_can_restore_its_tables_and_does_not_let_them_be_deleted(prod: Templates) -> None:
    for table in prod.resources("AWS::DynamoDB::Table"):
        assert table.properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table.properties["DeletionProtectionEnabled"] is True


def test_another_stage_does_not_pay_for_that(dev: Templates) -> None:
    for table in dev.resources("AWS::DynamoDB::Table"):
        assert table.properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": False}
        assert table.properties["DeletionProtectionEnabled"] is False


def test_a_first_deployment_that_fails_leaves_no_name_taken(prod: Templates) -> None:
    """What is kept under a fixed name would make the next attempt fail: the name exists."""
    names = {
        "AWS::SecretsManager::Secret": "Name",
        "AWS::SQS::Queue": "QueueName",
        "AWS::S3::Bucket": "BucketName",
    }
    names |= {"AWS::DynamoDB::Table": "TableName", "AWS::Logs::LogGroup": "LogGroupName"}
    for kind, name in names.items():
        for resource in prod.resources(kind):
            if name in resource.properties:
                assert resource.body["DeletionPolicy"] == "RetainExceptOnCreate", resource


def test_a_secret_never_changes_in_the_template_once_it_is_there(prod: Templates, large: Templates) -> None:
    """CloudFormation writes the template's value over the operator's keys when that value changes."""
    for templates in (prod, large):
        for secret in templates.resources("AWS::SecretsManager::Secret"):
            assert secret.properties["SecretString"] == '{"keys": []}', secret
            assert secret.properties["Name"].startswith("hookline/prod/")
            assert "GenerateSecretString" not in secret.properties
