"""What does ``karakoram`` offer on the command line?"""

import os
import signal
import sys
from importlib import import_module
from io import StringIO
from typing import Annotated

import typer

from karakoram.interfaces.cli.command_groups import COMMAND_GROUPS, COMMANDS
from karakoram.interfaces.cli.lazy_group import LazyGroup, add_stand_ins
from karakoram.interfaces.cli.streams import OutputTold, tell_line

_COMPLETION = "_KARAKORAM_COMPLETE"
"""Set by the script of ``--show-completion`` to ask for completions."""
_EXAMPLES = """\b
Examples:
  karakoram design Urumqi Marseille --bit-rate 400G --protection 1+1
  karakoram routes URC KHI --k 3 --disjoint srlg
  karakoram network show

Exit codes: 0 done, 1 infeasible, 2 bad input."""

app = typer.Typer(
    cls=LazyGroup,
    help="Design services over a long-haul fibre corridor of several operators: their routes, "
    "light, availability and price; sell them, and settle what they earn. Operating is meant for "
    "later.",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
add_stand_ins(app, COMMANDS)
for _each in COMMAND_GROUPS:
    _group = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
    add_stand_ins(_group, _each.commands)
    app.add_typer(_group, name=_each.name, help=_each.about)


def _tell_version(wanted: bool) -> bool:  # noqa: FBT001
    if wanted:
        metadata = import_module("importlib.metadata")  # slow to import, and seldom wanted
        print(f"karakoram {metadata.version('karakoram')}")
        raise typer.Exit
    return wanted


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options that stand before any command."""


def main() -> None:
    """Run the command line; a reader that stops reading (``| head``) ends it quietly."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.stderr is None:  # else what Typer tells there would go to the standard output
        sys.stderr = StringIO()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    with OutputTold():
        _check_completion()
        app(prog_name="karakoram")


def _check_completion() -> None:
    """Refuse to complete for a bash that does not say which words are typed so far."""
    if os.environ.get(_COMPLETION) != "complete_bash":
        return
    if "COMP_WORDS" not in os.environ or not os.environ.get("COMP_CWORD", "").isdecimal():
        tell_line(
            f"Error: {_COMPLETION} is for the shell, which also sets COMP_WORDS and COMP_CWORD, a "
            "number; unset it"
        )
        raise SystemExit(2)
