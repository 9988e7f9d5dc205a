"""How does a group know its commands without importing them?

A command's file is imported when the command is called, so that ``--help`` and a typing error
cost nothing. The file is found by its name: ``network show`` is ``commands/network_show.py``,
``optics all-pairs`` is ``commands/optics_all_pairs.py``.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from karakoram.interfaces.cli.usage import UsageTold, asks_for_json

_AS_JSON = "karakoram.as_json"
"""Key of the context's memory, which all contexts of one call share."""

COMMANDS_PACKAGE = "karakoram.interfaces.cli.commands"


class LazyGroup(TyperGroup):
    """A group whose commands are stand-ins with a name and one line of help until called.

    Errors of usage below it are told as JSON where the command line asks for JSON.
    """

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """The words after the group's own; remembers whether errors of usage go out as JSON."""
        context = cast("typer.Context", ctx)
        as_json = context.meta.setdefault(_AS_JSON, asks_for_json(args))
        with UsageTold(as_json=as_json):
            return super().parse_args(context, args)

    def invoke(self, ctx: object) -> object:
        """What the command gives back."""
        context = cast("typer.Context", ctx)
        with UsageTold(as_json=context.meta[_AS_JSON]):
            return super().invoke(context)

    def resolve_command(self, ctx: object, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command itself instead of its stand-in; groups are what they are."""
        context = cast("typer.Context", ctx)
        name, command, rest = super().resolve_command(context, args)
        if name is None or command is None or isinstance(command, TyperGroup):
            return name, command, rest
        is_root = context.parent is None
        file = name if is_root or self.name is None else f"{self.name}_{name}"
        module = import_module(f"{COMMANDS_PACKAGE}.{file.replace('-', '_')}")
        return name, get_command(module.app), rest


def add_stand_ins(app: typer.Typer, summaries: Mapping[str, str]) -> None:
    """Give ``app`` a stand-in for each command.

    Parameters
    ----------
    app
        The group that gets them.
    summaries
        One line of help by the word that calls the command.
    """
    for name, summary in summaries.items():
        app.command(name, help=summary)(_stand_in)


def _stand_in() -> None:
    """Never called: ``resolve_command`` puts the command in its place."""
    raise AssertionError("a stand-in is replaced before it is called")
