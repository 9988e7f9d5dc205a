"""How does a planner read a design on the screen?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rich.console import Console

from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.assumptions_screen import show_assumptions
from karakoram.interfaces.cli.risks_screen import show_shared_risks
from karakoram.interfaces.cli.screen import show_lines, show_table, show_title, table_of
from karakoram.network.network import Network
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.offers import (
    Infeasible,
    Offer,
    OfferPrice,
    ServiceDesign,
    ServicePath,
)

_COMPARED: Mapping[str, Callable[[Offer], str]] = {
    "a month": lambda offer: str(offer.price.mrc),
    "once": lambda offer: str(offer.price.nrc),
    "RTT by path, ms": lambda offer: " / ".join(f"{path.rtt_ms:.2f}" for path in offer.paths),
    "glass by path, km": lambda offer: " / ".join(f"{path.length_km:,.0f}" for path in offer.paths),
    "available": lambda offer: texts.availability(offer.unavailability),
    "minutes a year down": lambda offer: texts.minutes(offer.unavailability * MINUTES_PER_YEAR),
    "risks shared": lambda offer: str(len(offer.shared_risks)) if len(offer.paths) > 1 else "-",
}


def show_design(console: Console, network: Network, design: ServiceDesign) -> None:
    """Print the offers: side by side, then each that differs in full."""
    show_lines(console, _question(network, design.demand), indent=0)
    groups = same_services(design.offers)
    _show_comparison(console, groups)
    shown: dict[ServicePath, str] = {}
    for labels, offer in groups:
        _show_headline(console, offer, labels=labels)
        for path in offer.paths:
            _show_path(console, network, path, shown=shown.get(path))
            shown.setdefault(path, f"{path.role.value} path of the offer {labels}")
        if len(offer.paths) > 1:
            show_shared_risks(console, offer.shared_risks, proof=offer.diversity_proof)
        _show_price(console, network, offer.price)
        show_assumptions(console, offer)
    if design.advice:
        show_title(console, "Worth knowing")
        show_lines(console, *(f"- {sentence}" for sentence in design.advice))
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def show_infeasible(console: Console, network: Network, answer: Infeasible) -> None:
    """Print why the service cannot be given, and what would allow it."""
    show_lines(console, _question(network, answer.demand), indent=0)
    show_title(console, "Infeasible")
    table = table_of("Reason", "Where", "What would make it possible")
    for reason in answer.reasons:
        table.add_row(reason.code, reason.where, texts.reason_text(reason))
    show_table(console, table)


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
        f"prices of {demand.on_day.isoformat()} over {demand.term_months} months",
    ]
    if demand.latency_ms_max is not None:
        parts.append(f"at most {demand.latency_ms_max:g} ms one way")
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


def _show_comparison(console: Console, groups: Sequence[tuple[str, Offer]]) -> None:
    """Print the offers side by side: a column each, so that three fit on eighty columns."""
    table = table_of("", *(f"#{labels.replace(' = ', chr(10))}" for labels, _ in groups))
    for heading, figure in _COMPARED.items():
        table.add_row(heading, *(figure(offer) for _, offer in groups))
    show_table(console, table)


def _show_headline(console: Console, offer: Offer, *, labels: str) -> None:
    show_title(console, f"OFFER: {labels.upper()}")
    down = texts.minutes(offer.unavailability * MINUTES_PER_YEAR)
    show_lines(
        console,
        f"{offer.price.mrc} a month, {offer.price.nrc} once; working RTT "
        f"{offer.paths[0].rtt_ms:.1f} ms; {texts.availability(offer.unavailability)} available "
        f"({down} minutes a year down)",
    )


def _show_path(console: Console, network: Network, path: ServicePath, *, shown: str | None) -> None:
    """Print a path, or where it stands if it was shown already."""
    show_title(console, f"  {path.role.value.capitalize()} path")
    show_lines(
        console,
        f"{texts.km(path.length_km)} km of glass, {path.latency_ms:.2f} ms one way, "
        f"{path.rtt_ms:.2f} ms RTT (fibre only); alone "
        f"{texts.minutes(path.unavailability * MINUTES_PER_YEAR)} minutes a year down",
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
    table = table_of("Operator", "From", "To (hand-over)", "#km", "Lengths")
    for leg in path.legs:
        operator = texts.operator_text(network, leg.operator_id)
        if leg.owner_id != leg.operator_id:
            operator += f", glass of {texts.operator_text(network, leg.owner_id)}"
        table.add_row(
            operator,
            texts.site_text(network, leg.a_site_id),
            texts.site_text(network, leg.z_site_id),
            texts.km(leg.length_km),
            texts.confidence_text(
                network.spans[span_id].provenance.confidence for span_id in leg.span_ids
            ),
        )
    show_table(console, table)


def _show_lightpaths(console: Console, network: Network, path: ServicePath) -> None:
    table = table_of(
        *("Lightpath", "#km", "Mode", "#wavelengths x GHz", "#GSNR dB", "#required", "#margin"),
    )
    for lightpath in path.lightpaths:
        mode = network.library.transceiver_modes.get(lightpath.transceiver_mode_id)
        table.add_row(
            f"{lightpath.a_site_id} - {lightpath.z_site_id}",
            texts.km(lightpath.length_km),
            mode.name if mode is not None else lightpath.transceiver_mode_id,
            f"{lightpath.wavelengths} x {lightpath.spacing_ghz:g}",
            f"{lightpath.gsnr_db:.2f}",
            f"{lightpath.required_gsnr_db:.2f}",
            f"{lightpath.margin_db:.2f}",
        )
    show_table(console, table)
    wanted = ", ".join(sorted({f"{path.margin_db_min:g}" for path in path.lightpaths}))
    places = ", ".join(texts.site_text(network, site) for site in path.regenerator_site_ids)
    show_lines(
        console,
        f"Regenerators: {len(path.regenerator_site_ids)}{f' at {places}' if places else ''}; "
        f"the design asks for a margin of {wanted} dB",
    )


def _show_price(console: Console, network: Network, price: OfferPrice) -> None:
    show_title(console, f"  Price by operator [{price.mrc.currency}]")
    table = table_of("Operator", "#a month", "#once", "#share", "Prices")
    for share in price.split:
        confidences = [
            line.confidence for line in price.lines if line.operator_id == share.operator_id
        ]
        table.add_row(
            texts.operator_text(network, share.operator_id),
            texts.amount(share.mrc),
            texts.amount(share.nrc),
            texts.percent(share.mrc.minor / price.mrc.minor) if price.mrc.minor else "-",
            texts.confidence_text(confidences),
        )
    table.add_section()
    table.add_row("Total", texts.amount(price.mrc), texts.amount(price.nrc), "", "")
    show_table(console, table)
