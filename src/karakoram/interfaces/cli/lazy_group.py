"""How does a group know its commands without importing them?

A command's file is imported when the command is called, so that ``--help`` and a typing error
cost nothing. The file is found by its name: ``network show`` is ``commands/network_show.py``.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS_PACKAGE = "karakoram.interfaces.cli.commands"


class LazyGroup(TyperGroup):
    """A group whose commands are stand-ins with a name and one line of help until called."""

    def resolve_command(self, ctx: object, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command itself instead of its stand-in; groups are what they are."""
        context = cast("typer.Context", ctx)
        name, command, rest = super().resolve_command(context, args)
        if name is None or command is None or isinstance(command, TyperGroup):
            return name, command, rest
        is_root = context.parent is None
        file = name if is_root or self.name is None else f"{self.name}_{name}"
        module = import_module(f"{COMMANDS_PACKAGE}.{file}")
        return name, get_command(module.app), rest


def add_stand_ins(app: typer.Typer, summaries: Mapping[str, str]) -> None:
    """Give ``app`` a stand-in for each command, with one line of help."""
    for name, summary in summaries.items():
        app.command(name, help=summary)(_stand_in)


def _stand_in() -> None:
    """Never called: ``resolve_command`` puts the command in its place."""
    raise AssertionError("a stand-in is replaced before it is called")
