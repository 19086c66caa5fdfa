"""DynamoDB's typed attributes, and the plain values that the ledger keeps in them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef


def attribute(value: Any) -> "AttributeValueTypeDef":
    """Text, bytes, whole numbers, and maps of them."""
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, bytes):
        return {"B": value}
    if isinstance(value, int) and not isinstance(value, bool):
        return {"N": str(value)}
    if isinstance(value, Mapping):
        return {"M": attributes(value)}
    raise TypeError(f"got {value!r}: the ledger keeps text, bytes, whole numbers and maps of them")


def attributes(values: Mapping[str, Any]) -> "dict[str, AttributeValueTypeDef]":
    """Of an item, or the values of an expression. What is None is left out."""
    return {name: attribute(value) for name, value in values.items() if value is not None}


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as DynamoDB answers it, in plain values."""
    return {name: _plain(value) for name, value in item.items()}


def _plain(value: Mapping[str, Any]) -> Any:
    ((kind, content),) = value.items()
    if kind == "N":
        return int(content)
    return plain(content) if kind == "M" else content
