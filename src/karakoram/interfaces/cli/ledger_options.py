"""Which options do the commands of the ledger share?"""

from datetime import date
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options, sales_options
from karakoram.usecases.settle.keep_ledger import LedgerDeed

Book = Annotated[
    str, typer.Argument(metavar="BOOK", help="Whose book: an operator, or the alliance.")
]
Until = Annotated[
    date | None,
    typer.Option(
        "--until",
        metavar="DATE",
        parser=options.day_given,
        help="First day that is left out; else everything counts.",
    ),
]


def ledger_deed(store: str, *, who: str, why: str) -> LedgerDeed:
    """Who acts now, in which store."""
    return LedgerDeed(
        deed=sales_options.deed_of(who, why),
        store=bootstrap.settlement_store(sales_options.store_word(store)),
        ids=bootstrap.identifiers(),
    )
