"""How does a person read qualifications, quotes, orders, products and traces?"""

from collections.abc import Callable, Iterable, Mapping

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.offer_texts import mrc_text, nrc_text, sum_text
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.change_log import LogEntry
from karakoram.sales.offer_trust import (
    availability_trust,
    days_trust,
    latency_trust,
    lead_time_trust,
    length_trust,
)
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.plans import Charge, PlanMeasures, Refusal
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote, QuoteOffer
from karakoram.usecases.operate.trace_path import TraceHop
from karakoram.usecases.operate.trace_words import ToldRider

UNITS_SHOWN_MAX = 6
_SECOND_WAY: Mapping[bool | None, str] = {None: "-", True: "sold", False: "none"}
_PERIODS: Mapping[PriceType, str] = {
    PriceType.RECURRING: "month",
    PriceType.ONE_TIME: "once",
    PriceType.USAGE: "as used",
}


def show_qualification(console: Console, one: Qualification) -> None:
    """Print the answer, its reasons, and what the product would be like."""
    show_title(console, f"{one.wish.product_offering_id}: {one.confidence.value}")
    show_lines(console, f"Qualification {one.qualification_id} for {one.buyer_id}")
    if one.measures is not None:
        show_lines(console, *_measure_lines(one.measures))
    trust = days_trust(one.installation_days)
    if one.installation_days is not None and trust is not None:
        days = texts.trusted(str(one.installation_days), trust)
        show_lines(console, f"days from the order until ready: {days}")
    show_reasons(console, one.reasons)
    if one.measures is not None or one.installation_days is not None:
        show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def show_quote(console: Console, quote: Quote, *, shares: bool) -> None:
    """Print the offers side by side, then the charges of each."""
    show_title(
        console,
        f"Quote {quote.quote_id}: {quote.wish.product_offering_id} for {quote.buyer_id}, "
        f"{quote.level.value}, {quote.state.value}",
    )
    if quote.product_id is not None:
        show_lines(console, f"Changes product {quote.product_id}")
    asked = quote.wish.configuration.by_name
    show_lines(console, " · ".join(f"{name} {value}" for name, value in asked.items()))
    if quote.offers:
        show_lines(console, f"Holds until {quote.valid_until:%Y-%m-%d %H:%M} UTC; without taxes")
        _show_offers(console, quote)
    for offer in quote.offers:
        show_title(console, f"Charges: {offer.label} [{offer.currency}]")
        _show_charges(console, offer, shares=shares)
    if quote.offers:
        show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)
    show_reasons(console, quote.reasons)


def show_order(console: Console, order: ProductOrder) -> None:
    """Print the order and the work of each operator."""
    show_title(
        console,
        f"Order {order.product_order_id}: {order.action.value} product {order.product_id}, "
        f"{order.state.value}",
    )
    show_table(
        console,
        ("Leg", "Operator", "From", "To", "State", "Due", "Work", "After", "In jeopardy"),
        (_leg_row(leg, order) for leg in order.legs),
    )
    show_reasons(console, order.reasons)


def show_trace(console: Console, hops: Iterable[TraceHop]) -> None:
    """Print what a product rides on, indented by layer, gaps told."""
    for hop in hops:
        if hop.gap_before is not None:
            show_lines(console, f"(gap: nothing recorded {' to '.join(hop.gap_before)})")
        blanks = "  " * (hop.depth - 1)
        if hop.resource is None:
            show_lines(console, f"{blanks}? {hop.resource_id} (not in the inventory)")
            continue
        there = hop.resource
        show_lines(
            console,
            f"{blanks}{there.kind.value} {there.name} [{there.operator_id}] "
            f"{hop.side.value}, units {_units(hop.units)}",
        )


def show_riders(console: Console, riders: tuple[ToldRider, ...]) -> None:
    """Print what rides on plant, the nearest layer first: on which way, and was a second sold?"""
    if not riders:
        show_lines(console, "Nothing rides here.")
        return
    show_table(
        console,
        ("# Layer", "What", "Ends", "Buyer", "Lies on", "Second way", "Identifier"),
        (
            (
                str(each.rider.depth),
                ": ".join(filter(None, (each.rider.what, each.record))),
                "-".join(filter(None, (each.a_site, each.z_site))) or "-",
                each.buyer_id or "-",
                " and ".join(side.value for side in each.sides) or "-",
                _second_way(each),
                each.rider.rider_id,
            )
            for each in riders
        ),
    )


def _second_way(told: ToldRider) -> str:
    """Whether a second way was sold, and whether that is hit as well."""
    is_all_hit = told.is_protected and len(told.sides) > 1
    return "sold, hit too" if is_all_hit else _SECOND_WAY[told.is_protected]


def show_log(console: Console, entries: Iterable[LogEntry]) -> None:
    """Print who did what, when and why."""
    show_table(
        console,
        ("When (UTC)", "Who", "Action", "From", "To", "Why", "Detail"),
        (
            (
                f"{entry.deed.at:%Y-%m-%d %H:%M}",
                entry.deed.who,
                entry.action,
                entry.state_before or "-",
                entry.state_after or "-",
                entry.deed.why or "-",
                entry.detail or "-",
            )
            for entry in entries
        ),
    )


