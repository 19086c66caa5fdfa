"""One route a source and method, each with its own throttle; what was asked is in the access log."""

import json

from app import ROOT
from hookline.config.compile import compile_sources
from hookline.config.load import load
from tests.infrastructure.templates import Templates, listed


def routes(templates: Templates) -> dict[str, str]:
    """Logical ids by route key."""
    return {
        route.properties["RouteKey"]: route.name for route in templates.resources("AWS::ApiGatewayV2::Route")
    }


def test_each_source_has_a_route_for_each_method_and_there_is_no_other(prod: Templates) -> None:
    sources = compile_sources(load(ROOT / "hookline.yaml").configuration)
    expected = {f"{method} {source.path}" for source in sources.values() for method in source.methods}
    assert routes(prod).keys() == expected
    (stage,) = prod.resources("AWS::ApiGatewayV2::Stage")
    assert stage.properties["RouteSettings"].keys() == expected


def test_all_routes_have_one_integration_with_the_format_that_ingest_reads(prod: Templates) -> None:
    (integration,) = prod.resources("AWS::ApiGatewayV2::Integration")
    assert integration.properties["PayloadFormatVersion"] == "2.0"
    assert integration.properties["IntegrationType"] == "AWS_PROXY"
    for route in prod.resources("AWS::ApiGatewayV2::Route"):
        assert route.properties["Target"] == {"Fn::Join": ["", ["integrations/", {"Ref": integration.name}]]}


def test_each_route_is_throttled_as_its_source_says(prod: Templates) -> None:
    configuration = load(ROOT / "hookline.yaml").configuration
    (stage,) = prod.resources("AWS::ApiGatewayV2::Stage")
    for name, source in configuration.sources.items():
        settings = stage.properties["RouteSettings"][f"POST {configuration.path_of(name)}"]
        assert settings["ThrottlingRateLimit"] == source.throttle.rate
        assert settings["ThrottlingBurstLimit"] == source.throttle.burst


def test_a_route_without_a_throttle_of_its_own_gets_a_low_one(prod: Templates) -> None:
    (stage,) = prod.resources("AWS::ApiGatewayV2::Stage")
    settings = stage.properties["DefaultRouteSettings"]
    assert 0 < settings["ThrottlingRateLimit"] <= 100
    assert 0 < settings["ThrottlingBurstLimit"] <= 100


def test_the_stage_comes_after_the_routes_that_it_has_settings_for(prod: Templates, large: Templates) -> None:
    for templates in (prod, large):
        (stage,) = templates.resources("AWS::ApiGatewayV2::Stage")
        assert set(listed(stage.body["DependsOn"])) >= set(routes(templates).values())


def test_the_access_log_names_the_request_the_route_and_what_went_wrong(prod: Templates) -> None:
    (stage,) = prod.resources("AWS::ApiGatewayV2::Stage")
    settings = stage.properties["AccessLogSettings"]
    line = json.loads(settings["Format"])
    assert line["requestId"] == "$context.requestId"
    assert {"routeKey", "status", "responseLatency", "integrationError"} <= line.keys()
    # Neither bodies nor headers, where signatures are: the context has no others.
    assert all(value.startswith("$context.") for value in line.values())
    prod.meant(settings["DestinationArn"], stage, "AWS::Logs::LogGroup")


def test_ingest_answers_before_api_gateway_gives_up(prod: Templates) -> None:
    from gateway.stores.clients import CALL_SECONDS

    (ingest,) = [
        function
        for function in prod.resources("AWS::Lambda::Function")
        if function.properties["Handler"].startswith("ingest")
    ]
    # Keys, claim check, message and spill, and two seconds to begin with.
    assert 4 * CALL_SECONDS + 2 <= ingest.properties["Timeout"] < 30
    assert 256 <= ingest.properties["MemorySize"] <= 512
