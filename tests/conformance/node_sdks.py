"""The official SDKs for Node that prove literals, and where we and they disagree."""

from collections.abc import Mapping

from tests.conformance.official import Sdk

SDKS: tuple[Sdk, ...] = ()

STRICTER: Mapping[str, Mapping[str, str]] = {}

LOOSER: Mapping[str, Mapping[str, str]] = {}
