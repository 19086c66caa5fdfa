"""The ledger's table: what came, what was published, each delivery and its attempts."""

from constructs import Construct

from infrastructure.durable_table import DurableTable
from infrastructure.stage import Stage


class Ledger(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.table = DurableTable(self, "Table", stage=stage, partition="pk", sort="sk", ttl="ttl")
