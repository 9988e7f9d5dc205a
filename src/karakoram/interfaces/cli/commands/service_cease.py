"""``karakoram service cease``: how does a product end?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import PartyId, ProductId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_screen import show_order
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.jobs import JobKind
from karakoram.sales.orders import ProductOrder
from karakoram.usecases.desk.desk_rows import CeaseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCeaseOptions:
    """What ``karakoram service cease`` takes."""

    product: Annotated[
        str, typer.Argument(metavar="PRODUCT", help="Identifier of the product.")
    ] = ""
    buyer: sales_options.Buyer = ""
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _asked(chosen: ServiceCeaseOptions) -> CeaseRow:
    return CeaseRow(
        external_id=sales_options.external_id_of(chosen.external_id),
        buyer=PartyId(chosen.buyer),
        product=ProductId(chosen.product),
    )


_COMMAND: DeskCommand[ServiceCeaseOptions, ProductOrder] = DeskCommand(
    kind=JobKind.SERVICE_CEASE,
    example={
        "external_id": "END-7",
        "buyer": "CT",
        "product": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
        "why": "end of term",
    },
    needed={"PRODUCT": "product", "--buyer": "buyer"},
    given=("product", "buyer", "external_id"),
    record=_asked,
    show=lambda _, order: show_order(screen(), order),
)


app = command_app(
    ServiceCeaseOptions,
    _COMMAND.run,
    help_text="Order the end of a product: each operator takes its part down.",
    examples=(
        "karakoram service cease PRODUCT --buyer CT --external-id END-7",
        "karakoram service cease --buyer CT --from ceased.csv",
    ),
)
