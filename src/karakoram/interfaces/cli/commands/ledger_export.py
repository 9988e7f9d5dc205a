"""``karakoram ledger export``: how does a book go to another program?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.settle.keep_ledger import BookContent, book_content
from karakoram.usecases.settle.known_names import refuse_unknown_book
from karakoram.usecases.settle.ledger_ports import LedgerReader


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerExportOptions:
    """What ``karakoram ledger export`` takes."""

    book: ledger_options.Book
    target: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word,
            metavar="FILE",
            help="File of Beancount that is written, e.g. sco.beancount.",
        ),
    ]
    until: ledger_options.Until = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: LedgerExportOptions) -> ExitCode:
    """Read the book, write it, say what it holds."""
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

    def read(tx: LedgerReader) -> BookContent:
        refuse_unknown_book(tx, chosen.book)
        return book_content(tx, chosen.book, until=chosen.until)

    content = store.read(read)
    bootstrap.book_target(chosen.target).write_book(content)
    accounts, transfers = len(content.balances), len(content.transfers)
    if chosen.as_json:
        print_json({"file": str(chosen.target), "accounts": accounts, "transfers": transfers})
    else:
        print(f"{chosen.target} holds {accounts:,} accounts and {transfers:,} transfers. Next:")
        print(f"  bean-check {chosen.target}")
    return ExitCode.DONE


app = command_app(
    LedgerExportOptions,
    run,
    help_text="Write a book as text of Beancount, with balances that its checker must find.",
    examples=("karakoram ledger export SCO sco.beancount",),
)
