"""How does a frozen record of options become a command, and how is its answer told?

The fields of the record are the arguments and options, declared with ``typer.Argument`` and
``typer.Option``; the command is a function of that one record.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields
from inspect import Parameter, Signature
from typing import Any, TypeVar, get_type_hints

import typer
from typer.core import TyperArgument

from karakoram.interfaces.cli.failures import ExitCode, FailuresTold
from karakoram.interfaces.cli.given_words import GivenWord, refuse_meaningless

OptionsT = TypeVar("OptionsT")

_CONTEXT = "context"
_TYPED = "COMMANDLINE"
"""How Typer calls what stands on the command line, and no default."""


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


def tell_answer(
    as_json: bool,  # noqa: FBT001  (it is the one choice that the function makes)
    *,
    payload: Callable[[], object],
    show: Callable[[], object],
) -> None:
    """Tell what a command found, to a program or to a person.

    Parameters
    ----------
    as_json
        Whether a program reads it.
    payload
        What stands in the JSON; called for a program alone.
    show
        Prints it for a person; called for a person alone.
    """
    if as_json:
        print_json(payload())
    else:
        show()


def print_json(payload: object) -> None:
    """Print an answer as JSON, names in the letters that they have."""
    print(json.dumps(payload, indent=2, ensure_ascii=False))


def _callback(
    options_type: type[OptionsT], run: Callable[[OptionsT], ExitCode]
) -> Callable[..., None]:
    hints = get_type_hints(options_type, include_extras=True)
    record: Any = options_type
    declared: tuple[Field[Any], ...] = fields(record)

    def command(context: typer.Context, **values: object) -> None:
        options = options_type(**values)
        with FailuresTold(as_json=bool(values.get("as_json"))):
            refuse_meaningless(_words(context))
            code = run(options)
        raise typer.Exit(code)

    parameters = [
        Parameter(_CONTEXT, Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *(
            Parameter(
                field.name,
                Parameter.KEYWORD_ONLY,
                default=_default(field),
                annotation=hints[field.name],
            )
            for field in declared
        ),
    ]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {
        _CONTEXT: typer.Context,
        **{field.name: hints[field.name] for field in declared},
    }
    return command


def _words(context: typer.Context) -> Iterator[GivenWord]:
    """Every argument and option of the command, as its usage names it."""
    for each in context.command.params:
        name = str(each.name)
        source = context.get_parameter_source(name)
        yield GivenWord(
            name=str(each.metavar) if isinstance(each, TyperArgument) else max(each.opts, key=len),
            value=context.params.get(name),
            is_typed=source is not None and source.name == _TYPED,
        )


def _default(field: "Field[Any]") -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return Parameter.empty if field.default is MISSING else field.default
