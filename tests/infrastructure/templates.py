"""The templates of a synthesised gateway, and ways to ask them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App

from app import ROOT, STAGES, check, gateway
from hookline.config import document

# What hookline.yaml comes with: subscribers that a team adds to it have tests of their own.
SUBSCRIBERS = ("payments", "deployments", "analytics")


@dataclass(frozen=True, slots=True)
class Resource:
    """stack: the name of its template. body: what the template says of it."""

    stack: str
    name: str
    body: Mapping[str, Any]

    @property
    def properties(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.body.get("Properties", {})
        return found

    def is_meant_by(self, reference: Any) -> bool:
        """Whether `Ref` or `Fn::GetAtt` in the same template names this one."""
        return reference in (
            {"Ref": self.name},
            {"Fn::GetAtt": [self.name, "Arn"]},
            {"Fn::GetAtt": [self.name, "Id"]},
        )

    def __str__(self) -> str:
        return f"{self.stack}.{self.name}"


@dataclass(frozen=True, slots=True)
class Templates:
    """By file name; `main` is the gateway's own, the others are nested in it. folder: the cloud assembly."""

    main: Mapping[str, Any]
    nested: Mapping[str, Mapping[str, Any]]
    folder: Path

    def all(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        yield "main", self.main
        yield from self.nested.items()

    def resources(self, kind: str = "") -> list[Resource]:
        """Those of a type such as `AWS::SQS::Queue`; all without one."""
        return [
            Resource(stack, name, body)
            for stack, template in self.all()
            for name, body in template["Resources"].items()
            if kind in ("", body["Type"])
        ]

    def beside(self, resource: Resource, kind: str) -> list[Resource]:
        """Those of a type in the same template."""
        return [other for other in self.resources(kind) if other.stack == resource.stack]

    def meant(self, reference: Any, beside: Resource, kind: str) -> Resource:
        """The resource that a reference in `beside` names."""
        (found,) = [other for other in self.beside(beside, kind) if other.is_meant_by(reference)]
        return found


def shipped(folder: Path) -> Path:
    """hookline.yaml as it is shipped, in a file in `folder`. JSON is YAML too."""
    written = document.read((ROOT / "hookline.yaml").read_bytes(), "hookline.yaml").value
    subscribers = {name: written["subscribers"][name] for name in SUBSCRIBERS}
    config = folder / "hookline.yaml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps({**written, "subscribers": subscribers}))
    return config


def synthesise(folder: Path, stage: str, config: Path | None = None, *, checked: bool = False) -> Templates:
    """As `cdk synth` does it, but for CloudFormation's built-in validation, which takes two seconds.

    config: the shipped one if left out.
    """
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = App(
        outdir=str(folder),
        context=context,
        builtin_cloud_formation_validation=False,
        analytics_reporting=False,
    )
    name = gateway(app, STAGES[stage], config or shipped(folder / "config")).stack_name
    if checked:
        check(app)
    app.synth()
    return read(folder, name)


def read(folder: Path, stack: str) -> Templates:
    return Templates(
        main=json.loads((folder / f"{stack}.template.json").read_text()),
        nested={
            path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.nested.template.json"))
        },
        folder=folder,
    )


def statements(policy: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = policy["Statement"]
    return found


def listed(value: Any) -> list[Any]:
    """IAM writes a single action or resource without a list."""
    return value if isinstance(value, list) else [value]
