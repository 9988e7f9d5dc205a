"""``karakoram ledger post``: how do the transfers of a file enter the ledger?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.core.errors import BatchRefusedError
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.settle.keep_ledger import post_transfers
from karakoram.usecases.settle.transfer_rows import refused_rows, transfers_from_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPostOptions:
    """What ``karakoram ledger post`` takes."""

    source: Annotated[
        Path,
        typer.Argument(
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="A .csv or .xlsx file with a transfer in each row.",
        ),
    ]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: LedgerPostOptions) -> ExitCode:
    """Read every row, post all of them, say how many are new."""
    table = bootstrap.table_source(chosen.source).read_rows()
    transfers = transfers_from_rows(table)
    deed = ledger_options.ledger_deed(chosen.store, who=chosen.who, why=chosen.why)
    try:
        count = post_transfers(transfers, by=deed)
    except BatchRefusedError as error:
        raise refused_rows(error, table) from error
    if chosen.as_json:
        print_json({"transfers": len(transfers), "new": count})
    else:
        before = len(transfers) - count
        again = f"; {before:,} were there before" if before else ""
        print(f"{count:,} transfers are posted{again}.")
    return ExitCode.DONE


app = command_app(
    LedgerPostOptions,
    run,
    help_text="Post the transfers of a file: all of them or none; one that is in the ledger "
    "already counts once.",
    examples=(
        "karakoram ledger post transfers.csv",
        "karakoram ledger post november.xlsx --why 'bank statement'",
    ),
)
