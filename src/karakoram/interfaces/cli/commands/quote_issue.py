"""``karakoram quote issue``: what does it cost, in up to three ways, and until when?"""

from dataclasses import dataclass, field
from typing import Annotated

import typer

from karakoram.core.identifiers import PartyId, ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_screen import show_quote
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.jobs import JobKind
from karakoram.sales.quotes import Quote, QuoteLevel
from karakoram.usecases.desk.desk_rows import QuoteRow
from karakoram.usecases.sell.issue_quote import VALID_DAYS, checked_days
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


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
    later: sales_options.Later = False
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


def _asked(chosen: QuoteIssueOptions) -> QuoteRow:
    """What the words ask for, understood."""
    level = reading("level", chosen.level, lambda word: choice_from_word(word, QuoteLevel))
    days = reading("days", str(chosen.days), lambda word: checked_days(int(word)))
    refuse_unread((level, days))
    return QuoteRow(
        external_id=sales_options.external_id_of(chosen.external_id),
        buyer=PartyId(chosen.buyer),
        offering=ProductOfferingId(chosen.offering),
        level=level.value,
        days=days.value,
        product=ProductId(chosen.product) if chosen.product else None,
    )


_COMMAND: DeskCommand[QuoteIssueOptions, Quote] = DeskCommand(
    kind=JobKind.QUOTE_ISSUE,
    example={
        "external_id": "ASK-1",
        "buyer": "CT",
        "offering": "WAVE-400G-1P1",
        "level": "firm",
        "days": VALID_DAYS,
        "a_site": "KJB",
        "z_site": "CLS-CYB",
        "term_months": 36,
    },
    needed={"OFFERING": "offering", "--buyer": "buyer"},
    given=("offering", "buyer", "external_id", "level", "days", "product"),
    record=_asked,
    show=lambda chosen, quote: show_quote(screen(), quote, shares=chosen.shares),
)


app = command_app(
    QuoteIssueOptions,
    _COMMAND.run,
    help_text="Quote a product in up to three ways. A firm quote holds what it needs until it "
    "expires. Exit code 1 where there is no way.",
    examples=(
        "karakoram quote issue WAVE-400G-1P1 --buyer CT --set a_site=KJB --set z_site=CLS-CYB",
        "karakoram quote issue DXX-N64 --buyer CT --set a_site=GIL --set z_site=RWP",
        "karakoram quote issue --template wishes.xlsx",
        "karakoram quote issue --from wishes.xlsx --buyer CT --to quotes.xlsx",
    ),
)
