"""How does a frozen record of options become a command?

The fields of the record are the arguments and options, declared with ``typer.Argument`` and
``typer.Option``; the command is a function of that one record.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields
from inspect import Parameter, Signature
from typing import Any, TypeVar, get_type_hints

import typer

from karakoram.interfaces.cli.failures import ExitCode, FailuresTold

OptionsT = TypeVar("OptionsT")


def command_app(
    options_type: type[OptionsT],
    run: Callable[[OptionsT], ExitCode],
    *,
    help_text: str,
    examples: Iterable[str] = (),
) -> typer.Typer:
    """An application of one command.

    Parameters
    ----------
    options_type
        A dataclass; a field ``as_json`` also decides how errors are told.
    run
        Does the work and says how it ended.
    help_text
        What the command answers, in a sentence or two.
    examples
        Command lines for the end of the help page.
    """
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    shown = "\n".join(("\b", "Examples:", *(f"  {example}" for example in examples)))
    app.command(help=help_text, epilog=shown)(_callback(options_type, run))
    return app


def _callback(
    options_type: type[OptionsT], run: Callable[[OptionsT], ExitCode]
) -> Callable[..., None]:
    hints = get_type_hints(options_type, include_extras=True)
    record: Any = options_type
    declared: tuple[Field[Any], ...] = fields(record)

    def command(**values: object) -> None:
        options = options_type(**values)
        with FailuresTold(as_json=bool(values.get("as_json"))):
            code = run(options)
        raise typer.Exit(code)

    parameters = [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=_default(field),
            annotation=hints[field.name],
        )
        for field in declared
    ]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {field.name: hints[field.name] for field in declared}
    return command


def _default(field: "Field[Any]") -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return Parameter.empty if field.default is MISSING else field.default
