"""A table as production wants it: the only way that tables are made here."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infrastructure.stage import Stage


class DurableTable(dynamodb.Table):
    """A table with keys of text, paid by the request and encrypted with a key that DynamoDB owns.

    Where the stage keeps its data it outlives its stack and can be restored to any second of 35 days.
    ttl: the attribute with the epoch second at which an item goes by itself.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        partition: str,
        sort: str = "",
        ttl: str = "",
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            partition_key=_text(partition),
            sort_key=_text(sort) if sort else None,
            time_to_live_attribute=ttl or None,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=stage.keeps_data
            ),
            deletion_protection=stage.keeps_data,
            removal_policy=stage.removal_policy,
        )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
