"""How do the records of the sales desk stand in a table for a spreadsheet?

Names of columns end in their unit; sums of money stand beside their currency.
"""

from collections.abc import Callable, Iterable, Mapping

from karakoram.adapters.formats.table_form import LIST_SEPARATOR, TableForm, itself
from karakoram.core.identifiers import OperatorId
from karakoram.core.money import decimal_from_money
from karakoram.core.provenance import Confidence, weakest
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.change_log import LogEntry
from karakoram.sales.configurations import Configuration
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.offer_trust import (
    availability_trust,
    charges_trust,
    days_trust,
    latency_trust,
    lead_time_trust,
    length_trust,
)
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.plans import PlanMeasures
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote, QuoteOffer
from karakoram.sales.viewing import Viewer, visible_legs
from karakoram.usecases.catalogue.show_catalogue import OfferingsAnswer
from karakoram.usecases.operate.trace_path import TraceHop
from karakoram.usecases.operate.trace_words import ToldRider
from karakoram.usecases.table_ports import Table, TableCell

KM_DIGITS, _MS_DIGITS, _SHARE_DIGITS = 3, 4, 8
"""Digits after the point: a metre of glass, 0.1 us, a third of a second a year."""


def _quote_lines(quote: Quote) -> Iterable[tuple[Quote, QuoteOffer | None]]:
    """A line for each offer; one without an offer where there is none."""
    return [(quote, offer) for offer in quote.offers] or [(quote, None)]


def _order_lines(order: ProductOrder) -> Iterable[tuple[ProductOrder, LegOrder]]:
    return [(order, leg) for leg in order.legs]


def rounded(figure: float | None, digits: int) -> float | None:
    """A figure with no more digits than it has a meaning."""
    return None if figure is None else round(figure, digits)


def _sum_trust(kind: PriceType) -> Callable[[QuoteOffer], str | None]:
    return lambda offer: _trust(charges_trust(offer.plan.charges, kind))


def _trust(found: Confidence | None) -> str | None:
    return None if found is None else found.value


def _characteristics_text(given: Configuration) -> str:
    """What was chosen, e.g. ``a_site=GIL; z_site=RWP``."""
    return LIST_SEPARATOR.join(f"{name}={value}" for name, value in given.by_name.items())


def _shares(offer: QuoteOffer) -> str:
    return LIST_SEPARATOR.join(
        f"{share.operator_id} {share.mrc} a month, {share.nrc} once" for share in offer.shares
    )


def _of_offer(cell: Callable[[QuoteOffer], TableCell]) -> Callable[..., TableCell]:
    """A cell that is empty where there is no offer."""
    return lambda line: None if line[1] is None else cell(line[1])


def _of_answer(cell: Callable[[PlanMeasures], TableCell]) -> Callable[[Qualification], TableCell]:
    """A cell that is empty where the product cannot be had."""
    return lambda one: None if one.measures is None else cell(one.measures)


def _of_resource(cell: Callable[[Resource], str]) -> Callable[[TraceHop], TableCell]:
    """A cell that is empty where the inventory has a gap."""
    return lambda hop: None if hop.resource is None else cell(hop.resource)


def _of_measures(cell: Callable[[PlanMeasures], TableCell]) -> Callable[..., TableCell]:
    return _of_offer(lambda offer: cell(offer.plan.measures))


def _yes_no(answer: bool | None) -> str | None:  # noqa: FBT001
    return None if answer is None else {True: "yes", False: "no"}[answer]


def _rtt_ms(measures: PlanMeasures) -> float | None:
    one_way_ms = measures.latency_ms
    return None if one_way_ms is None else round(2.0 * one_way_ms, _MS_DIGITS)


_QUOTE_COLUMNS: Mapping[str, Callable[[tuple[Quote, QuoteOffer | None]], TableCell]] = {
    "quote": lambda line: line[0].quote_id,
    "external_id": lambda line: line[0].external_id,
    "buyer": lambda line: line[0].buyer_id,
    "offering": lambda line: line[0].wish.product_offering_id,
    "characteristics": lambda line: _characteristics_text(line[0].wish.configuration),
    "level": lambda line: line[0].level.value,
    "state": lambda line: line[0].state.value,
    "valid_until_utc": lambda line: line[0].valid_until,
    "offer": _of_offer(lambda offer: offer.label),
    "currency": _of_offer(lambda offer: offer.currency),
    "mrc": _of_offer(lambda offer: decimal_from_money(offer.mrc)),
    "mrc_confidence": _of_offer(_sum_trust(PriceType.RECURRING)),
    "nrc": _of_offer(lambda offer: decimal_from_money(offer.nrc)),
    "nrc_confidence": _of_offer(_sum_trust(PriceType.ONE_TIME)),
    "length_km": _of_measures(lambda measures: rounded(measures.length_km, KM_DIGITS)),
    "length_confidence": _of_measures(lambda measures: _trust(length_trust(measures))),
    "rtt_ms": _of_measures(_rtt_ms),
    "rtt_confidence": _of_measures(lambda measures: _trust(latency_trust(measures))),
    "availability": _of_measures(lambda measures: rounded(measures.availability, _SHARE_DIGITS)),
    "availability_confidence": _of_measures(lambda measures: _trust(availability_trust(measures))),
    "lead_days": _of_offer(lambda offer: offer.installation_days),
    "lead_days_confidence": _of_offer(lambda offer: lead_time_trust(offer.plan).value),
}

