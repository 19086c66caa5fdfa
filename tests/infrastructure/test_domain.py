"""A domain name of one's own leads to the API, and is what providers sign."""

import json
from pathlib import Path

import pytest

from tests.infrastructure.templates import Templates, synthesise

NAME = "hooks.example.com"
CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d"
CONFIGURED = {
    "domain": {"name": NAME, "certificate": CERTIFICATE},
    "sources": {"stripe": {"provider": "stripe"}},
}
DOMAIN = "AWS::ApiGatewayV2::DomainName"


def gateway(folder: Path, stage: str, *, checked: bool = False) -> Templates:
    config = folder / "hookline.yaml"
    config.write_text(json.dumps(CONFIGURED))
    return synthesise(folder / "out", stage, config, checked=checked)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return gateway(tmp_path_factory.mktemp("named"), "prod", checked=True)


def public_url(templates: Templates) -> object:
    (ingest,) = [
        function
        for function in templates.resources("AWS::Lambda::Function")
        if function.properties["Handler"].startswith("ingest")
    ]
    return ingest.properties["Environment"]["Variables"]["HOOKLINE_PUBLIC_URL"]


def test_the_name_has_its_certificate_and_takes_no_old_tls(named: Templates) -> None:
    (domain,) = named.resources(DOMAIN)
    assert domain.properties == {
        "DomainName": NAME,
        "DomainNameConfigurations": [
            {"CertificateArn": CERTIFICATE, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}
        ],
    }


def test_its_root_leads_to_the_apis_stage(named: Templates) -> None:
    (domain,) = named.resources(DOMAIN)
    (mapping,) = named.resources("AWS::ApiGatewayV2::ApiMapping")
    (api,) = named.resources("AWS::ApiGatewayV2::Api")
    (stage,) = named.resources("AWS::ApiGatewayV2::Stage")
    assert mapping.properties == {
        "ApiId": {"Ref": api.name},
        "DomainName": {"Ref": domain.name},
        "Stage": {"Ref": stage.name},
    }


def test_it_is_the_url_that_providers_get_and_sign(named: Templates) -> None:
    assert named.main["Outputs"]["BaseUrl"]["Value"] == f"https://{NAME}"
    assert public_url(named) == f"https://{NAME}"


def test_the_outputs_say_what_the_record_in_dns_points_to(named: Templates) -> None:
    (domain,) = named.resources(DOMAIN)
    outputs = named.main["Outputs"]
    assert outputs["DomainTarget"]["Value"] == {"Fn::GetAtt": [domain.name, "RegionalDomainName"]}
    assert outputs["DomainZone"]["Value"] == {"Fn::GetAtt": [domain.name, "RegionalHostedZoneId"]}


def test_the_apis_own_url_goes_on_while_providers_move(named: Templates) -> None:
    (api,) = named.resources("AWS::ApiGatewayV2::Api")
    assert "DisableExecuteApiEndpoint" not in api.properties


def test_production_keeps_what_dns_points_to_and_another_stage_does_not(
    named: Templates, tmp_path: Path
) -> None:
    (kept,) = named.resources(DOMAIN)
    assert kept.body["DeletionPolicy"] == "RetainExceptOnCreate"
    (removed,) = gateway(tmp_path, "dev").resources(DOMAIN)
    assert removed.body["DeletionPolicy"] == "Delete"


def test_a_laptop_has_no_domain_and_is_reached_at_its_own_url(tmp_path: Path) -> None:
    local = gateway(tmp_path, "local")
    assert not local.resources(DOMAIN)
    assert not local.resources("AWS::ApiGatewayV2::ApiMapping")
    assert "DomainTarget" not in local.main["Outputs"]
    (api,) = local.resources("AWS::ApiGatewayV2::Api")
    assert public_url(local) == {"Fn::GetAtt": [api.name, "ApiEndpoint"]}


def test_without_a_domain_there_is_none(prod: Templates) -> None:
    assert not prod.resources(DOMAIN)
    assert "DomainTarget" not in prod.main["Outputs"]
