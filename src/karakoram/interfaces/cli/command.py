"""How does a frozen record of options become a command, and how is its answer told?

The fields of the record are the arguments and options, declared with ``typer.Argument`` and
``typer.Option``; the command is a function of that one record.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from inspect import Parameter, Signature
from typing import Any, TypeVar, get_type_hints

import typer

from karakoram.core.cells import WORD_CHARACTERS_MAX, shown
from karakoram.core.errors import InvalidDataError
from karakoram.interfaces.cli.failures import ExitCode, FailuresTold
from karakoram.usecases.words import question_finding

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

    def command(**values: object) -> None:
        options = options_type(**values)
        with FailuresTold(as_json=bool(values.get("as_json"))):
            _refuse_long_words(values)
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


def _refuse_long_words(values: Mapping[str, object]) -> None:
    """Refuse words too long to mean anything, before anybody compares them with names.

    Raises
    ------
    InvalidDataError
        With a finding for each.
    """
    words = [
        (name, word)
        for name, value in values.items()
        for word in (
            value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        )
        if isinstance(word, str) and len(word) > WORD_CHARACTERS_MAX
    ]
    if words:
        raise InvalidDataError(
            tuple(question_finding(name, _too_long(word)) for name, word in words)
        )


def _too_long(word: str) -> str:
    return (
        f"{shown(word)} has {len(word):,} characters; no word here needs more than "
        f"{WORD_CHARACTERS_MAX}"
    )


def _default(field: "Field[Any]") -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return Parameter.empty if field.default is MISSING else field.default
