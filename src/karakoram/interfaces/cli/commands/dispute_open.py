"""``karakoram dispute open``: which lines of an invoice or statement are wrong?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_dispute
from karakoram.adapters.formats.table_settlement import DISPUTES
from karakoram.core.identifiers import OperatorId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_command import SettlementCommand
from karakoram.interfaces.cli.settlement_screen import show_disputes
from karakoram.sales.change_log import Deed
from karakoram.settlement.disputes import Dispute, DisputedKind
from karakoram.usecases.settle.dispute_lines import Objection, open_dispute
from karakoram.usecases.settle.settlement_rows import DisputeRow
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOpenOptions:
    """What ``karakoram dispute open`` takes."""

    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="Number of the invoice or statement.")
    ] = ""
    line: Annotated[
        str,
        typer.Option(
            "--line", metavar="LINE", help="Number of the line as the show has it, or its key."
        ),
    ] = ""
    amount: Annotated[
        str, typer.Option("--amount", metavar="AMOUNT", help='What is claimed, e.g. "USD 120.50".')
    ] = ""
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar="OPERATOR",
            help="The owner that would pay; of an invoice, who bears the credit.",
        ),
    ] = ""
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="What is wrong.")] = ""
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="statement or invoice.")] = (
        DisputedKind.STATEMENT.value
    )
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _one(chosen: DisputeOpenOptions, deed: Deed, settling: Settling) -> Dispute:
    """Understand the words, do it."""
    kind = reading("kind", chosen.kind, lambda word: choice_from_word(word, DisputedKind))
    amount = reading("amount", chosen.amount, settlement_options.money_from_word)
    refuse_unread((kind, amount))
    return open_dispute(
        Objection(
            kind=kind.value,
            subject=chosen.subject,
            line_key=chosen.line,
            claimed=amount.value,
            against_id=OperatorId(chosen.against),
            reason=chosen.reason,
        ),
        deed=deed,
        settling=settling,
    )


_COMMAND: SettlementCommand[DisputeOpenOptions, DisputeRow, Dispute] = SettlementCommand(
    row_type=DisputeRow,
    example={
        "subject": "SCO-S2026-0001",
        "line": "share:KEY",
        "amount": "120.50",
        "currency": "USD",
        "against": "ONE",
        "reason": "waited at the hand-over",
        "kind": "statement",
    },
    needed={
        "SUBJECT": "subject",
        "--line": "line",
        "--amount": "amount",
        "--against": "against",
        "--reason": "reason",
    },
    one=_one,
    each=lambda row, deed, settling: open_dispute(row.record(), deed=deed, settling=settling),
    form=DISPUTES,
    payload=json_from_dispute,
    show=lambda answers: show_disputes(screen(), answers),
    column_by_code={
        "wrong-currency": "currency",
        "claim-not-positive": "amount",
        "claim-too-large": "amount",
        "disputed-already": "line",
        "too-late": "subject",
        "no-such-owner": "against",
    },
)


app = command_app(
    DisputeOpenOptions,
    _COMMAND.run,
    help_text="Dispute a line. The invoice is held, or the statements of both owners wait until "
    "the answer.",
    examples=(
        'karakoram dispute open SCO-S2026-0001 --line 3 --amount "USD 9.50" --against ONE ...',
    ),
)
