"""``karakoram ledger show``: which transfers moved an account, or are about one thing?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_ledger import json_from_transfer
from karakoram.adapters.formats.json_money import json_from_money
from karakoram.adapters.formats.table_ledger import TRANSFERS
from karakoram.core.identifiers import AccountId, TransferId
from karakoram.core.money import Money
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.ledger_screen import show_account, show_transfers
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.settle.keep_ledger import running_balances
from karakoram.usecases.settle.known_names import (
    refuse_unknown_account,
    refuse_unknown_book,
    refuse_unknown_names,
    refuse_unknown_subject,
    refuse_unknown_transfer,
)
from karakoram.usecases.settle.ledger_ports import LedgerReader, TransferQuestion

_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerShowOptions:
    """What ``karakoram ledger show`` takes."""

    account: Annotated[
        str, typer.Argument(metavar="ACCOUNT", help="Identifier of an account; else of all.")
    ] = ""
    book: Annotated[str, typer.Option("--book", metavar="BOOK", help="Of one book.")] = ""
    subject: Annotated[
        str, typer.Option("--subject", metavar="ID", help="About one thing, e.g. an invoice.")
    ] = ""
    booked_from: Annotated[
        date | None,
        typer.Option("--from", metavar="DATE", parser=options.day_given, help="First day."),
    ] = None
    until: ledger_options.Until = None
    after: Annotated[
        str,
        typer.Option("--after", metavar="TRANSFER", help="Only what was posted after this one."),
    ] = ""
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most.")] = (
        _SHOWN
    )
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: LedgerShowOptions) -> ExitCode:
    """Read, write, print."""
    check_table(chosen.table_to)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))
    found, running = store.read(lambda tx: _with_balances(tx, chosen))
    write_table(chosen.table_to, lambda: TRANSFERS.table(found))
    tell_answer(
        chosen.as_json,
        payload=lambda: _json(found, running),
        show=lambda: _show(chosen, found, running),
    )
    return ExitCode.DONE


def _with_balances(
    tx: LedgerReader, chosen: LedgerShowOptions
) -> tuple[tuple[Transfer, ...], tuple[int, ...]]:
    """The transfers; of an account alone also what stood in it before them and after each."""
    found = _found(tx, chosen)
    if not chosen.account or chosen.subject or chosen.after:
        return found, ()
    account_id = AccountId(chosen.account)
    return found, running_balances(tx, account_id, found, begun=chosen.booked_from)


def _json(found: tuple[Transfer, ...], running: tuple[int, ...]) -> dict[str, Any]:
    transfers = [json_from_transfer(each) for each in found]
    if not running or not found:
        return {"transfers": transfers}
    before, *after = (json_from_money(Money(minor, found[0].amount.currency)) for minor in running)
    told = zip(transfers, after, strict=True)
    return {"before": before, "transfers": [{**each, "balance": balance} for each, balance in told]}


def _show(chosen: LedgerShowOptions, found: tuple[Transfer, ...], running: tuple[int, ...]) -> None:
    if running and found:
        show_account(screen(), found, running, account_id=chosen.account)
    else:
        title = f"Transfers of {chosen.account or 'the ledger'}"
        show_transfers(screen(), found, title=title)


def _found(tx: LedgerReader, chosen: LedgerShowOptions) -> tuple[Transfer, ...]:
    refuse_unknown_names(
        {
            "ACCOUNT": lambda: refuse_unknown_account(tx, chosen.account),
            "book": lambda: refuse_unknown_book(tx, chosen.book),
            "subject": lambda: refuse_unknown_subject(tx, chosen.subject),
            "after": lambda: refuse_unknown_transfer(tx, chosen.after),
        }
    )
    question = TransferQuestion(
        account_id=AccountId(chosen.account) if chosen.account else None,
        book=chosen.book or None,
        subject_id=chosen.subject or None,
        booked_from=chosen.booked_from,
        booked_until=chosen.until,
        after=TransferId(chosen.after) if chosen.after else None,
        limit=chosen.limit,
    )
    return tx.transfers_of(question)


app = command_app(
    LedgerShowOptions,
    run,
    help_text="Show transfers in the order in which they were posted; of an account with what "
    "stands in it before and after each.",
    examples=(
        "karakoram ledger show SCO/Assets:Receivable:CT:USD",
        "karakoram ledger show --subject INVOICE --json",
        "karakoram ledger show --book SCO --from 2026-11-01 --until 2026-12-01",
    ),
)