QUOTES: TableForm[Quote, tuple[Quote, QuoteOffer | None]] = TableForm(
    lines=_quote_lines, columns=_QUOTE_COLUMNS
)
"""What a buyer may see: nothing of who earns what."""

QUOTES_WITH_SHARES: TableForm[Quote, tuple[Quote, QuoteOffer | None]] = TableForm(
    lines=_quote_lines, columns={**_QUOTE_COLUMNS, "shares": _of_offer(_shares)}
)


def quote_form(*, shares: bool) -> TableForm[Quote, tuple[Quote, QuoteOffer | None]]:
    """How quotes stand in a table, with what each operator earns or without."""
    return QUOTES_WITH_SHARES if shares else QUOTES


QUALIFICATIONS: TableForm[Qualification, Qualification] = TableForm(
    lines=itself,
    columns={
        "qualification": lambda one: one.qualification_id,
        "external_id": lambda one: one.external_id,
        "buyer": lambda one: one.buyer_id,
        "offering": lambda one: one.wish.product_offering_id,
        "confidence": lambda one: one.confidence.value,
        "length_km": _of_answer(lambda measures: rounded(measures.length_km, KM_DIGITS)),
        "length_confidence": _of_answer(lambda measures: _trust(length_trust(measures))),
        "rtt_ms": _of_answer(_rtt_ms),
        "rtt_confidence": _of_answer(lambda measures: _trust(latency_trust(measures))),
        "availability": _of_answer(lambda measures: rounded(measures.availability, _SHARE_DIGITS)),
        "availability_confidence": _of_answer(
            lambda measures: _trust(availability_trust(measures))
        ),
        "lead_days": lambda one: one.installation_days,
        "lead_days_confidence": lambda one: _trust(days_trust(one.installation_days)),
        "guaranteed_until": lambda one: one.guaranteed_until,
    },
)

ORDERS: TableForm[ProductOrder, tuple[ProductOrder, LegOrder]] = TableForm(
    lines=_order_lines,
    columns={
        "order": lambda line: line[0].product_order_id,
        "external_id": lambda line: line[0].external_id,
        "buyer": lambda line: line[0].buyer_id,
        "quote": lambda line: line[0].quote_id,
        "product": lambda line: line[0].product_id,
        "action": lambda line: line[0].action.value,
        "order_state": lambda line: line[0].state.value,
        "leg": lambda line: line[1].leg.name,
        "operator": lambda line: line[1].leg.operator_id,
        "a_site": lambda line: line[1].leg.a_site_id,
        "z_site": lambda line: line[1].leg.z_site_id,
        "side": lambda line: line[1].leg.side.value,
        "work": lambda line: line[1].leg.work,
        "after": lambda line: LIST_SEPARATOR.join(line[1].leg.after),
        "state": lambda line: line[1].state.value,
        "due_on": lambda line: line[1].due_on,
        "jeopardy": lambda line: line[1].jeopardy,
    },
)


def legs_form(
    operator_id: OperatorId,
) -> TableForm[ProductOrder, tuple[ProductOrder, LegOrder]]:
    """What an operator must do for an order: its own legs, and nothing of buyers or prices.

    The columns are those that ``order leg --from`` reads: the operator fills in ``event`` and
    ``why`` and sends the table back. Legs of others that it waits for are counted, not named.
    """
    viewer = Viewer(operator_id=operator_id)
    told = {name: ORDERS.columns[name] for name in _TOLD_OF_LEGS}
    return TableForm(
        lines=lambda order: [(order, leg) for leg in visible_legs(order, viewer)],
        columns={
            "order": ORDERS.columns["order"],
            "leg": ORDERS.columns["leg"],
            "event": _left_empty,
            "why": _left_empty,
            **told,
            "after": lambda line: _after(*line, viewer=viewer),
        },
    )


def _left_empty(_line: object) -> None:
    """A cell for the operator to fill in."""


