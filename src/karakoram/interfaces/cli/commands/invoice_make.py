"""``karakoram invoice make``: what is billed for a period, and what has changed since?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_invoice, json_from_unbilled
from karakoram.adapters.formats.table_settlement import INVOICES
from karakoram.core.errors import InvalidDataError
from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.interfaces.cli.settlement_screen import show_invoices, show_unbilled
from karakoram.sales.parties import Party
from karakoram.settlement.rating.periods import BillingPeriod, period_from_word
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.known_names import refuse_unknown, refuse_unknown_names
from karakoram.usecases.settle.ledger_ports import SettlementReader
from karakoram.usecases.settle.rating_rows import UsageGiven, usage_from_rows
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.settle.unbilled_days import unbilled_days
from karakoram.usecases.words import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceMakeOptions:
    """What ``karakoram invoice make`` takes."""

    period: settlement_options.Period
    seller: Annotated[
        str, typer.Option("--seller", metavar="OPERATOR", help="Only what this operator sold.")
    ] = ""
    payer: Annotated[
        str, typer.Option("--payer", metavar="PARTY", help="Only what this party pays.")
    ] = ""
    usage: Annotated[
        Path | None,
        typer.Option(
            "--usage",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="All that was used in the months of the period, a .csv or .xlsx file.",
        ),
    ] = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    catalogue: options.CatalogueFolder = None
    shares: settlement_options.Shares = False
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: InvoiceMakeOptions) -> ExitCode:
    """Rate, invoice, book, print."""
    check_table(chosen.table_to)
    settling = settlement_options.settling_of(
        chosen.store, terms=chosen.terms, catalogue=chosen.catalogue
    )
    period = settling.store.read(lambda tx: _period(tx, chosen, settling))
    used = None if chosen.usage is None else _used(chosen.usage)
    asked = BillRun(
        period=period,
        usage=None if used is None else used.records,
        seller_id=OperatorId(chosen.seller) if chosen.seller else None,
        payer_id=PartyId(chosen.payer) if chosen.payer else None,
    )
    deed = sales_options.deed_of(chosen.who, chosen.why)
    try:
        invoices = bill_period(asked, deed=deed, settling=settling)
    except InvalidDataError as wrong:
        raise wrong if used is None else InvalidDataError(used.placed(wrong.findings)) from wrong

    gaps = unbilled_days(asked, settling=settling)

    def show() -> None:
        if not invoices:
            show_lines(
                screen(),
                "Nothing is new: no charge falls into the period, or all are billed",
                indent=0,
            )
        else:
            show_invoices(screen(), invoices)
        show_unbilled(screen(), gaps)

    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "invoices": [json_from_invoice(each, shares=chosen.shares) for each in invoices],
            "unbilled": [json_from_unbilled(each) for each in gaps],
        },
        show=show,
    )
    if invoices:  # a table of what was made before stays
        write_table(chosen.table_to, lambda: INVOICES.table(invoices))
    return ExitCode.DONE


def _period(tx: SettlementReader, chosen: InvoiceMakeOptions, settling: Settling) -> BillingPeriod:
    """The period, once everybody who is named is known.

    Raises
    ------
    InvalidDataError
        With a finding for each word that means nothing.
    """
    period = reading("period", chosen.period, period_from_word)
    checks: dict[str, Callable[[], object]] = {
        "payer": lambda: refuse_unknown(tx, Party, chosen.payer)
    }
    if chosen.seller:  # who keeps no book sells nothing
        checks["seller"] = lambda: settling.terms.book_of(OperatorId(chosen.seller))
    refuse_unknown_names(checks, besides=(period,))
    return period.value


def _used(path: Path) -> UsageGiven:
    """The usage of a file.

    Raises
    ------
    InvalidDataError
        If a row is no usage; carries every finding.
    """
    given = usage_from_rows(bootstrap.table_source(path).read_rows())
    if given.findings:
        raise InvalidDataError(given.findings)
    return given


app = command_app(
    InvoiceMakeOptions,
    run,
    help_text="Bill a period that is over. Asked again it bills what changed since, and nothing "
    "twice.",
    examples=(
        "karakoram invoice make --period 2026-Q3",
        "karakoram invoice make --period 2026-07 --payer CT --usage july.xlsx",
    ),
)
