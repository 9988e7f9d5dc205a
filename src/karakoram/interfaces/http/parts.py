"""How do parts that several interfaces share stand in JSON?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from karakoram.core.money import Money, decimal_from_money, total
from karakoram.core.provenance import Confidence
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.configurations import Configuration
from karakoram.sales.offer_trust import (
    LEAD_TIME_WORDS,
    availability_trust,
    charges_trust,
    latency_trust,
    lead_time_trust,
    length_trust,
)
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


def measures(of_plan: PlanMeasures) -> list[dict[str, Any]]:
    """What the product will be like, as far as it is known and concerns who buys.

    As characteristics, each figure with another that says how far it may be trusted.
    """
    told = (
        ("length_km", of_plan.length_km, length_trust(of_plan)),
        ("latency_ms", of_plan.latency_ms, latency_trust(of_plan)),
        ("availability", of_plan.availability, availability_trust(of_plan)),
    )
    return [
        each
        for name, value, trust in told
        if value is not None and trust is not None
        for each in (
            {"name": name, "valueType": "number", "value": value},
            {"name": f"{name}_confidence", "valueType": "string", "value": trust.value},
        )
    ]


def money(amount: Money) -> dict[str, Any]:
    """An amount in major units."""
    return {"unit": amount.currency, "value": float(decimal_from_money(amount))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Charges of one kind, told as one price."""

    name: str
    kind: str
    """In the words of TM Forum."""
    amount: Money
    trust: Confidence | None
    """How far it may be trusted; ``None`` where nothing is due."""


def sums(charges: Iterable[Charge], *, currency: str, viewer: Viewer) -> list[Sum]:
    """What is charged: all to a buyer, to an operator what it earns."""
    seen = visible_charges(charges, viewer)
    told = [
        Sum(
            name=name,
            kind=word,
            amount=total((each.amount for each in seen if each.kind is kind), currency),
            trust=charges_trust(seen, kind),
        )
        for kind, name, word in _SUMS
    ]
    usage = [
        Sum(name=each.name, kind="usage", amount=each.amount, trust=each.confidence)
        for each in seen
        if each.kind is PriceType.USAGE
    ]
    return [*told, *usage]


def price_trust(trust: Confidence | None) -> dict[str, str]:
    """The description of a price: how far it may be trusted, a word that programs can read."""
    return {} if trust is None else {"description": f"confidence: {trust.value}"}


def trust_texts(offer: QuoteOffer, *, viewer: Viewer) -> list[str]:
    """How far each sum that the viewer sees may be trusted, and what the product will be like."""
    seen = visible_charges(offer.plan.charges, viewer)
    told = {name: charges_trust(seen, kind) for kind, name, _ in _SUMS}
    told["glass"] = length_trust(offer.plan.measures)
    told["latency"] = latency_trust(offer.plan.measures)
    told["availability"] = availability_trust(offer.plan.measures)
    told[LEAD_TIME_WORDS] = lead_time_trust(offer.plan)
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
