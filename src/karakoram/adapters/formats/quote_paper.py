"""Which words and figures stand on the paper of a quote, and how far may each figure be trusted?

A buyer sees sums; which operator earns what, and where operators meet, stands on our own paper.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from karakoram.adapters.formats import wording
from karakoram.adapters.formats.report.way_map import way_map_svg
from karakoram.adapters.formats.report.words import CONFIDENCE_MEANINGS, site_name
from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence
from karakoram.network.network import Network
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.offer_trust import (
    LEAD_TIME,
    availability_trust,
    charges_trust,
    latency_trust,
    lead_time_trust,
    length_trust,
)
from karakoram.sales.plans import Charge, Refusal
from karakoram.sales.quotes import Quote, QuoteLevel, QuoteOffer
from karakoram.usecases.sell.print_quote import QuotePaper

_SHOWN_TO_BUYERS = frozenset({LEAD_TIME, "method"})
_PERIODS: Mapping[PriceType, str] = {
    PriceType.RECURRING: "a month",
    PriceType.ONE_TIME: "once",
    PriceType.USAGE: "each",
}
_NOTHING = "-"

Figure = dict[str, str]


def data_of_paper(paper: QuotePaper) -> dict[str, Any]:
    """All texts, figures and drawings of the paper, ready to be set."""
    quote = paper.quote
    return {
        "quote": quote.quote_id,
        "external_id": quote.external_id,
        "buyer": f"{paper.buyer.name} ({paper.buyer.party_id})",
        "offering": quote.wish.product_offering_id,
        "level": quote.level.value,
        "state": quote.state.value,
        "made": f"{quote.made_at:%Y-%m-%d}",
        "valid_until": f"{quote.valid_until:%Y-%m-%d %H:%M} UTC",
        "is_internal": paper.is_internal,
        "asked": [_asked(name, value, paper.network) for name, value in _values(quote)],
        "offers": [_offer(offer, paper) for offer in quote.offers],
        "maps": list(_maps(paper)),
        "reasons": [_reason(reason) for reason in quote.reasons],
        "conditions": list(_conditions(quote)),
        "meanings": [[each.value, CONFIDENCE_MEANINGS[each]] for each in Confidence],
    }


def _values(quote: Quote) -> Iterable[tuple[str, str]]:
    return quote.wish.configuration.by_name.items()


def _asked(name: str, value: str, network: Network) -> list[str]:
    """A characteristic in words; a site with its name."""
    is_site = name in {"a_site", "z_site"} and value in network.sites
    return [name.replace("_", " "), f"{site_name(network, value)} ({value})" if is_site else value]


def _offer(offer: QuoteOffer, paper: QuotePaper) -> dict[str, Any]:
    told: dict[str, Any] = {
        "label": offer.label,
        "figures": list(_figures(offer)),
        "usage": [
            _charge(charge) for charge in offer.plan.charges if charge.kind is PriceType.USAGE
        ],
        "rests_on": [
            [each.subject, each.figure, each.provenance.confidence.value]
            for each in offer.plan.figures
            if paper.is_internal or each.subject in _SHOWN_TO_BUYERS
        ],
    }
    if paper.is_internal:
        told["charges"] = [
            [charge.operator_id, *_charge(charge, is_internal=True).values()]
            for charge in offer.plan.charges
        ]
        told["shares"] = [
            [share.operator_id, str(share.mrc), str(share.nrc)] for share in offer.shares
        ]
    return told


def _figures(offer: QuoteOffer) -> Iterable[Figure]:
    """What buyers compare, each with its trust."""
    measures = offer.plan.measures
    yield _figure("Monthly charge (MRC)", str(offer.mrc), _trust(offer, PriceType.RECURRING))
    yield _figure("One-time charge (NRC)", str(offer.nrc), _trust(offer, PriceType.ONE_TIME))
    yield _figure(
        "Glass",
        None if measures.length_km is None else _km(measures.length_km),
        length_trust(measures),
    )
    yield _figure(
        "Round trip (RTT)",
        None if measures.latency_ms is None else f"{2.0 * measures.latency_ms:,.2f} ms",
        latency_trust(measures),
    )
    yield _figure(
        "Availability",
        None
        if measures.availability is None
        else wording.availability(1.0 - measures.availability),
        availability_trust(measures),
    )
    yield _figure("Ready after", f"{offer.installation_days} days", lead_time_trust(offer.plan))


def _trust(offer: QuoteOffer, kind: PriceType) -> Confidence | None:
    return charges_trust(offer.plan.charges, kind)


def _figure(name: str, value: str | None, trust: Confidence | None) -> Figure:
    told = _NOTHING if value is None else value
    return {"name": name, "value": told, "trust": "" if trust is None else trust.value}


def _km(length_km: float) -> str:
    return f"{wording.km(length_km)} km"


def _charge(charge: Charge, *, is_internal: bool = False) -> Figure:
    places = f" ({', '.join(charge.places)})" if is_internal and charge.places else ""
    unit = f" {charge.unit}" if charge.unit else ""
    return {
        "name": f"{charge.name}{places}",
        "amount": str(charge.amount),
        "when": f"{_PERIODS[charge.kind]}{unit if charge.kind is PriceType.USAGE else ''}",
        "trust": charge.confidence.value,
    }


def _maps(paper: QuotePaper) -> Iterable[Figure]:
    """A map for each different set of ways that the network knows."""
    labels: dict[tuple[tuple[SiteId, ...], ...], list[str]] = {}
    for offer in paper.quote.offers:
        if offer.plan.ways:
            labels.setdefault(offer.plan.ways, []).append(offer.label)
    for ways, named in labels.items():
        if all(site_id in paper.network.sites for way in ways for site_id in way):
            svg = way_map_svg(paper.network, ways, is_whole=paper.is_internal)
            yield {"label": "; ".join(named), "svg": svg}


def _reason(reason: Refusal) -> dict[str, Any]:
    return {"message": reason.message, "instead": list(reason.alternatives)}


def _conditions(quote: Quote) -> Iterable[str]:
    until = f"{quote.valid_until:%Y-%m-%d %H:%M} UTC"
    if quote.level is QuoteLevel.FIRM:
        yield f"Firm: each offer holds what it needs until {until}; one of them can be ordered."
    else:
        yield f"Budgetary: an indication until {until}; nothing is held, nothing can be ordered."
    if quote.product_id is not None:
        yield f"The quote is for a change of product {quote.product_id}."
    currencies = sorted({offer.currency for offer in quote.offers})
    if currencies:
        yield f"Charges are in {' and '.join(currencies)}; nothing is converted."
        yield (
            "Lengths are kilometres of glass; the round trip is that of the working way's fibre, "
            "without equipment. Days are calendar days from the order."
        )
    for offer in quote.offers:
        risks = len(offer.plan.measures.shared_risks)
        if risks:
            yield f"{offer.label}: {wording.counted(risks, 'risk')} can take both ways at once."
