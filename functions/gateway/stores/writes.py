"""A subscriber's own writes: plain Python values to DynamoDB's and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

_SERIALIZER = TypeSerializer()
_DESERIALIZER = TypeDeserializer()


def typed(write: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """One action of TransactWriteItems as boto3's client takes it.

    Numbers may be int, Decimal or float, as JSON gives them. Raises TypeError for what DynamoDB cannot hold.
    """
    return {
        action: {
            name: _attributes(value) if name in ("Key", "Item", "ExpressionAttributeValues") else value
            for name, value in parameters.items()
        }
        for action, parameters in write.items()
    }


def untyped(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item in plain values; numbers are Decimal."""
    return {name: _DESERIALIZER.deserialize(value) for name, value in item.items()}


def _attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _SERIALIZER.serialize(_exact(value)) for name, value in values.items()}


def _exact(value: Any) -> Any:
    """boto3 refuses floats: a decimal of the same digits is what the JSON said."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {name: _exact(below) for name, below in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(element) for element in value]
    return value
