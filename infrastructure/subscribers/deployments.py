"""The table in which `deployments` writes down pushes and releases."""

from infrastructure.durable_table import DurableTable
from infrastructure.fan_out import FunctionSubscriber
from infrastructure.gateway_function import GatewayFunction


def configure(function: GatewayFunction, subscriber: FunctionSubscriber) -> None:
    table = DurableTable(subscriber, "Table", stage=subscriber.stage, partition="repository", sort="id")
    function.add_environment("DEPLOYMENTS_TABLE", table.table_name)
    function.allow("dynamodb:PutItem", on=[table.table_arn])
    subscriber.output("Table", table.table_name)
