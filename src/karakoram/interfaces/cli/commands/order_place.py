"""``karakoram order place``: how does an offer become an order?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.core.identifiers import PartyId, QuoteId
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
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.desk_rows import OrderRow
from karakoram.usecases.place_order import place_order

_EXAMPLE = {
    "external_id": "PO-7",
    "buyer": "CT",
    "quote": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
    "offer": "most diverse",
}


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
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OrderPlaceOptions) -> ExitCode:
    """Order, print."""
    if chosen.template is not None:
        return write_template(chosen.template, OrderRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(chosen.rows_from, {"QUOTE": chosen.quote, "--buyer": chosen.buyer})
    if chosen.rows_from is not None:
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given={
                    "quote": chosen.quote,
                    "buyer": chosen.buyer,
                    "offer": chosen.offer,
                    "external_id": chosen.external_id,
                },
            ),
        )
    check_table(chosen.table_to)
    order = place_order(
        QuoteId(chosen.quote),
        chosen.offer,
        buyer_id=PartyId(chosen.buyer),
        external_id=sales_options.external_id_of(chosen.external_id),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        selling=sales_options.selling_of(
            chosen.store, network=chosen.network, catalogue=chosen.catalogue
        ),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_order(order),
        show=lambda: show_order(screen(), order),
    )
    write_table(chosen.table_to, lambda: ORDERS.table((order,)))
    return ExitCode.DONE


def _many(chosen: OrderPlaceOptions) -> ManyRows[OrderRow, ProductOrder]:
    selling = sales_options.selling_of(
        chosen.store, network=chosen.network, catalogue=chosen.catalogue
    )
    return ManyRows(
        row_type=OrderRow,
        act=lambda row, deed: place_order(
            row.record.quote,
            row.record.offer,
            buyer_id=row.record.buyer,
            external_id=row.record.external_id,
            deed=deed,
            selling=selling,
        ),
        form=ORDERS,
        payload=json_from_order,
    )


app = command_app(
    OrderPlaceOptions,
    run,
    help_text="Order an offer of a firm quote: each operator on the way gets its leg.",
    examples=(
        "karakoram order place QUOTE --buyer CT --offer 'most diverse' --external-id PO-7",
        "karakoram order place --from orders.xlsx --to told.xlsx",
    ),
)
