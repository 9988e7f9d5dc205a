"""``karakoram quote issue``: what does it cost, in up to three ways, and until when?"""

from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

import typer

from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.adapters.formats.table_sales import quote_form
from karakoram.core.identifiers import PartyId, ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import (
    FileWords,
    ManyRows,
    check_table,
    run_rows,
    write_table,
    write_template,
)
from karakoram.interfaces.cli.sales_screen import show_quote
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.sales.quotes import Quote, QuoteLevel
from karakoram.usecases.desk_rows import QuoteRow, findings_of_wish, quote_wish_of_row
from karakoram.usecases.issue_quote import VALID_DAYS, QuoteWish, issue_quote
from karakoram.usecases.table_ports import TableCell
from karakoram.usecases.words import choice_from_word, reading, refuse_unread

_EXAMPLE: dict[str, TableCell] = {
    "external_id": "ASK-1",
    "buyer": "CT",
    "offering": "WAVE-400G-1P1",
    "level": "firm",
    "days": VALID_DAYS,
    "a_site": "KJB",
    "z_site": "CLS-CYB",
    "term_months": 36,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteIssueOptions:
    """What ``karakoram quote issue`` takes."""

    offering: sales_options.Offering = ""
    buyer: sales_options.Buyer = ""
    values: sales_options.Values = field(default_factory=list)
    level: Annotated[
        str,
        typer.Option("--level", metavar="LEVEL", help="firm (holds what it needs) or budgetary."),
    ] = "firm"
    days: Annotated[
        int, typer.Option("--days", metavar="N", help="Days for which it holds, up to 180.")
    ] = VALID_DAYS
    product: Annotated[
        str, typer.Option("--product", metavar="PRODUCT", help="Product to be changed, if any.")
    ] = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    shares: Annotated[
        bool, typer.Option("--shares", help="Show what each operator earns; not for buyers.")
    ] = False
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: QuoteIssueOptions) -> ExitCode:
    """Plan, price, hold, print."""
    if chosen.template is not None:
        return write_template(chosen.template, QuoteRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(
        chosen.rows_from, {"OFFERING": chosen.offering, "--buyer": chosen.buyer}
    )
    check_table(chosen.table_to)
    if chosen.rows_from is not None:
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given=_given(chosen),
            ),
        )
    quote = _issue_one(chosen)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_quote(quote, shares=chosen.shares),
        show=lambda: show_quote(screen(), quote, shares=chosen.shares),
    )
    write_table(chosen.table_to, lambda: quote_form(shares=chosen.shares).table((quote,)))
    return ExitCode.DONE if quote.offers else ExitCode.INFEASIBLE


def _issue_one(chosen: QuoteIssueOptions) -> Quote:
    """Understand the words, plan, price, hold."""
    level = reading("level", chosen.level, lambda word: choice_from_word(word, QuoteLevel))
    days = reading("days", str(chosen.days), int)
    refuse_unread((level, days))
    asked = reading(
        "days",
        str(chosen.days),
        lambda word: QuoteWish(
            wish=sales_options.wish_of(chosen.offering, chosen.values),
            level=level.value,
            valid_days=int(word),
            product_id=ProductId(chosen.product) if chosen.product else None,
        ),
    )
    refuse_unread((asked,))
    with status_line(quiet=chosen.as_json) as progress:
        progress("Preparing the network")
        selling = sales_options.selling_of(
            chosen.store, network=chosen.network, catalogue=chosen.catalogue
        )
        progress("Planning")
        return issue_quote(
            asked.value,
            buyer_id=PartyId(chosen.buyer),
            external_id=sales_options.external_id_of(chosen.external_id),
            deed=sales_options.deed_of(chosen.who, chosen.why),
            selling=selling,
        )


def _given(chosen: QuoteIssueOptions) -> dict[str, str]:
    return {
        "offering": chosen.offering,
        "buyer": chosen.buyer,
        "external_id": chosen.external_id,
        "level": chosen.level,
        "days": str(chosen.days),
        "product": chosen.product,
        **sales_options.configuration_of(chosen.values).by_name,
    }


def _many(chosen: QuoteIssueOptions) -> ManyRows[QuoteRow, Quote]:
    selling = sales_options.selling_of(
        chosen.store, network=chosen.network, catalogue=chosen.catalogue
    )
    return ManyRows(
        row_type=QuoteRow,
        act=lambda row, deed: issue_quote(
            quote_wish_of_row(row),
            buyer_id=row.record.buyer,
            external_id=row.record.external_id,
            deed=deed,
            selling=selling,
        ),
        form=quote_form(shares=chosen.shares),
        payload=lambda quote: json_from_quote(quote, shares=chosen.shares),
        check=partial(findings_of_wish, catalogue=selling.catalogue, network=selling.network),
        is_no=lambda quote: not quote.offers,
        reasons=lambda quote: quote.reasons,
    )


app = command_app(
    QuoteIssueOptions,
    run,
    help_text="Quote a product in up to three ways. A firm quote holds what it needs until it "
    "expires. Exit code 1 where there is no way.",
    examples=(
        "karakoram quote issue WAVE-400G-1P1 --buyer CT --set a_site=KJB --set z_site=CLS-CYB",
        "karakoram quote issue DXX-N64 --buyer CT --set a_site=GIL --set z_site=RWP",
        "karakoram quote issue --template wishes.xlsx",
        "karakoram quote issue --from wishes.xlsx --buyer CT --to quotes.xlsx",
    ),
)
