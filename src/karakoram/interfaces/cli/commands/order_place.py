"""``karakoram order place``: how does an offer become an order?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import PartyId, QuoteId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.jobs import JobKind
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.desk.desk_rows import OrderRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaceOptions:
    """What ``karakoram order place`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="A firm quote that holds.")] = ""
    buyer: sales_options.Buyer = ""
    offer: Annotated[
        str, typer.Option("--offer", metavar="LABEL", help="Which offer; else the first.")
    ] = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _asked(chosen: OrderPlaceOptions) -> OrderRow:
    return OrderRow(
        external_id=sales_options.external_id_of(chosen.external_id),
        buyer=PartyId(chosen.buyer),
        quote=QuoteId(chosen.quote),
        offer=chosen.offer,
    )


_COMMAND: DeskCommand[OrderPlaceOptions, ProductOrder] = DeskCommand(
    kind=JobKind.ORDER_PLACE,
    example={
        "external_id": "PO-7",
        "buyer": "CT",
        "quote": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
        "offer": "most diverse",
    },
    needed={"QUOTE": "quote", "--buyer": "buyer"},
    given=("quote", "buyer", "offer", "external_id"),
    record=_asked,
    show=lambda _, order: show_order(screen(), order),
)


app = command_app(
    OrderPlaceOptions,
    _COMMAND.run,
    help_text="Order an offer of a firm quote: each operator on the way gets its leg.",
    examples=(
        "karakoram order place QUOTE --buyer CT --offer 'most diverse' --external-id PO-7",
        "karakoram order place --from orders.xlsx --to told.xlsx",
    ),
)
