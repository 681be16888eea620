"""The command line: parse, call, print."""

from bot.cli.main import main

__all__ = ["main"]
