"""``karakoram service cease``: how does a product end?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_order
from karakoram.adapters.formats.table_sales import ORDERS
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
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.desk_rows import CeaseRow
from karakoram.usecases.end_product import cease_product

_EXAMPLE = {
    "external_id": "END-7",
    "buyer": "CT",
    "product": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
    "why": "end of term",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCeaseOptions:
    """What ``karakoram service cease`` takes."""

    product: Annotated[
        str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")
    ] = ""
    buyer: sales_options.Buyer = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ServiceCeaseOptions) -> ExitCode:
    """Order the cease, print."""
    if chosen.template is not None:
        return write_template(chosen.template, CeaseRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(chosen.rows_from, {"PRODUCT": chosen.product, "--buyer": chosen.buyer})
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
                    "product": chosen.product,
                    "buyer": chosen.buyer,
                    "external_id": chosen.external_id,
                },
            ),
        )
    check_table(chosen.table_to)
    order = cease_product(
        ProductId(chosen.product),
        buyer_id=PartyId(chosen.buyer),
        external_id=sales_options.external_id_of(chosen.external_id),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_order(order),
        show=lambda: show_order(screen(), order),
    )
    write_table(chosen.table_to, lambda: ORDERS.table((order,)))
    return ExitCode.DONE


def _many(chosen: ServiceCeaseOptions) -> ManyRows[CeaseRow, ProductOrder]:
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    ids = bootstrap.identifiers()
    return ManyRows(
        row_type=CeaseRow,
        act=lambda row, deed: cease_product(
            row.record.product,
            buyer_id=row.record.buyer,
            external_id=row.record.external_id,
            deed=deed,
            store=store,
            ids=ids,
        ),
        form=ORDERS,
        payload=json_from_order,
    )


app = command_app(
    ServiceCeaseOptions,
    run,
    help_text="Order the end of a product: each operator takes its part down.",
    examples=(
        "karakoram service cease PRODUCT --buyer CT --external-id END-7",
        "karakoram service cease --buyer CT --from ceased.csv",
    ),
)
