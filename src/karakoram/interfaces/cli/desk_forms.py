"""How is the answer of an action of the desk told, in a table and in JSON?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from karakoram.adapters.formats.json_multiplex import json_from_containers
from karakoram.adapters.formats.json_sales import (
    json_from_order,
    json_from_party,
    json_from_product,
    json_from_qualification,
    json_from_quote,
)
from karakoram.adapters.formats.table_form import TableForm
from karakoram.adapters.formats.table_multiplex import CONTAINERS
from karakoram.adapters.formats.table_sales import (
    ORDERS,
    PARTIES,
    PRODUCTS,
    QUALIFICATIONS,
    quote_form,
)
from karakoram.interfaces.cli.offer_texts import mrc_text, nrc_text
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote

DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskForm(Generic[DoneT]):
    """How one kind of answer is told."""

    table: TableForm[DoneT, Any]
    payload: Callable[[DoneT], object]
    """In JSON."""
    brief: Callable[[DoneT], str] = lambda _answer: ""
    """In a few words, for a line of a list."""


_FORMS: Mapping[type[object], DeskForm[Any]] = {
    Qualification: DeskForm(
        table=QUALIFICATIONS,
        payload=json_from_qualification,
        brief=lambda one: one.confidence.value,
    ),
    ProductOrder: DeskForm(
        table=ORDERS, payload=json_from_order, brief=lambda order: order.state.value
    ),
    Party: DeskForm(table=PARTIES, payload=json_from_party),
    Product: DeskForm(
        table=PRODUCTS, payload=json_from_product, brief=lambda product: product.state.value
    ),
    Resource: DeskForm(
        table=CONTAINERS,
        payload=lambda container: json_from_containers([container]),
        brief=lambda container: container.model,
    ),
}


def desk_form(answer_type: type[Any], *, shares: bool = False) -> DeskForm[Any]:
    """How answers of a type are told; of quotes, what each operator earns only where asked for."""
    if answer_type is Quote:
        return DeskForm(
            table=quote_form(shares=shares),
            payload=lambda quote: json_from_quote(quote, shares=shares),
            brief=_price_text,
        )
    return _FORMS[answer_type]


def _price_text(quote: Quote) -> str:
    """What the offers ask, the least a month first."""
    offers = sorted(quote.offers, key=lambda offer: offer.mrc.minor)
    return "\n".join(
        f"{offer.label}: {mrc_text(offer)} a month, {nrc_text(offer)} once" for offer in offers
    )
