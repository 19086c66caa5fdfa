"""The folder that becomes a function's zip: what its handler reaches by its imports, and no more.

    ingest/handler.py …      the function's own modules and the gateway's, at their places under functions/
    hookline.json            the compiled configuration, where gateway.catalog is among them
    cryptography/ …          third-party packages, but for what Lambda's runtime has

A folder is named for its contents and never changed, so that several synths may use one at the same time, and
the same sources give the same zip on every machine.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from gateway.providers.schema import (
    Adyen,
    Basic,
    Braintree,
    DetachedJws,
    Fields,
    Hmac,
    Jwt,
    Scheme,
    Sns,
    StandardWebhooks,
    Token,
    UrlForm,
    fetches,
)
from hookline.config.compile import compile_document, compile_sources
from hookline.config.schema import Configuration
from infrastructure.imports import Reached, reached, source_of
from infrastructure.packages import InstallError, Wheels, missing
from infrastructure.stage import Stage

# The registry of providers imports every literal. It serves those who compile hookline.yaml; what the
# functions want of that folder is the schema.
_AT_SYNTH_ONLY = frozenset({"gateway.providers"})
_CATALOG = "gateway.catalog"
_VERIFICATION = "gateway.verification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundler:
    """functions: the import root. document: hookline.json. schemes: what the configured sources verify by.

    cache: where finished folders are kept.
    """

    functions: Path
    document: bytes
    schemes: frozenset[Scheme]
    wheels: Wheels
    cache: Path

    def bundle(self, module: str) -> Path:
        """The folder for the function whose handler is in `module`: `ingest.handler`. Raises InstallError."""
        holds = self.holds(module)
        own_requirements = self.functions.joinpath(*module.split(".")[:-1], "requirements.txt")
        packages = self.wheels.install(
            holds.packages, own_requirements if own_requirements.is_file() else None
        )
        if absent := missing(holds.packages, packages):
            raise InstallError(
                f"{module} imports {', '.join(absent)}: name what provides it in a requirements.txt beside it"
            )
        files = self._files(holds.modules)
        # A folder of packages has a name that stands for its contents.
        digest = sha256((packages.name if packages else "").encode())
        for path, content in sorted(files.items()):
            digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
        name = module.rpartition(".")[0].replace(".", "-")
        folder = self.cache / f"{name}-{digest.hexdigest()[:16]}"
        if not folder.exists():
            _assemble(folder, files, packages)
        return folder

    def holds(self, module: str) -> Reached:
        """The modules and packages that go with a handler."""
        found = reached(self.functions, [module], without=_AT_SYNTH_ONLY)
        if _VERIFICATION not in found.modules:
            return found
        # Families are imported by name when a source needs them: the imports alone do not show which.
        families = {family_module(scheme.family) for scheme in self.schemes}
        stores = {store for scheme in self.schemes for store in _stores(scheme)}
        found = reached(self.functions, [module, *families, *stores], without=_AT_SYNTH_ONLY)
        if any(takes_public_keys(scheme) for scheme in self.schemes):
            return found
        return Reached(found.modules, found.packages - {"cryptography"})

    def _files(self, modules: Iterable[str]) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for module in modules:
            source = source_of(self.functions, module)
            if source is not None and source.is_file():
                files[source.relative_to(self.functions).as_posix()] = source.read_bytes()
        if _CATALOG in modules:
            files["hookline.json"] = self.document
        return files


def bundler(project: Path, stage: Stage, configuration: Configuration) -> Bundler:
    """For the functions of the project in this folder."""
    build = project / ".build"
    return Bundler(
        functions=project / "functions",
        document=compile_document(configuration),
        schemes=frozenset(
            scheme for source in compile_sources(configuration).values() for scheme in source.schemes
        ),
        wheels=Wheels(
            platform=stage.platform,
            python=stage.python,
            requirements=project / "requirements.txt",
            cache=build / "packages",
        ),
        cache=build / "bundles",
    )


def family_module(family: str) -> str:
    return f"{_VERIFICATION}.{family.replace('-', '_')}"


def takes_public_keys(scheme: Scheme) -> bool:
    """Whether a source may be given a public key, which takes `cryptography` to verify by.

    Standard Webhooks has both kinds; a provider that signs by secrets alone says so by its `key_prefix`,
    or by keys that are not base64.
    """
    if isinstance(scheme, StandardWebhooks):
        return scheme.key == "base64" and not scheme.key_prefix.startswith("whsec_")
    if isinstance(scheme, Jwt | DetachedJws):
        return not all(algorithm.startswith("HS") for algorithm in scheme.algorithms)
    return not isinstance(scheme, Hmac | Token | Basic | UrlForm | Fields | Adyen | Braintree)


def _stores(scheme: Scheme) -> tuple[str, ...]:
    """What ingest imports by name for a scheme, beside its family."""
    key_sets = ("gateway.stores.guarded", "gateway.stores.key_sets") if fetches(scheme) else ()
    return (*key_sets, "gateway.stores.topics") if isinstance(scheme, Sns) else key_sets


def _assemble(folder: Path, files: Mapping[str, bytes], packages: Path | None) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as work:
        target = Path(work, "bundle")
        if packages:
            # Linked: they take no room however many bundles hold them.
            shutil.copytree(packages, target, copy_function=os.link)
        for path, content in files.items():
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            target.rename(folder)
        except OSError:
            # Another synth was faster, with the same contents.
            if not folder.is_dir():
                raise
