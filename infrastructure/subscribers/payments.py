"""The orders that `payments` marks as paid or failed."""

from infrastructure.durable_table import DurableTable
from infrastructure.fan_out import FunctionSubscriber
from infrastructure.gateway_function import GatewayFunction


def configure(function: GatewayFunction, subscriber: FunctionSubscriber) -> None:
    orders = DurableTable(subscriber, "Orders", stage=subscriber.stage, partition="order")
    function.add_environment("ORDERS_TABLE", orders.table_name)
    function.allow("dynamodb:UpdateItem", on=[orders.table_arn])
    subscriber.output("OrdersTable", orders.table_name)
