"""hookline outputs"""

import json

import click

from hookline.cli.reach import gateway_options, reach


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@gateway_options
def outputs(as_json: bool, stack: str | None, profile: str | None, region: str | None) -> None:
    """The base URL, each source's URL, and the names of the resources.

    \b
    Example: hookline outputs --json
    """
    deployed = reach(stack, profile, region)
    urls = {name: deployed.base_url + path for name, path in deployed.paths.items()}
    resources = {
        name: value
        for name, value in deployed.outputs.items()
        if name not in ("BaseUrl", "Sources", "Draining", "Subscribers")
    }
    if as_json:
        document = {
            "stack": deployed.stack,
            "endpoint": deployed.endpoint,
            "base_url": deployed.base_url,
            "public_url": deployed.public_url,
            "sources": urls,
            "subscribers": deployed.subscribers,
            "resources": resources,
        }
        click.echo(json.dumps(document, indent=2))
        return
    click.echo(f"{deployed.stack}  {deployed.base_url}")
    for title, entries in (("Sources", urls), ("Resources", resources)):
        click.echo(f"\n{title}")
        width = max(map(len, entries), default=0)
        for name, value in sorted(entries.items()):
            click.echo(f"  {name:<{width}}  {value}")
