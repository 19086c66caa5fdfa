"""pydantic's errors as mistakes in words: what was found, what is allowed, the nearest name."""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Tag, ValidationError
from pydantic_core import ErrorDetails

from hookline.config.custom import VERIFY
from hookline.config.document import Document
from hookline.config.fields import Options
from hookline.config.mistakes import Location, Mistake, found, unknown
from hookline.config.schema import Configuration, CustomSource, FunctionSubscriber, QueueSubscriber

# What pydantic calls a type, and what a reader of YAML calls it.
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "mapping_type": "options, as in {name: value}",
    "model_type": "options, as in {name: value}",
    "model_attributes_type": "options, as in {name: value}",
    "dict_type": "options, as in {name: value}",
}


def _schemes() -> dict[str, list[str]]:
    """The schemes that have an option, by its name."""
    found: dict[str, list[str]] = {}
    for scheme, model in VERIFY.items():
        for name, field in model.model_fields.items():
            found.setdefault(field.alias or name, []).append(scheme)
    return found


# Options that are looked for where they do not stand.
_ELSEWHERE = {
    **dict.fromkeys(CustomSource.model_fields, "only a source of provider custom has it"),
    **{
        name: f"it stands under verify, of a custom source with scheme {' or '.join(schemes)}"
        for name, schemes in _schemes().items()
    },
    "window": "it stands under deduplicate",
    "rate": "it stands under throttle",
    "burst": "it stands under throttle",
}
_OF_A_FUNCTION = dict.fromkeys(
    FunctionSubscriber.model_fields.keys() - QueueSubscriber.model_fields.keys(),
    "only a subscriber with a function has it",
)
# What a subscriber may say besides who receives.
_NO_RECEIVERS = (FunctionSubscriber.model_fields.keys() | QueueSubscriber.model_fields.keys()) - {
    "function",
    "queue",
}


def explained(error: ValidationError, document: Document) -> Iterator[Mistake]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "pattern":
            at = document.nearest(_plain(detail["loc"]))
            for mistake in detail["ctx"]["mistakes"]:
                yield Mistake((*at, *mistake.location), mistake.message)
        else:
            yield Mistake(document.nearest(_plain(detail["loc"])), _sentence(detail))


def _plain(location: Location) -> Location:
    """Without the tags of unions and pydantic's mark of a key."""
    return tuple(part for part in location if not (isinstance(part, str) and part[:1] in ("<", "[")))


def _sentence(detail: ErrorDetails) -> str:
    kind, location, value = detail["type"], detail["loc"], detail["input"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown_option(location)
    if kind == "missing":
        return f"is missing. {_option(location)}"
    if kind == "literal_error":
        return _unknown_value(value, context["expected"])
    if kind == "union_tag_invalid":
        return _unknown_tag(value, context["expected_tags"])
    if kind == "receiver":
        names = [name for name in value if name not in _NO_RECEIVERS] if isinstance(value, dict) else []
        return f"{detail['msg']}; found {', '.join(names) or 'none'}"
    if kind == "too_short":
        return f"at least one is needed, found {found(value)}"
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {found(value)}"
    return f"{detail['msg']}, found {found(value)}"


def _unknown_option(location: Location) -> str:
    name = str(location[-1])
    model = _model_at(location[:-1])
    options = [field.alias or known for known, field in model.model_fields.items()]
    elsewhere = _OF_A_FUNCTION if model is QueueSubscriber else _ELSEWHERE
    return unknown("option", name, options, remedy=elsewhere.get(name, ""))


def _option(location: Location) -> str:
    """What the docstring of an option says."""
    fields = _model_at(location[:-1]).model_fields
    return str(
        next(field.description for name, field in fields.items() if location[-1] in (name, field.alias))
    )


def _unknown_value(value: object, expected: str) -> str:
    allowed = re.findall(r"'([^']*)'", expected)
    if isinstance(value, str):
        return unknown("value", value, allowed)
    return f"expected one of {', '.join(sorted(allowed))}, found {found(value)}"


def _unknown_tag(value: object, expected: str) -> str:
    """Only `verify` has tags of its own that a person writes."""
    tags = re.findall(r"<([a-z-]+)>", expected)
    schemes = [tag for tag in tags if tag != "none"]
    if isinstance(value, dict) and "scheme" in value:
        return unknown("scheme", str(value["scheme"]), schemes)
    return f"expected {{scheme: {' or '.join(schemes)}, …}} or none, found {found(value)}"


def _model_at(location: Location) -> type[Options]:
    """The model that stands at a location, tags of unions included."""
    current: Any = Configuration
    for part in location:
        current = _below(current, part)
    while get_origin(current) in (Annotated, Union, UnionType):
        current = next(argument for argument in get_args(current) if argument is not type(None))
    if not (isinstance(current, type) and issubclass(current, Options)):
        raise TypeError(f"no options at {location}")
    return current


def _below(kind: Any, part: str | int) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Options):
        return next(
            field.annotation for name, field in kind.model_fields.items() if part in (name, field.alias)
        )
    if origin is Annotated and not _tagged(kind, part):
        return _below(arguments[0], part)
    if origin in (Union, UnionType):
        tagged = [argument for argument in arguments if _tagged(argument, part)]
        return tagged[0] if tagged else _below(arguments[0], part)
    if origin is Annotated:
        return arguments[0]
    return arguments[1] if origin is not tuple else arguments[0]


def _tagged(kind: Any, part: str | int) -> bool:
    return any(isinstance(argument, Tag) and argument.tag == part for argument in get_args(kind))
