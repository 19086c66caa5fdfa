"""The ledger's table: what came, what was published, each delivery and its attempts."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from gateway.lines import INDEX, PROJECTED
from infrastructure.durable_table import DurableTable
from infrastructure.stage import Stage


class Ledger(Construct):
    """lines_arn: of the index with what waits and what is parked, in the order of its time."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.table = DurableTable(self, "Table", stage=stage, partition="pk", sort="sk", ttl="ttl")
        # Only what stands in a line is in it: an event that is delivered at once costs it nothing.
        self.table.add_global_secondary_index(
            index_name=INDEX,
            partition_key=dynamodb.Attribute(name="line", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
            projection_type=dynamodb.ProjectionType.INCLUDE,
            non_key_attributes=list(PROJECTED),
        )
        self.lines_arn = f"{self.table.table_arn}/index/{INDEX}"