def _after(order: ProductOrder, leg: LegOrder, *, viewer: Viewer) -> str:
    """What a leg waits for: own legs by name, others by their number."""
    own = {each.leg.name for each in visible_legs(order, viewer)}
    named = [name for name in leg.leg.after if name in own]
    others = len(leg.leg.after) - len(named)
    return LIST_SEPARATOR.join((*named, *([f"{others} of others"] if others else [])))


_TOLD_OF_LEGS = (
    *("operator", "a_site", "z_site", "side", "work", "after", "state", "due_on", "jeopardy"),
)

PARTIES: TableForm[Party, Party] = TableForm(
    lines=itself,
    columns={
        "party": lambda party: party.party_id,
        "name": lambda party: party.name,
        "kind": lambda party: party.kind.value,
        "segment": lambda party: party.segment.value,
        "country": lambda party: party.country,
        "currency": lambda party: party.currency,
        "role": lambda party: party.role.value,
        "sponsor": lambda party: party.sponsor_id,
    },
)
"""The columns of ``party add``, so that a list is also a file to add from."""

PRODUCTS: TableForm[Product, Product] = TableForm(
    lines=itself,
    columns={
        "product": lambda product: product.product_id,
        "offering": lambda product: product.product_offering_id,
        "buyer": lambda product: product.buyer_id,
        "payer": lambda product: product.payer_id,
        "seller": lambda product: product.seller_id,
        "state": lambda product: product.state.value,
        "order": lambda product: product.product_order_id,
        "active_from_utc": lambda product: product.active_from,
        "active_until_utc": lambda product: product.active_until,
        "length_km": lambda product: rounded(product.plan.measures.length_km, KM_DIGITS),
        "length_confidence": lambda product: _trust(length_trust(product.plan.measures)),
        "characteristics": lambda product: _characteristics_text(product.configuration),
    },
)

HOPS: TableForm[TraceHop, TraceHop] = TableForm(
    lines=itself,
    columns={
        "layer": lambda hop: hop.depth,
        "side": lambda hop: hop.side.value,
        "hop": lambda hop: hop.hop,
        "resource": lambda hop: hop.resource_id,
        "name": _of_resource(lambda there: there.name),
        "kind": _of_resource(lambda there: there.kind.value),
        "operator": _of_resource(lambda there: there.operator_id),
        "units": lambda hop: " ".join(map(str, hop.units)),
        "gap_before": lambda hop: None if hop.gap_before is None else " to ".join(hop.gap_before),
    },
)

RIDERS: TableForm[ToldRider, ToldRider] = TableForm(
    lines=itself,
    columns={
        "layer": lambda each: each.rider.depth,
        "rider": lambda each: each.rider.rider_id,
        "what": lambda each: each.rider.what,
        "record": lambda each: each.record or None,
        "buyer": lambda each: each.buyer_id,
        "a_site": lambda each: each.a_site or None,
        "z_site": lambda each: each.z_site or None,
        "sides": lambda each: LIST_SEPARATOR.join(side.value for side in each.sides) or None,
        "protected": lambda each: _yes_no(each.is_protected),
    },
)

LOG: TableForm[LogEntry, LogEntry] = TableForm(
    lines=itself,
    columns={
        "entry": lambda entry: entry.entry_id,
        "at_utc": lambda entry: entry.deed.at,
        "who": lambda entry: entry.deed.who,
        "action": lambda entry: entry.action,
        "subject_kind": lambda entry: entry.subject_kind,
        "subject": lambda entry: entry.subject_id,
        "state_before": lambda entry: entry.state_before,
        "state_after": lambda entry: entry.state_after,
        "why": lambda entry: entry.deed.why,
        "detail": lambda entry: entry.detail,
    },
)


def table_from_offerings(answer: OfferingsAnswer) -> Table:
    """What is sold on a day, a line for each offering, or for each price of one that has some."""
    header = (
        *("offering", "name", "product", "sellers", "segments", "places", "price", "kind"),
        *("currency", "amount", "unit", "confidence"),
    )
    rows: list[tuple[TableCell, ...]] = []
    for offering in answer.offerings:
        start = (
            offering.product_offering_id,
            offering.name,
            offering.product_specification_id,
            LIST_SEPARATOR.join(offering.operator_ids),
            LIST_SEPARATOR.join(segment.value for segment in offering.segments),
            LIST_SEPARATOR.join((*offering.regions, *offering.site_ids)),
        )
        prices: list[tuple[TableCell, ...]] = [
            (
                price.name,
                price.price_type.value,
                price.currency,
                price.amount,
                price.unit_of_measure.value,
                price.provenance.confidence.value,
            )
            for price in answer.prices(offering)
        ]
        trusts = answer.price_trusts(offering)
        unpriced = (*(None,) * 5, weakest(trusts).value if trusts else None)
        rows += [(*start, *price) for price in prices or [unpriced]]
    return Table(header=header, rows=tuple(rows))
