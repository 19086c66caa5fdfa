"""The command line: `hookline`."""

from hookline.cli.main import main

__all__ = ["main"]
