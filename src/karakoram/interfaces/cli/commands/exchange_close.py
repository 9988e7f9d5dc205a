"""``karakoram exchange close``: revalue a book on the last day of a period, and close it."""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_exchange
from karakoram.core.identifiers import OperatorId
from karakoram.core.time import day_from_word
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_exchange
from karakoram.usecases.close_book import close_valued_book
from karakoram.usecases.words import reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeCloseOptions:
    """What ``karakoram exchange close`` takes."""

    operator: Annotated[str, typer.Argument(metavar="OPERATOR", help="Whose book.")]
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="First day that stays open.")]
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ExchangeCloseOptions) -> ExitCode:
    """Revalue, close, print."""
    until = reading("until", chosen.until, day_from_word)
    refuse_unread((until,))
    closed = close_valued_book(
        OperatorId(chosen.operator),
        until.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "operator": closed.operator_id,
            "closedUntil": closed.closed_until.isoformat(),
            "currencies": [json_from_exchange(each) for each in closed.revaluations],
        },
        show=lambda: show_exchange(screen(), closed.operator_id, closed.revaluations),
    )
    return ExitCode.DONE


app = command_app(
    ExchangeCloseOptions,
    run,
    help_text="Revalue what a book holds in other currencies on the last day of a period, book "
    "the gain or loss, and close the book to all before.",
    examples=("karakoram exchange close SCO --until 2026-10-01",),
)
