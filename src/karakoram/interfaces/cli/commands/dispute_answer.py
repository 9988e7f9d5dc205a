"""``karakoram dispute answer``: is a dispute accepted, rejected or withdrawn?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_dispute
from karakoram.adapters.formats.table_settlement import DISPUTES
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_command import SettlementCommand
from karakoram.interfaces.cli.settlement_screen import show_disputes
from karakoram.sales.change_log import Deed
from karakoram.settlement.disputes import Dispute, DisputeEvent
from karakoram.usecases.settle.dispute_lines import DisputeAnswer, answer_dispute
from karakoram.usecases.settle.settlement_rows import AnswerRow
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.words import choice_from_word, optional_reading, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswerOptions:
    """What ``karakoram dispute answer`` takes."""

    dispute: Annotated[str, typer.Argument(metavar="DISPUTE", help="Number of the dispute.")] = ""
    event: Annotated[str, typer.Argument(metavar="ANSWER", help="accept, reject or withdraw.")] = ""
    granted: Annotated[
        str,
        typer.Option("--granted", metavar="AMOUNT", help="With accept: how much; else all of it."),
    ] = ""
    answer: Annotated[str, typer.Option("--answer", metavar="TEXT", help="In words.")] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _one(chosen: DisputeAnswerOptions, deed: Deed, settling: Settling) -> Dispute:
    """Understand the words, do it."""
    event = reading("ANSWER", chosen.event, lambda word: choice_from_word(word, DisputeEvent))
    granted = optional_reading("granted", chosen.granted, settlement_options.money_from_word)
    refuse_unread((event, granted))
    return answer_dispute(
        DisputeAnswer(
            dispute=chosen.dispute,
            event=event.value,
            granted=granted.read,
            answer=chosen.answer,
        ),
        deed=deed,
        settling=settling,
    )


_COMMAND: SettlementCommand[DisputeAnswerOptions, AnswerRow, Dispute] = SettlementCommand(
    row_type=AnswerRow,
    example={
        "dispute": "D2026-0001",
        "event": "accept",
        "granted": "60.25",
        "currency": "USD",
        "answer": "half of the time was ours",
    },
    needed={"DISPUTE": "dispute", "ANSWER": "event"},
    one=_one,
    each=lambda row, deed, settling: answer_dispute(row.record(), deed=deed, settling=settling),
    form=DISPUTES,
    payload=json_from_dispute,
    show=lambda answers: show_disputes(screen(), answers),
    column_by_code={
        "wrong-currency": "currency",
        "claim-not-positive": "granted",
        "claim-too-large": "granted",
        "grants-nothing": "granted",
    },
)


app = command_app(
    DisputeAnswerOptions,
    _COMMAND.run,
    help_text="End a dispute. What is granted is credited to the buyer, or moved from one owner's "
    "statement to the other's.",
    examples=('karakoram dispute answer D2026-0001 accept --granted "USD 60.25"',),
)
