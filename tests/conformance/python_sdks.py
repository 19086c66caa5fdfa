"""The official SDKs for Python that prove literals, and where we and they disagree.

STRICTER and LOOSER: by SDK, what each kind of alteration (tests/conformance/official.py) is refused for that
it accepts, or accepted for that it refuses.
"""

from collections.abc import Mapping

from tests.conformance.official import Sdk

_TEXT = "5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"
_OTHER = "6XcY6lFXMmgatHOkI75J9mPPrVC7f9GI"

SDKS: tuple[Sdk, ...] = (
    Sdk(
        name="stripe",
        package="stripe",
        provider="stripe",
        proves="WebhookSignature",
        key=f"whsec_{_TEXT}",
        other=f"whsec_{_OTHER}",
        signs=True,
    ),
)

_FUTURE = "the tolerance holds in both directions"
_ONCE = "a header that is there twice, or a field of it, is no one's"

STRICTER: Mapping[str, Mapping[str, str]] = {
    "stripe": {"a day early": _FUTURE, "six minutes early": _FUTURE, "stripe-signature doubled": _ONCE},
}

LOOSER: Mapping[str, Mapping[str, str]] = {}