def _show_offers(console: Console, quote: Quote) -> None:
    """Print the offers side by side: a column each, so that three fit on eighty columns."""
    asked_months = quote.wish.configuration.value("term_months")
    rows = _compared(None if asked_months is None else int(asked_months))
    show_table(
        console,
        ("", *(f"#{offer.label.replace(', ', chr(10))}" for offer in quote.offers)),
        ((heading, *map(figure, quote.offers)) for heading, figure in rows.items()),
    )
    for offer in quote.offers:
        if len(offer.labels) > 1:
            show_lines(
                console,
                f"One offer is {offer.label} at once: nothing that was found beats it in any.",
            )
    remarks = dict.fromkeys(remark for offer in quote.offers for remark in offer.remarks)
    show_reasons(console, remarks)


def _compared(term_months: int | None) -> Mapping[str, Callable[[QuoteOffer], str]]:
    """What offers are compared by, with how far each sum and promise may be trusted."""
    return {
        "a month": mrc_text,
        "once": nrc_text,
        **(
            {}
            if term_months is None
            else {
                f"over {texts.counted(term_months, 'month')}": lambda offer: sum_text(
                    offer,
                    offer.over_months(term_months),
                    *(PriceType.RECURRING, PriceType.ONE_TIME),
                )
            }
        ),
        "glass, km": lambda offer: _glass_km(offer.plan.measures),
        "one way, ms": lambda offer: _latency_ms(offer.plan.measures),
        "available": lambda offer: _availability(offer.plan.measures),
        "days until ready": lambda offer: texts.trusted(
            str(offer.installation_days), lead_time_trust(offer.plan)
        ),
    }


def _glass_km(measures: PlanMeasures) -> str:
    length_km, trust = measures.length_km, length_trust(measures)
    return "-" if length_km is None or trust is None else texts.trusted(f"{length_km:,.1f}", trust)


def _latency_ms(measures: PlanMeasures) -> str:
    one_way_ms, trust = measures.latency_ms, latency_trust(measures)
    return "-" if one_way_ms is None or trust is None else texts.trusted(f"{one_way_ms:.2f}", trust)


def _availability(measures: PlanMeasures) -> str:
    share, trust = measures.availability, availability_trust(measures)
    if share is None or trust is None:
        return "-"
    return texts.trusted(texts.availability(1.0 - share), trust)


def _show_charges(console: Console, offer: QuoteOffer, *, shares: bool) -> None:
    show_table(
        console,
        ("Charge", "When", "# Amount", *(("Earned by",) if shares else ())),
        (_charge_row(charge, shares=shares) for charge in offer.plan.charges),
    )


def _charge_row(charge: Charge, *, shares: bool) -> tuple[str, ...]:
    amount = texts.trusted(texts.amount(charge.amount), charge.confidence)
    places = f" ({', '.join(charge.places)})" if shares and charge.places else ""
    row = (f"{charge.name}{places}", _PERIODS[charge.kind], amount)
    return (*row, charge.operator_id) if shares else row


def _leg_row(one: LegOrder, order: ProductOrder) -> tuple[str, ...]:
    leg = one.leg
    others = {each.leg.name for each in order.legs} - {leg.name}
    waits_for_all = len(others) > 1 and others == set(leg.after)
    return (
        leg.name,
        leg.operator_id,
        leg.a_site_id,
        leg.z_site_id,
        one.state.value,
        f"{one.due_on}",
        leg.work,
        "all others" if waits_for_all else ", ".join(leg.after) or "-",
        one.jeopardy or "-",
    )


def _measure_lines(measures: PlanMeasures) -> Iterable[str]:
    if measures.length_km is not None:
        yield f"km of glass: {_glass_km(measures)}"
    if measures.latency_ms is not None:
        yield f"ms one way: {_latency_ms(measures)}"
    if measures.availability is not None:
        yield f"available: {_availability(measures)}"
    if measures.shared_risks:
        many = len(measures.shared_risks)
        yield f"both ways share {many} risks: {'; '.join(measures.shared_risks[:3])}, …"


def show_reasons(console: Console, reasons: Iterable[Refusal]) -> None:
    """Print why something cannot be had, where, and what would help."""
    for reason in reasons:
        show_lines(console, f"{reason.code} at {reason.where}: {reason.message}")
        for alternative in reason.alternatives:
            show_lines(console, f"- {alternative}", indent=4)


def reason_text(reason: Refusal) -> str:
    """Why, in a line, and what would help."""
    instead = f" Instead: {'; or '.join(reason.alternatives)}" if reason.alternatives else ""
    return f"{reason.code}: {reason.message}{instead}"


def _units(units: tuple[int, ...]) -> str:
    """The units as ranges; how many where they are many."""
    if not units:
        return "-"
    whole = units[-1] - units[0] + 1 == len(units)
    if whole:
        return f"{units[0]}-{units[-1]}" if len(units) > 1 else str(units[0])
    if len(units) <= UNITS_SHOWN_MAX:
        return " ".join(map(str, units))
    return f"{len(units)} from {units[0]} to {units[-1]}"
