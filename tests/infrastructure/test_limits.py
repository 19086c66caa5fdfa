"""50 sources and 30 subscribers stay inside what AWS allows."""

import json
import re
from typing import Any

from app import STAGES
from tests.infrastructure.large import SOURCES, SUBSCRIBERS
from tests.infrastructure.templates import Templates

# Longer than the ARN of any queue, table, bucket, bus or log that CloudFormation names.
LONG = "arn:aws-us-gov:".ljust(200, "x")
# A queue's name has at most 80 characters.
QUEUE = "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:".ljust(46 + 80, "x")
SECRET = "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:"


def test_the_configuration_is_as_large_as_it_says(large: Templates) -> None:
    assert len(large.resources("AWS::SecretsManager::Secret")) == SOURCES
    assert len(large.resources("AWS::Events::Rule")) == SUBSCRIBERS == len(large.nested)


def test_each_stack_has_fewer_than_500_resources_200_outputs_and_200_parameters(large: Templates) -> None:
    for name, template in large.all():
        assert len(template["Resources"]) < 500, name
        assert len(template.get("Outputs", {})) < 200, name
        assert len(template.get("Parameters", {})) < 200, name


def test_each_template_is_smaller_than_a_megabyte(large: Templates) -> None:
    for path in large.folder.glob("*.template.json"):
        assert path.stat().st_size < 1_000_000, path.name


def test_an_api_has_fewer_than_300_routes_and_a_bus_fewer_than_300_rules(large: Templates) -> None:
    assert len(large.resources("AWS::ApiGatewayV2::Route")) < 300
    assert len(large.resources("AWS::Events::Rule")) < 300
    for rule in large.resources("AWS::Events::Rule"):
        assert len(rule.properties["Targets"]) <= 5


def test_a_rules_pattern_has_at_most_2048_characters(large: Templates) -> None:
    for rule in large.resources("AWS::Events::Rule"):
        pattern = json.dumps(rule.properties["EventPattern"], separators=(",", ":"))
        assert len(pattern) <= 2048, rule


def test_a_functions_policy_has_less_than_20_kilobytes(large: Templates) -> None:
    permissions = large.resources("AWS::Lambda::Permission")
    assert sum(len(json.dumps(filled(one.properties))) for one in permissions) < 20_480


def test_a_roles_policies_have_less_than_10240_characters(large: Templates) -> None:
    sizes: dict[str, int] = {}
    for policy in large.resources("AWS::IAM::Policy"):
        text = json.dumps(filled(policy.properties["PolicyDocument"]), separators=(",", ":"))
        (role,) = policy.properties["Roles"]
        sizes[f"{policy.stack} {role}"] = sizes.get(f"{policy.stack} {role}", 0) + len(text)
    assert sizes
    assert max(sizes.values()) < 10_240


def test_a_role_has_ten_managed_policies_of_6144_characters_at_most(large: Templates) -> None:
    attached: list[str] = []
    for policy in large.resources("AWS::IAM::ManagedPolicy"):
        text = json.dumps(filled(policy.properties["PolicyDocument"]), separators=(",", ":"))
        assert len(text) < 6_144, policy
        (role,) = policy.properties["Roles"]
        attached.append(f"{policy.stack} {role}")
    assert attached
    assert max(map(attached.count, attached)) <= 10


def filled(value: Any) -> Any:
    """The value with every reference as long as it may turn out."""
    if isinstance(value, list):
        return [filled(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return separator.join(filled(part) for part in parts)
    if "Ref" in value and value["Ref"].startswith("AWS::"):
        return "us-gov-west-1"
    if "Fn::GetAtt" in value and "Keys" in value["Fn::GetAtt"][0]:
        return f"{SECRET}{STAGES['prod'].secrets_prefix}{'x' * 40}-abcdef"
    if "Fn::GetAtt" in value and re.search(r"(Inbox|Accepted)\w*Arn$", ".".join(value["Fn::GetAtt"])):
        return QUEUE
    if "Ref" in value or "Fn::GetAtt" in value:
        return LONG
    return {key: filled(one) for key, one in value.items()}
