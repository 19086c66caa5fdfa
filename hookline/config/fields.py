"""Kinds of values that options have, each with a sentence for what does not fit."""

import re
from collections.abc import Callable
from ipaddress import IPv6Network, ip_network
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictInt, StrictStr

from gateway.providers import PROVIDERS
from hookline.config import duration
from hookline.config.mistakes import unknown_of_many

CUSTOM = "custom"


class Options(BaseModel):
    """A mapping of options in hookline.yaml. Each attribute's docstring is what a reader is told about it."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def matching(pattern: str, sentence: str) -> AfterValidator:
    """`sentence` completes "'x' is no …"."""
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f"{text!r} is no {sentence}")
        return text

    return AfterValidator(check)


def between(least: int, most: int, show: Callable[[int], str] = str) -> AfterValidator:
    def check(number: int) -> int:
        if not least <= number <= most:
            raise ValueError(f"{show(number)} is out of range: from {show(least)} to {show(most)}")
        return number

    return AfterValidator(check)


def lasting(least: int, most: int) -> AfterValidator:
    """Bounds of a duration, in seconds."""
    return between(least, most, duration.written)


def _one_or_several(value: Any) -> Any:
    if isinstance(value, list | tuple):
        if not value:
            raise ValueError("an empty list: leave the option out, or name at least one")
        return tuple(value)
    return (value,)


def _whole_days(seconds: int) -> int:
    # The payload bucket's lifecycle rules count in days.
    if seconds % duration.DAY:
        raise ValueError(f"{duration.written(seconds)} is no whole number of days: write it as in 90d")
    return seconds


def _known_provider(name: str) -> str:
    names = {*PROVIDERS, CUSTOM}
    if name not in names:
        raise ValueError(unknown_of_many("provider", name, names, "hookline providers"))
    return name


def _range_of_addresses(text: str) -> str:
    """As ipaddress writes it. A range that has more in it than its prefix is most often one address."""
    try:
        network = ip_network(text)
    except ValueError:
        raise ValueError(_no_range(text)) from None
    if "%" in text:
        raise ValueError(f"{text!r} names an interface of one machine: leave out what stands after the %")
    if not network.prefixlen:
        raise ValueError(f"{text!r} is every address: leave the option out, or name the sender's own")
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped:
        raise ValueError(f"{text!r} is IPv4 written as IPv6: write it as in 203.0.113.0/24")
    return str(network)


def _no_range(text: str) -> str:
    wanted = f"{text!r} is no range of addresses: write it as in 203.0.113.0/24 or 2001:db8::/32"
    try:
        network, alone = ip_network(text, strict=False), ip_network(text.partition("/")[0])
    except ValueError:
        return wanted
    return (
        f"{text!r} says more than the {network.prefixlen} bits that it names: write '{network}' for the "
        f"range, or '{alone}' for the one address"
    )


Duration = Annotated[int, BeforeValidator(duration.parse)]
# Of a signed timestamp.
Tolerance = Annotated[Duration, lasting(1, duration.DAY)]
Days = Annotated[Duration, AfterValidator(_whole_days)]
Number = StrictInt

OneOrSeveral = BeforeValidator(_one_or_several)

State = Literal["active", "draining"]

Name = Annotated[
    StrictStr,
    matching(
        r"[a-z][a-z0-9-]{0,39}",
        "name: lower-case letters, digits and hyphens, a letter first, at most 40 characters",
    ),
]
FunctionName = Annotated[
    StrictStr,
    matching(
        r"[a-z][a-z0-9_]{0,39}",
        "function name: lower-case letters, digits and underscores, a letter first, at most 40 characters",
    ),
]
ProviderName = Annotated[StrictStr, AfterValidator(_known_provider)]
PublicUrl = Annotated[
    StrictStr,
    matching(
        r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*",
        "public URL: write https://, a host and perhaps a path, without a slash at the end",
    ),
]
DomainName = Annotated[
    StrictStr,
    matching(
        r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])",
        "domain name: write it in lower case and without https://, as in hooks.example.com",
    ),
]
AddressRange = Annotated[StrictStr, AfterValidator(_range_of_addresses)]
Certificate = Annotated[
    StrictStr,
    matching(
        r"arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+",
        "ARN of a certificate in ACM, as in arn:aws:acm:eu-central-1:123456789012:certificate/…",
    ),
]
KeySetUrl = Annotated[
    StrictStr,
    # What gateway.stores.guarded fetches.
    matching(
        r"(?=.{9,512}$)https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
        r"(/[A-Za-z0-9._~%:@!$&'()*+,;=-]*)*(\?[A-Za-z0-9._~%:@!$&'()*+,;=/?-]*)?",
        "URL of a key set: it is fetched by https, from a public host in lower case and without a port, as "
        "in https://auth.example.com/.well-known/jwks.json",
    ),
]
UrlPath = Annotated[
    StrictStr,
    matching(
        r"(?=.{2,200}$)(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)+",
        "path: a slash and letters, digits, hyphens, dots, underscores or tildes, perhaps several times, "
        "as in /in/stripe, at most 200 characters",
    ),
]
JsonPath = Annotated[
    StrictStr,
    # `+` joins places in a compiled source.
    matching(
        r"[^.\[\]+\s$][^.\[\]+\s]*(\.[^.\[\]+\s]+)*",
        "path into a JSON body: write names joined by dots, as in data.object.id",
    ),
]
Email = Annotated[
    StrictStr,
    matching(
        r"[^@\s,<>]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "e-mail address: write it as in ops@example.com"
    ),
]
SecretName = Annotated[
    StrictStr,
    matching(
        r"[A-Za-z0-9/_+=.@-]{1,512}",
        "name of a secret: letters, digits and / _ + = . @ -, as in hookline/pagerduty. The URL itself is a "
        "secret and stays out of this file",
    ),
]
SlackWorkspace = Annotated[
    StrictStr, matching(r"T[A-Z0-9]{2,20}", "workspace's id: it begins with T, as in T0123ABCD")
]
SlackChannel = Annotated[
    StrictStr, matching(r"[CG][A-Z0-9]{2,20}", "channel's id: it begins with C, or G, as in C0123ABCD")
]
HeaderName = Annotated[
    StrictStr, matching(r"[A-Za-z0-9_-]{1,100}", "header name: write it as in X-Signature")
]
Parameter = Annotated[
    StrictStr, matching(r"[A-Za-z0-9_.\[\]-]{1,100}", "parameter name: letters, digits and _ . - [ ]")
]
EventType = Annotated[
    StrictStr,
    # A backslash escapes in EventBridge's wildcards, which also refuse two stars in a row. Detail-types are
    # cut to 128 characters, so that a longer filter would never match.
    matching(
        r"(?!.*\*\*)[^\x00-\x1f\x7f\\]{1,128}",
        "event type: up to 128 characters and no backslash, with single * for any text, as in invoice.*",
    ),
]
