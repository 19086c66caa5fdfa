"""hookline validate"""

from pathlib import Path

import click

from hookline.config.load import DEFAULT, load


@click.command()
@click.argument("config", default=DEFAULT, type=click.Path(path_type=Path, dir_okay=False))
def validate(config: Path) -> None:
    """Check hookline.yaml, as each synth does.

    \b
    Example: hookline validate prod.yaml
    """
    loaded = load(config)
    for warning in loaded.warnings:
        click.echo(f"Warning: {warning}", err=True)
    sources, subscribers = loaded.configuration.sources, loaded.configuration.subscribers
    click.echo(f"{config}: {len(sources)} sources, {len(subscribers)} subscribers, no mistakes")
