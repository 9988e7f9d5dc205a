"""How do parts that several interfaces share stand in JSON?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from karakoram.core.money import Money, decimal_from_money, total
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.configurations import Configuration
from karakoram.sales.offer_trust import availability_trust, charges_trust, lead_time_trust
from karakoram.sales.plans import Charge, PlanMeasures, Refusal
from karakoram.sales.quotes import QuoteOffer
from karakoram.sales.viewing import Viewer, visible_charges

_SUMS = (
    (PriceType.RECURRING, "monthly recurring charge", "recurring"),
    (PriceType.ONE_TIME, "non-recurring charge", "nonRecurring"),
)
"""Charges that are told as one sum: their lines would tell what each operator earns."""


def moment(at: datetime) -> str:
    """A moment as RFC 3339 writes it.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 28, 12, tzinfo=UTC))
    '2026-11-28T12:00:00Z'
    """
    return at.isoformat().replace("+00:00", "Z")


def midnight(day: date) -> str:
    """A day as the moment at which it begins, for attributes that take moments alone.

    >>> midnight(date(2026, 11, 28))
    '2026-11-28T00:00:00Z'
    """
    return f"{day.isoformat()}T00:00:00Z"


def merged(sent: Any, told: Any) -> Any:  # noqa: ANN401  (any JSON)
    """What was sent, with what the platform says in its place where it says something.

    >>> merged({"note": "urgent", "item": [{"id": "1"}]}, {"item": [{"state": "held"}]})
    {'note': 'urgent', 'item': [{'id': '1', 'state': 'held'}]}
    """
    if isinstance(sent, Mapping) and isinstance(told, Mapping):
        both = {name: merged(sent[name], told[name]) for name in sent if name in told}
        return {**sent, **told, **both}
    if isinstance(sent, list) and isinstance(told, list) and len(sent) == len(told) == 1:
        return [merged(sent[0], told[0])]
    return told


def values(given: Configuration) -> list[dict[str, Any]]:
    """Chosen values, as TM Forum writes characteristics."""
    return [
        {"name": each.name, "valueType": "string", "value": each.value} for each in given.chosen
    ]


def measures(of_plan: PlanMeasures) -> dict[str, float]:
    """What the product will be like, as far as it is known and concerns who buys."""
    told = {
        "length_km": of_plan.length_km,
        "latency_ms": of_plan.latency_ms,
        "availability": of_plan.availability,
    }
    return {name: value for name, value in told.items() if value is not None}


def money(amount: Money) -> dict[str, Any]:
    """An amount in major units."""
    return {"unit": amount.currency, "value": float(decimal_from_money(amount))}


def sums(
    charges: Iterable[Charge], *, currency: str, viewer: Viewer
) -> list[tuple[str, str, Money]]:
    """Name, kind and amount of what is charged: all to a buyer, to an operator what it earns."""
    seen = visible_charges(charges, viewer)
    told = [
        (name, word, total((each.amount for each in seen if each.kind is kind), currency))
        for kind, name, word in _SUMS
    ]
    usage = [(each.name, "usage", each.amount) for each in seen if each.kind is PriceType.USAGE]
    return [*told, *usage]


def trust_texts(offer: QuoteOffer, *, viewer: Viewer) -> list[str]:
    """How far each sum that the viewer sees may be trusted, and what the product will be like."""
    seen = visible_charges(offer.plan.charges, viewer)
    told = {name: charges_trust(seen, kind) for kind, name, _ in _SUMS}
    told["availability"] = availability_trust(offer.plan)
    told["days until installed"] = lead_time_trust(offer.plan)
    return [f"{name}: {trust.value}" for name, trust in told.items() if trust is not None]


def reason_texts(reasons: Iterable[Refusal]) -> list[str]:
    """Why not, and what would help, in a line each."""
    return ["; ".join((each.code, each.message, *each.alternatives)) for each in reasons]


def ended_texts(reasons: Iterable[Refusal], *, viewer: Viewer) -> list[str]:
    """Why an order came to nothing; a buyer is not told in whose network."""
    reasons = tuple(reasons)
    if viewer.party_id is not None:
        return list(dict.fromkeys(each.code for each in reasons))
    return reason_texts(reasons)
