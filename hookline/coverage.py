"""Which part of the body a signature covers, told from the scheme.

What it does not cover, whoever has seen one authentic request may write anew.
"""

from typing import Literal

from gateway.providers.schema import Asymmetric, Basic, Fields, Hmac, Jwt, PayPal, Provider, Scheme, Token

# A CRC shows what has broken on the way, and hinders nobody who wants to write another body.
Coverage = Literal["all of it", "some of its values", "its CRC 32 alone", "none of it"]

_ORDER: tuple[Coverage, ...] = ("none of it", "its CRC 32 alone", "some of its values", "all of it")
_PARTLY = frozenset({"adyen", "braintree", "sns"})
# Places of a template that stand for the whole body, whatever is in it: {payload} is one field of a form.
_WHOLE = ("{body}", "{body_sha256_hex}", "{body_sha256_base64}", "{body_as_json}", "{contentful}")
_VALUES = ("json:", "form:", "raw:")


def covered(provider: Provider) -> Coverage:
    """By the weakest of its schemes, which is the one that counts."""
    schemes = [coverage(scheme) for scheme in provider.schemes]
    return min(schemes, key=_ORDER.index, default="none of it")


def coverage(scheme: Scheme) -> Coverage:
    match scheme:
        case Token() | Basic():
            return "none of it"
        case PayPal():
            return "its CRC 32 alone"
        case Hmac():
            return _by_templates(scheme.content, *scheme.contents)
        case Asymmetric() | Fields():
            return _by_templates(scheme.content)
        case Jwt():
            return "all of it" if scheme.body_hash or not scheme.header else "none of it"
        case _:
            return "some of its values" if scheme.family in _PARTLY else "all of it"


def _by_templates(*templates: str) -> Coverage:
    if all(any(whole in template for whole in _WHOLE) for template in templates):
        return "all of it"
    named = any(value in template for template in templates for value in (*_VALUES, "{body", "{payload}"))
    return "some of its values" if named else "none of it"
