"""The providers that Hookline knows, one literal a module; `custom` is described in hookline.yaml instead.

Only what reads hookline.yaml imports this: a function sees the compiled sources and none of the literals.
"""

from importlib import import_module
from pkgutil import iter_modules

from gateway.providers.schema import Provider

PROVIDERS: dict[str, Provider] = {
    module.PROVIDER.name: module.PROVIDER
    for module in (
        import_module(f"{__name__}.{found.name}")
        for found in iter_modules(__path__)
        if found.name != "schema"
    )
}
