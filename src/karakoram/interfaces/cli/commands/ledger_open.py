"""``karakoram ledger open``: how does an account begin?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_ledger import json_from_account
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.settlement.ledger.accounts import AccountLimit, account_named
from karakoram.usecases.settle.keep_ledger import open_accounts
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOpenOptions:
    """What ``karakoram ledger open`` takes."""

    book: ledger_options.Book
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Path with colons, e.g. Assets:Bank:USD.")
    ]
    currency: Annotated[str, typer.Argument(metavar="CUR", help="ISO 4217.")]
    limit: Annotated[
        str,
        typer.Option(
            "--limit",
            metavar="LIMIT",
            help="none, debits_not_above_credits or credits_not_above_debits.",
        ),
    ] = "none"
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: LedgerOpenOptions) -> ExitCode:
    """Understand the words, open, print."""
    limit = reading("limit", chosen.limit, lambda word: choice_from_word(word, AccountLimit))
    refuse_unread((limit,))
    account = reading(
        "NAME",
        chosen.name,
        lambda word: account_named(chosen.book, word, chosen.currency, limit=limit.value),
    )
    refuse_unread((account,))
    deed = ledger_options.ledger_deed(chosen.store, who=chosen.who, why=chosen.why)
    open_accounts([account.value], by=deed)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_account(account.value),
        show=lambda: print(f"{account.value.account_id} is open, in {account.value.currency}."),
    )
    return ExitCode.DONE


app = command_app(
    LedgerOpenOptions,
    run,
    help_text="Open an account in a book; one that is open as it is asked for stays as it is.",
    examples=(
        "karakoram ledger open SCO Assets:Receivable:CT:USD USD",
        "karakoram ledger open SCO Assets:Cash:PKR PKR --limit credits_not_above_debits",
    ),
)
