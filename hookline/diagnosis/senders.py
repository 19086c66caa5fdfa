"""Whose request it is, if it is not the source's provider's."""

from collections.abc import Iterator
from dataclasses import replace

from gateway.providers import PROVIDERS
from gateway.verification.inspection import carries
from hookline.diagnosis.attempt import Case, Finding, authentic
from hookline.diagnosis.causes import Cause

# A header that more providers use tells nothing about who sent it.
_FEW = 3
_ANYBODYS = {"authorization", "x-api-key"}


def findings(case: Case) -> Iterator[Finding]:
    """Those that the keys prove; else those to which a header belongs that hardly anybody else has."""
    likely = []
    own = {name for scheme in case.source.schemes for name in scheme.headers}
    for name, provider in PROVIDERS.items():
        if name == case.source.provider or not any(carries(one, case.request) for one in provider.schemes):
            continue
        if authentic(replace(case, source=replace(case.source, provider=name, schemes=provider.schemes))):
            yield Finding(Cause.OTHER_PROVIDER, f"it is verified as {provider.title}'s: provider {name}")
            return
        headers = {header for scheme in provider.schemes for header in scheme.headers} - own - _ANYBODYS
        likely += [(header, name) for header in headers if case.request.header(header)]
    if any(case.request.header(header) for header in own):
        return
    for header in dict.fromkeys(header for header, _ in likely):
        names = [name for found, name in likely if found == header]
        if len(names) <= _FEW:
            titles = " or ".join(PROVIDERS[name].title for name in names)
            yield Finding(Cause.OTHER_PROVIDER, f"{header} looks like {titles}'s", proven=False)
