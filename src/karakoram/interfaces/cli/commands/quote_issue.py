"""``karakoram quote issue``: what does it cost, in up to three ways, and until when?"""

from dataclasses import dataclass, field
from typing import Annotated

import typer

from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.core.identifiers import PartyId, ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_screen import show_quote
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.sales.quotes import QuoteLevel
from karakoram.usecases.issue_quote import VALID_DAYS, QuoteWish, issue_quote
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteIssueOptions:
    """What ``karakoram quote issue`` takes."""

    offering: sales_options.Offering
    buyer: sales_options.Buyer
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
        quote = issue_quote(
            asked.value,
            buyer_id=PartyId(chosen.buyer),
            external_id=sales_options.external_id_of(chosen.external_id),
            deed=sales_options.deed_of(chosen.who, chosen.why),
            selling=selling,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_quote(quote, shares=chosen.shares),
        show=lambda: show_quote(screen(), quote, shares=chosen.shares),
    )
    return ExitCode.DONE if quote.offers else ExitCode.INFEASIBLE


app = command_app(
    QuoteIssueOptions,
    run,
    help_text="Quote a product in up to three ways. A firm quote holds what it needs until it "
    "expires. Exit code 1 where there is no way.",
    examples=(
        "karakoram quote issue WAVE-400G-1P1 --buyer CT --set a_site=KJB --set z_site=CLS-CYB",
        "karakoram quote issue DXX-N64 --buyer CT --set a_site=GIL --set z_site=RWP",
    ),
)
