"""How does a planner read a design on the screen?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from rich.console import Console

from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, weakest
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.assumptions_screen import show_assumptions, show_method
from karakoram.interfaces.cli.risks_screen import (
    COUNTED_AS,
    shared_count,
    show_outages,
    show_shared_risks,
)
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.network import Network
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.offers import (
    Infeasible,
    Leg,
    Lightpath,
    Offer,
    OfferPrice,
    RiskSort,
    ServiceDesign,
    ServicePath,
)
from karakoram.planning.pricing import price_over_term
from karakoram.planning.trust import (
    availability_trust,
    gsnr_trust,
    latency_trust,
    length_trust,
    price_trust,
)

NARROW_FROM = 2
"""Offers side by side beyond which a charge and its mark stand one below the other."""


def show_design(console: Console, network: Network, design: ServiceDesign) -> None:
    """Print the offers: side by side, then each that differs in full.

    Parameters
    ----------
    console
        Where to.
    network
        What the offers were designed on, for names and for what lengths rest on.
    design
        The offers, and what to know of them.
    """
    show_lines(console, _question(network, design.demand), indent=0)
    groups = same_services(design.offers)
    term_months = design.demand.term_months
    _show_comparison(console, network, groups, term_months=term_months)
    shown: dict[ServicePath, str] = {}
    for labels, offer in groups:
        show_title(console, f"OFFER: {labels.upper()}")
        show_lines(console, _headline(network, offer, term_months=term_months))
        for path in offer.paths:
            _show_path(
                console, network, path, shown=shown.get(path), of_outage=availability_trust(offer)
            )
            shown.setdefault(path, f"{path.role.value} path of the offer {labels}")
        if len(offer.paths) > 1:
            show_shared_risks(console, offer.shared_risks, proof=offer.diversity_proof)
        show_outages(console, offer)
        _show_price(console, network, offer)
        show_assumptions(console, offer)
    show_method(console, design.offers)
    _show_advice(console, design)


def show_design_in_brief(console: Console, network: Network, design: ServiceDesign) -> None:
    """Print what to choose by: the offers side by side, who earns what, and what to know."""
    show_lines(console, _question(network, design.demand), indent=0)
    groups = same_services(design.offers)
    _show_comparison(console, network, groups, term_months=design.demand.term_months)
    for labels, offer in groups:
        show_title(console, f"OFFER: {labels.upper()}")
        if " = " in labels:
            show_lines(console, "one way is best by several measures")
        _show_price(console, network, offer)
    _show_advice(console, design)
    show_lines(console, "", "Without --brief: ways, light, shared risks, outages.", indent=0)


def show_infeasible(console: Console, network: Network, answer: Infeasible) -> None:
    """Print why the service cannot be given, and what would allow it."""
    show_lines(console, _question(network, answer.demand), indent=0)
    show_title(console, "Infeasible")
    show_table(
        console,
        ("Reason", "Where", "What would make it possible"),
        ((reason.code, reason.where, texts.reason_text(reason)) for reason in answer.reasons),
    )


def _show_advice(console: Console, design: ServiceDesign) -> None:
    if design.advice:
        show_title(console, "Worth knowing")
        show_lines(console, *(f"- {sentence}" for sentence in design.advice))
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def same_services(offers: Sequence[Offer]) -> list[tuple[str, Offer]]:
    """Each service once, with all its labels: ``cheapest = lowest latency``."""
    groups: list[tuple[str, Offer]] = []
    for offer in offers:
        for i, (labels, first) in enumerate(groups):
            if replace(offer, label=first.label) == first:
                groups[i] = (f"{labels} = {offer.label.value}", first)
                break
        else:
            groups.append((offer.label.value, offer))
    return groups


def _question(network: Network, demand: ServiceDemand) -> str:
    a_site, z_site = (
        texts.site_text(network, site) for site in (demand.a_site_id, demand.z_site_id)
    )
    parts = [
        f"{a_site} to {z_site}",
        texts.bit_rate(demand.bit_rate_gbps),
        f"protection {demand.protection.value}",
        f"prices of {demand.on_day.isoformat()} over {texts.counted(demand.term_months, 'month')}",
    ]
    if demand.latency_ms_max is not None:
        parts.append(f"at most {demand.latency_ms_max:g} ms one way")
    parts += [f"within {limit.word}" for limit in demand.transit_limits]
    if demand.via_site_ids:
        parts.append(f"via {', '.join(demand.via_site_ids)}")
    avoid = demand.avoid
    avoided = [*avoid.site_ids, *avoid.span_ids, *avoid.operator_ids, *avoid.cable_ids]
    if avoided:
        parts.append(f"avoiding {', '.join(sorted(avoided))}")
    extra = sorted(status.value for status in demand.accepted_statuses)
    if len(extra) > 1:
        parts.append(f"with {', '.join(status for status in extra if status != 'in_service')}")
    return " · ".join(parts)


def _show_comparison(
    console: Console,
    network: Network,
    groups: Sequence[tuple[str, Offer]],
    *,
    term_months: int,
) -> None:
    """Print the offers side by side: a column each, so that three fit on eighty columns."""
    offers = [offer for _, offer in groups]
    rows = _compared(network, offers, term_months=term_months) if groups else {}
    show_table(
        console,
        ("", *(f"#{labels.replace(' = ', chr(10))}" for labels, _ in groups)),
        ((heading, *(figure(offer) for _, offer in groups)) for heading, figure in rows.items()),
    )


def _compared(
    network: Network, offers: Sequence[Offer], *, term_months: int
) -> Mapping[str, Callable[[Offer], str]]:
    """What offers are compared by, each with how far it may be trusted."""
    first, is_narrow = offers[0], len(offers) > NARROW_FROM
    currency = first.price.mrc.currency
    rows: dict[str, Callable[[Offer], str]] = {
        f"{period}, {currency}": partial(_charge_cell, of_price=of_price, below=is_narrow)
        for period, of_price in _charges(term_months).items()
    }
    if any(offer.is_cheapest_of_those_tried for offer in offers):
        rows["proven cheapest"] = lambda offer: (
            "no: of those tried" if offer.is_cheapest_of_those_tried else "-"
        )
    rows |= {
        "RTT by path, ms": lambda offer: _by_path(
            offer, lambda path: f"{path.rtt_ms:.2f}", partial(latency_trust, network)
        ),
        "glass by path, km": lambda offer: _by_path(
            offer, lambda path: f"{path.length_km:,.0f}", partial(length_trust, network)
        ),
        "available": lambda offer: texts.trusted(
            texts.availability(offer.unavailability), availability_trust(offer)
        ),
        "minutes a year down": lambda offer: texts.trusted(
            texts.minutes(offer.unavailability * MINUTES_PER_YEAR), availability_trust(offer)
        ),
    }
    if len(first.paths) > 1:
        for sort, noun in COUNTED_AS.items():
            rows[f"{noun}s shared"] = partial(_shared_cell, sort=sort)
    return rows


def _charges(term_months: int) -> Mapping[str, Callable[[OfferPrice], Money]]:
    """What a price comes to, by what it is for."""
    return {
        "a month": lambda price: price.mrc,
        "once": lambda price: price.nrc,
        f"over {texts.counted(term_months, 'month')}": lambda price: Money(
            price_over_term(price, term_months=term_months), price.mrc.currency
        ),
    }


def _charge_cell(offer: Offer, *, of_price: Callable[[OfferPrice], Money], below: bool) -> str:
    amount = texts.amount(of_price(offer.price))
    return _marked(amount, price_trust(offer), below=below)


def _marked(figure: str, trust: Confidence, *, below: bool) -> str:
    """A figure with its mark, which stands below where there is little room."""
    told = texts.trusted(figure, trust)
    return "\n".join(told.rsplit(" ", 1)) if below else told


def _by_path(
    offer: Offer,
    figure: Callable[[ServicePath], str],
    trust: Callable[[ServicePath], Confidence],
) -> str:
    """A figure of each path, and how far all of them may be trusted.

    Of two paths it stands below, so that three offers fit on eighty columns.
    """
    told = " / ".join(figure(path) for path in offer.paths)
    worst = weakest(tuple(trust(path) for path in offer.paths))
    return _marked(told, worst, below=len(offer.paths) > 1)


def _shared_cell(offer: Offer, *, sort: RiskSort) -> str:
    return str(shared_count(offer, sort))


def _headline(network: Network, offer: Offer, *, term_months: int) -> str:
    asked = ", ".join(
        f"{texts.trusted(str(of_price(offer.price)), price_trust(offer))} {period}"
        for period, of_price in _charges(term_months).items()
    )
    tried = " (cheapest of those tried, not proven)" if offer.is_cheapest_of_those_tried else ""
    up = texts.trusted(texts.availability(offer.unavailability), availability_trust(offer))
    down = texts.minutes(offer.unavailability * MINUTES_PER_YEAR)
    working = offer.paths[0]
    rtt = texts.trusted(f"{working.rtt_ms:.1f} ms", latency_trust(network, working))
    return f"{asked}{tried}; working RTT {rtt}; {up} available, that is {down} minutes a year down"


def _show_path(
    console: Console,
    network: Network,
    path: ServicePath,
    *,
    shown: str | None,
    of_outage: Confidence,
) -> None:
    """Print a path, or where it stands if it was shown already."""
    show_title(console, f"  {path.role.value.capitalize()} path")
    show_lines(
        console,
        f"{texts.km(path.length_km)} km of glass ({length_trust(network, path).value}), "
        f"{path.latency_ms:.2f} ms one way, {path.rtt_ms:.2f} ms RTT "
        f"({latency_trust(network, path).value}, fibre only); alone "
        f"{texts.minutes(path.unavailability * MINUTES_PER_YEAR)} minutes a year down "
        f"({of_outage.value})",
    )
    if shown is not None:
        show_lines(console, f"the same as the {shown}")
        return
    show_lines(console, f"by {' - '.join(path.site_ids)}")
    console.print()
    _show_legs(console, network, path)
    console.print()
    _show_lightpaths(console, network, path)


def _show_legs(console: Console, network: Network, path: ServicePath) -> None:
    show_table(
        console,
        ("Operator", "From", "To (hand-over)", "#km", "Lengths"),
        (
            (
                _leg_operator(network, leg),
                texts.site_text(network, leg.a_site_id),
                texts.site_text(network, leg.z_site_id),
                texts.km(leg.length_km),
                texts.confidence_text(
                    network.spans[span_id].provenance.confidence for span_id in leg.span_ids
                ),
            )
            for leg in path.legs
        ),
    )


def _leg_operator(network: Network, leg: Leg) -> str:
    operator = texts.operator_text(network, leg.operator_id)
    if leg.owner_id == leg.operator_id:
        return operator
    return f"{operator}, glass of {texts.operator_text(network, leg.owner_id)}"


def _show_lightpaths(console: Console, network: Network, path: ServicePath) -> None:
    show_table(
        console,
        ("Lightpath", "#km", "Mode", "#wavelengths x GHz", "#GSNR dB", "#required", "#margin"),
        (
            (
                f"{lightpath.a_site_id} - {lightpath.z_site_id}",
                texts.km(lightpath.length_km),
                _mode_name(network, lightpath),
                f"{lightpath.wavelengths} x {lightpath.spacing_ghz:g}",
                f"{lightpath.gsnr_db:.2f}",
                f"{lightpath.required_gsnr_db:.2f}",
                f"{lightpath.margin_db:.2f}",
            )
            for lightpath in path.lightpaths
        ),
    )
    wanted = ", ".join(sorted({f"{path.margin_db_min:g}" for path in path.lightpaths}))
    places = ", ".join(texts.site_text(network, site) for site in path.regenerator_site_ids)
    show_lines(
        console,
        f"Regenerators: {len(path.regenerator_site_ids)}{f' at {places}' if places else ''}; "
        f"the design asks for a margin of {wanted} dB; lengths "
        f"{length_trust(network, path).value}, GSNR and margins {gsnr_trust(network, path).value}",
    )


def _mode_name(network: Network, lightpath: Lightpath) -> str:
    mode = network.library.transceiver_modes.get(lightpath.transceiver_mode_id)
    return mode.name if mode is not None else lightpath.transceiver_mode_id


def _show_price(console: Console, network: Network, offer: Offer) -> None:
    price = offer.price
    show_title(console, f"  Price by operator [{price.mrc.currency}]")
    confidences = {
        share.operator_id: [
            line.confidence for line in price.lines if line.operator_id == share.operator_id
        ]
        for share in price.split
    }
    show_table(
        console,
        ("Operator", "#a month", "#once", "#share", "Prices"),
        (
            (
                texts.operator_text(network, share.operator_id),
                texts.amount(share.mrc),
                texts.amount(share.nrc),
                texts.percent(share.mrc.minor / price.mrc.minor) if price.mrc.minor else "-",
                texts.confidence_text(confidences[share.operator_id]),
            )
            for share in price.split
        ),
        total=(
            *("Total", texts.amount(price.mrc), texts.amount(price.nrc), ""),
            price_trust(offer).value,
        ),
    )
