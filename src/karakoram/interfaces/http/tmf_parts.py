"""How do parts of TM Forum's documents stand in JSON, the same in each of its interfaces?"""

from collections.abc import Iterable
from typing import Any

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.parts import Sum, money, price_trust
from karakoram.interfaces.http.served import Call
from karakoram.sales.api_clients import ClientRole
from karakoram.sales.catalogue.identifiers import ProductOfferingId

READERS = (ClientRole.BUYER, ClientRole.SELLER_DESK, ClientRole.FINANCE)
BUYERS = (ClientRole.BUYER, ClientRole.SELLER_DESK)
BUYER_ROLE = "buyer"
OF_BUYERS = frozenset({"externalId", "relatedParty"})
"""Attributes that tell who buys."""


def buyer(party_id: PartyId) -> dict[str, Any]:
    """Who buys."""
    return party(party_id, role=BUYER_ROLE)


def party(party_id: PartyId | OperatorId, *, role: str) -> dict[str, Any]:
    """Somebody in a role."""
    return {
        "id": party_id,
        "role": role,
        "@type": "RelatedParty",
        "@referredType": "Organization",
    }


def operator(operator_id: OperatorId, *, role: str) -> dict[str, Any]:
    """An operator in a role."""
    return party(operator_id, role=role)


def offering(call: Call, offering_id: ProductOfferingId) -> dict[str, Any]:
    """An offering of the catalogue."""
    href = call.href(f"{paths.CATALOGUE}/productOffering/{offering_id}")
    known = call.selling.catalogue.product_offerings.get(offering_id)
    told = {"id": offering_id, "href": href}
    return told if known is None else {**told, "name": known.name}


def prices(sums: Iterable[Sum]) -> list[dict[str, Any]]:
    """Sums of charges as prices, each with how far it may be trusted; taxes are not known here."""
    return [
        {
            "name": each.name,
            **price_trust(each.trust),
            "priceType": each.kind,
            **({"recurringChargePeriod": "month"} if each.kind == "recurring" else {}),
            "price": {"dutyFreeAmount": money(each.amount)},
        }
        for each in sums
    ]


def notes(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Remarks, each by itself."""
    return [{"id": f"remark-{i}", "text": text} for i, text in enumerate(texts, start=1)]
