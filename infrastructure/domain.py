"""A domain name of one's own before the API: providers keep their URL whatever becomes of the API."""

from aws_cdk import CfnDeletionPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from constructs import Construct

from hookline.config.schema import Domain as Options
from infrastructure.stage import Stage


class Domain(Construct):
    """target, zone: what a record in DNS points to, and the hosted zone of that for an alias of Route 53."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        options: Options,
        api_stage: apigateway.CfnStage,
    ) -> None:
        super().__init__(scope, construct_id)
        name = apigateway.CfnDomainName(
            self,
            "Name",
            domain_name=options.name,
            domain_name_configurations=[
                apigateway.CfnDomainName.DomainNameConfigurationProperty(
                    certificate_arn=options.certificate, endpoint_type="REGIONAL", security_policy="TLS_1_2"
                )
            ],
        )
        # The record in DNS points to what API Gateway made for the name: made anew, it would be another one.
        # Its name is fixed: were it kept when a first deployment fails, the second would find it taken.
        name.cfn_options.deletion_policy = (
            CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE if stage.keeps_data else CfnDeletionPolicy.DELETE
        )
        apigateway.CfnApiMapping(
            self, "Mapping", api_id=api_stage.api_id, domain_name=name.ref, stage=api_stage.ref
        )
        self.target = name.attr_regional_domain_name
        self.zone = name.attr_regional_hosted_zone_id
