"""How do parts of Sonata's documents stand in JSON, the same in each of its interfaces?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import PartyId, ProductId
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.listing import Document, Part, answer_from_list
from karakoram.interfaces.http.parts import Sum, moment, money, price_trust
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.sonata_forms import SonataProduct
from karakoram.interfaces.http.tmf_parts import BUYERS
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.configurations import CONFIGURATION_TYPE, Configuration, configuration
from karakoram.sales.qualifications import Wish
from karakoram.usecases.sell.see_sales import buyer_named, check_sells, states_passed

Calling = Annotated[Call, Depends(allowed(*BUYERS))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Between whom a request says that it goes."""

    buyer_id: str | None
    seller_id: str | None


async def _named(
    *,
    buyer_id: Annotated[str | None, Query(alias="buyerId", max_length=200)] = None,
    seller_id: Annotated[str | None, Query(alias="sellerId", max_length=200)] = None,
) -> Named:
    return Named(buyer_id=buyer_id, seller_id=seller_id)


Between = Annotated[Named, Depends(_named)]


def check_between(call: Call, named: Named) -> None:
    """Refuse a seller that is none of this platform's, and a buyer that is another.

    Raises
    ------
    RefusedError
        With code ``unknown-reference`` or ``not-your-party``.
    """
    if named.seller_id is not None and named.seller_id not in call.selling.network.operators:
        raise RefusedError(f"nobody here is called {named.seller_id}", code="unknown-reference")
    if named.buyer_id is not None and call.viewer.party_id is not None:
        buyer_named(named.buyer_id, viewer=call.viewer)


def buyer_of(call: Call, named: Named) -> PartyId:
    """Who buys: the client's party, or the one that it names."""
    check_between(call, named)
    return buyer_named(named.buyer_id, viewer=call.viewer)


def wish_of(call: Call, product: SonataProduct) -> Wish:
    """The product that is wanted.

    Raises
    ------
    RefusedError
        If no offering is named, or the configuration is in words of somebody else.
    """
    if product.productOffering is None:
        raise RefusedError("it is not said which offering", code="no-offering-named")
    offering_id = product.productOffering.id
    check_sells(offering_id, viewer=call.viewer, catalogue=call.selling.catalogue)
    return Wish(
        product_offering_id=ProductOfferingId(offering_id),
        configuration=configuration(_chosen(product)),
    )


def changed_product(action: str, product: SonataProduct) -> ProductId | None:
    """The product that is to be changed; ``None`` for a new one.

    Raises
    ------
    RefusedError
        With code ``no-product-named``.
    """
    if action != "modify":
        return None
    if product.id is None:
        raise RefusedError("it is not said which product is changed", code="no-product-named")
    return ProductId(product.id)


def _chosen(product: SonataProduct) -> Mapping[str, str]:
    given = product.productConfiguration
    if given is None:
        return {}
    if given.type != CONFIGURATION_TYPE:
        raise RefusedError(
            f"{given.type} is not known here",
            code="unknown-product-type",
            alternatives=(f"use {CONFIGURATION_TYPE}",),
        )
    extra = given.model_extra or {}
    wrong = sorted(name for name, value in extra.items() if not isinstance(value, str))
    if wrong:
        raise RefusedError(f"{', '.join(wrong)} must be a word", code="value-no-word")
    return extra


def product_told(wish_offering: str, chosen: Configuration) -> dict[str, Any]:
    """A product with its chosen values."""
    return {
        "productOffering": {"id": wish_offering},
        "productConfiguration": {"@type": CONFIGURATION_TYPE, **chosen.by_name},
    }


def changes(
    call: Call, record_id: str, *, words: Callable[[str], str], name: str = "state"
) -> list[dict[str, Any]]:
    """The states that a record has passed, in Sonata's words."""
    return changes_among(states_passed(record_id, store=call.selling.store), words, name=name)


def changes_among(
    passed: Iterable[tuple[datetime, str]], words: Callable[[str], str], *, name: str = "state"
) -> list[dict[str, Any]]:
    """States with their moments, in Sonata's words."""
    told: list[dict[str, Any]] = []
    for at, state in passed:
        word = words(state)
        if not told or told[-1][name] != word:  # two of our states may have one word there
            told.append({"changeDate": moment(at), name: word})
    return told


def days(amount: int) -> dict[str, Any]:
    """So many calendar days."""
    return {"amount": amount, "units": "calendarDays"}


def prices(sums: Iterable[Sum]) -> list[dict[str, Any]]:
    """Sums of charges as prices, each with how far it may be trusted; taxes are not known here."""
    return [
        {
            "name": each.name,
            **price_trust(each.trust),
            "priceType": {"usage": "usageBased"}.get(each.kind, each.kind),
            "price": {"dutyFreeAmount": money(each.amount)},
            **(
                {"recurringChargePeriod": {"amount": 1, "units": "months"}}
                if each.kind == "recurring"
                else {}
            ),
        }
        for each in sums
    ]


def contacts(buyer_id: PartyId) -> list[dict[str, str]]:
    """Whom to turn to, where the record did not come in over Sonata and nobody was named."""
    said = {"number": "not told", "emailAddress": "not told"}
    return [{"role": "buyerContactInformation", "name": buyer_id, **said}]


FILTERED: Mapping[str, str] = {
    "productOfferingId": "productOffering.id",
    "productOrderId": "productOrderItem.productOrderId",
    "itemRequestedCompletionDate": "productOrderItem.requestedCompletionDate",
    "itemExpectedCompletionDate": "productOrderItem.expectedCompletionDate",
}
"""Where the attributes stand that Sonata's filters name by themselves."""


def found_list(
    documents: list[Document], part: Part, *, total: int, names: frozenset[str]
) -> Response:
    """The response to a list, each document with the attributes that Sonata gives in lists."""
    placed = part.with_places(FILTERED)
    return answer_from_list(documents, placed, total=total, partial=200, told=names)
