"""What is the answer, in one sentence and in one table?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from karakoram.adapters.formats.report.html import Content, Markup, element, fragment
from karakoram.adapters.formats.report.parts import Table, table, with_trust
from karakoram.adapters.formats.report.places import operator_stretches
from karakoram.adapters.formats.report.words import (
    LABEL_WORDS,
    availability,
    counted,
    decibels,
    km,
    listed,
    minutes,
    ms,
    operator_name,
    service_words,
    short_site_name,
)
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.network.network import Network
from karakoram.planning.offers import Offer, OfferLabel, RiskSort, ServiceDesign, ServicePath
from karakoram.planning.trust import (
    availability_trust,
    gsnr_trust,
    latency_trust,
    length_trust,
    price_trust,
)

_RISKS_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferGroup:
    """One service, and every label that it earns."""

    number: int
    labels: tuple[OfferLabel, ...]
    offer: Offer

    @property
    def anchor(self) -> str:
        """The name that links use."""
        return f"offer-{self.number}"

    @property
    def title(self) -> str:
        """E.g. ``Cheapest and lowest latency``."""
        return listed([LABEL_WORDS[label] for label in self.labels]).capitalize()


def offer_groups(design: ServiceDesign) -> tuple[OfferGroup, ...]:
    """The offers, those that are the same service together."""
    by_service: dict[tuple[object, ...], list[Offer]] = {}
    for offer in design.offers:
        service = (offer.paths, offer.price, offer.unavailability)
        by_service.setdefault(service, []).append(offer)
    return tuple(
        OfferGroup(
            number=number,
            labels=tuple(offer.label for offer in offers),
            offer=offers[0],
        )
        for number, offers in enumerate(by_service.values(), start=1)
    )


def answer_sentence(network: Network, design: ServiceDesign) -> str:
    """Yes, and what it takes."""
    offers = design.offers
    if not offers:
        return f"{service_words(network, design.demand)}: no offer was made."
    best = offers[0]
    work = best.paths[0]
    services = counted(len(offer_groups(design)), "different service")
    return (
        f"Yes: {service_words(network, design.demand)}, can be offered as {services} under "
        f"{counted(len(offers), 'label')}. The {LABEL_WORDS[best.label].lower()} one costs "
        f"{best.price.mrc} a month and {best.price.nrc} once ({price_trust(best).value}), takes "
        f"{ms(work.rtt_ms)} there and back over {km(work.length_km)} of glass, and is available "
        f"{availability(best.unavailability)} of the time "
        f"({minutes(best.unavailability * MINUTES_PER_YEAR)} minutes a year without service)."
    )


def comparison_table(network: Network, groups: Sequence[OfferGroup]) -> Markup:
    """The services side by side, each figure with how far it may be trusted."""
    rows: list[tuple[str, Callable[[Offer], Content]]] = [
        ("Operators in travel order", lambda offer: _per_path(offer, _operators(network))),
        ("Glass length", lambda offer: _per_path(offer, _length(network))),
        ("Latency one way / there and back", lambda offer: _per_path(offer, _latency(network))),
        ("Lightpaths and regenerators", lambda offer: _per_path(offer, _lightpaths)),
        ("Smallest GSNR margin", lambda offer: _per_path(offer, _margin(network))),
        ("Risks shared by both paths", _shared),
        ("Availability", _availability),
        ("Monthly charge (MRC)", lambda o: with_trust(str(o.price.mrc), price_trust(o))),
        ("One-off charge (NRC)", lambda o: with_trust(str(o.price.nrc), price_trust(o))),
    ]
    return table(
        Table(
            caption="The services side by side",
            headings=["", *(group.title for group in groups)],
            rows=[(name, *(cell(group.offer) for group in groups)) for name, cell in rows],
        )
    )


def _per_path(offer: Offer, words: Callable[[ServicePath], Content]) -> Markup:
    if len(offer.paths) == 1:
        return fragment(words(offer.paths[0]))
    return fragment(
        *(
            element(
                "div",
                None,
                element("span", {"class": f"role {path.role.value}"}, path.role.value.capitalize()),
                " ",
                words(path),
            )
            for path in offer.paths
        )
    )


def _operators(network: Network) -> Callable[[ServicePath], Content]:
    return lambda path: ", ".join(
        operator_name(network, stretch.operator_id).split(" (")[0]
        for stretch in operator_stretches(path)
    )


def _length(network: Network) -> Callable[[ServicePath], Content]:
    return lambda path: with_trust(km(path.length_km), length_trust(network, path))


def _latency(network: Network) -> Callable[[ServicePath], Content]:
    return lambda path: with_trust(
        f"{ms(path.latency_ms)} / {ms(path.rtt_ms)}", latency_trust(network, path)
    )


def _lightpaths(path: ServicePath) -> Content:
    regenerators = counted(len(path.regenerator_site_ids), "regenerator")
    return f"{counted(len(path.lightpaths), 'lightpath')}, {regenerators}"


def _margin(network: Network) -> Callable[[ServicePath], Content]:
    def words(path: ServicePath) -> Content:
        worst = min(path.lightpaths, key=lambda lp: lp.margin_db - lp.margin_db_min)
        ends = (
            f"{short_site_name(network, worst.a_site_id)} to "
            f"{short_site_name(network, worst.z_site_id)}"
        )
        figure = f"{decibels(worst.margin_db)} where {decibels(worst.margin_db_min)} are asked"
        return fragment(
            with_trust(figure, gsnr_trust(network, path)), element("small", None, f" ({ends})")
        )

    return words


def _shared(offer: Offer) -> Content:
    if len(offer.paths) == 1:
        return "one path: every risk counts"
    if not offer.shared_risks:
        return "none"
    names = {
        RiskSort.RISK_GROUP: "risk group",
        RiskSort.SPAN: "span",
        RiskSort.SITE: "site",
    }
    counts = {sort: sum(r.sort is sort for r in offer.shared_risks) for sort in names}
    worst = sorted(
        (risk for risk in offer.shared_risks if risk.sort is RiskSort.RISK_GROUP),
        key=lambda risk: -risk.unavailable_min_per_year,
    )
    named = "; ".join(risk.name for risk in worst[:_RISKS_NAMED])
    return fragment(
        listed([counted(counts[sort], names[sort]) for sort in names if counts[sort]]),
        element("small", None, f"; first of all: {named}") if named else "",
    )


def _availability(offer: Offer) -> Content:
    lost = minutes(offer.unavailability * MINUTES_PER_YEAR)
    return fragment(
        with_trust(availability(offer.unavailability), availability_trust(offer)),
        element("small", None, f" {lost} minutes a year without service"),
    )
