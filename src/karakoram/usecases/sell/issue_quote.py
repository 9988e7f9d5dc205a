"""What does it cost, in up to three ways, and what is held until the word expires?"""

from dataclasses import dataclass, replace
from datetime import timedelta

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId, OfferId, PartyId, ProductId, QuoteId
from karakoram.sales.catalogue.offerings import ProductOffering
from karakoram.sales.change_log import Deed
from karakoram.sales.feasibility.questions import Feasible
from karakoram.sales.plans import PlanLabel, Refusal, ServicePlan
from karakoram.sales.products import Product, ProductState
from karakoram.sales.promises import promises_at_risk
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import (
    QUOTE_LIFE,
    Quote,
    QuoteEvent,
    QuoteLevel,
    QuoteOffer,
    QuoteState,
)
from karakoram.sales.reservations import Holder, claimants, claims_of_plan
from karakoram.usecases.sell.expire_quotes import read_cleared, release_expired
from karakoram.usecases.sell.lost_races import retry_when_taken
from karakoram.usecases.sell.sales_action import (
    Change,
    Request,
    buyer_of,
    done_before,
    known_record,
    log_change,
    remember,
    wished,
)
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter
from karakoram.usecases.sell.selling import Planned, Selling, planned

VALID_DAYS = 30
VALID_DAYS_MAX = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteWish:
    """What a quote is asked for."""

    wish: Wish
    level: QuoteLevel = QuoteLevel.FIRM
    valid_days: int = VALID_DAYS
    product_id: ProductId | None = None
    """The product to be changed; ``None`` for a new one."""

    def __post_init__(self) -> None:
        checked_days(self.valid_days)


def checked_days(days: int) -> int:
    """The days, for which a quote may hold.

    Raises
    ------
    ValueError
        If it may not hold so long.
    """
    if not 1 <= days <= VALID_DAYS_MAX:
        raise ValueError(f"valid_days must be 1 to {VALID_DAYS_MAX}, got {days}")
    return days


def issue_quote(
    asked: QuoteWish, *, buyer_id: PartyId, external_id: ExternalId, deed: Deed, selling: Selling
) -> Quote:
    """The quote: offers with charges, or why there are none; a firm one holds what it needs.

    Raises
    ------
    NotFoundError, InvalidDataError
        If buyer, offering or product are unknown, or values are wrong.
    RefusedError
        With code ``product-not-active`` where the product cannot be changed now,
        ``external-id-reused``, or as of :func:`karakoram.sales.wishes.feasibility_question`.
    TakenError
        With code ``no-room-left`` where others took what was found, each time that it was planned.
    """
    request = Request(
        action="quote.issue",
        buyer_id=buyer_id,
        external_id=external_id,
        content={
            **wished(asked.wish),
            "level": asked.level.value,
            "valid_days": asked.valid_days,
            "product": asked.product_id or "",
        },
        deed=deed,
    )
    return retry_when_taken(
        lambda: _try_quote(asked, request, selling=selling),
        where=asked.wish.product_offering_id,
        alternatives=lambda: _still_there(asked, request, selling=selling),
    )


def _still_there(asked: QuoteWish, request: Request, *, selling: Selling) -> tuple[str, ...]:
    """What would help, by a plan on what is free after all that."""
    answer = _planned_now(asked, request, selling=selling).answer
    if isinstance(answer, Feasible):
        return tuple(f"ask again: {each.label.value} has room now" for each in answer.plans)
    return tuple(way for reason in answer.reasons for way in reason.alternatives)


def _try_quote(asked: QuoteWish, request: Request, *, selling: Selling) -> Quote:
    """Plan on what is free now, and write the quote if it is free still."""
    before = selling.store.read(lambda tx: done_before(tx, request))
    if before is not None:
        return selling.store.read(lambda tx: known_record(tx, Quote, before))
    found = _planned_now(asked, request, selling=selling)
    quote = _quote(asked, found, request=request, selling=selling)
    return selling.store.write(lambda tx: _write_quote(tx, quote, request, selling=selling))


def _planned_now(asked: QuoteWish, request: Request, *, selling: Selling) -> Planned:
    return read_cleared(
        lambda tx: _planned(tx, asked, request, selling=selling),
        deed=request.deed,
        store=selling.store,
        ids=selling.ids,
    )


def _planned(tx: SalesReader, asked: QuoteWish, request: Request, *, selling: Selling) -> Planned:
    """What planning says; a product that would be changed may give its own units."""
    product = None if asked.product_id is None else known_record(tx, Product, asked.product_id)
    return planned(
        tx,
        selling,
        asked.wish,
        buyer=buyer_of(tx, request.buyer_id),
        on_day=request.deed.at.date(),
        product=product,
    )


def _quote(asked: QuoteWish, found: Planned, *, request: Request, selling: Selling) -> Quote:
    answer, now = found.answer, request.deed.at
    state = QUOTE_LIFE.next_state(QUOTE_LIFE.first, QuoteEvent.START)
    offers: tuple[QuoteOffer, ...] = ()
    reasons: tuple[Refusal, ...] = ()
    if isinstance(answer, Feasible):
        offers = _offers(answer, found.question.offering, selling=selling)
        is_firm = asked.level is QuoteLevel.FIRM
        event = QuoteEvent.APPROVE if is_firm else QuoteEvent.ANSWER
    else:
        reasons, event = answer.reasons, QuoteEvent.FIND_NO_WAY
    return Quote(
        quote_id=QuoteId(selling.ids.new_id()),
        buyer_id=request.buyer_id,
        external_id=request.external_id,
        seller_id=found.question.seller_id,
        level=asked.level,
        state=QUOTE_LIFE.next_state(state, event),
        wish=replace(asked.wish, configuration=found.question.configuration),
        offers=offers,
        reasons=reasons,
        made_at=now,
        valid_until=now + timedelta(days=asked.valid_days),
        product_id=asked.product_id,
    )


def _offers(
    answer: Feasible, offering: ProductOffering, *, selling: Selling
) -> tuple[QuoteOffer, ...]:
    """One offer for each different way; one that earns several labels bears them all."""
    by_way: dict[object, tuple[list[PlanLabel], ServicePlan]] = {}
    for each in answer.plans:
        labels, _ = by_way.setdefault(_way(each.plan), ([], each.plan))
        labels.append(each.label)
    return tuple(
        QuoteOffer(
            offer_id=OfferId(selling.ids.new_id()),
            labels=tuple(labels),
            plan=plan,
            currency=plan.charges[0].amount.currency if plan.charges else "USD",
            remarks=answer.remarks
            + promises_at_risk(plan.measures, offering=offering, catalogue=selling.catalogue),
        )
        for labels, plan in by_way.values()
    )


def _way(plan: ServicePlan) -> object:
    """What two plans are alike by: sites passed, and all that is claimed of what stands."""
    new = {each.resource_id for each in plan.connections}
    return plan.ways, tuple(
        (each.resource_id, each.units) for each in plan.claims if each.resource_id not in new
    )


def _write_quote(tx: SalesWriter, quote: Quote, request: Request, *, selling: Selling) -> Quote:
    """Write the quote, and reserve what a firm one needs."""
    again = done_before(tx, request)
    if again is not None:
        return known_record(tx, Quote, again)
    _check_change(tx, quote)
    release_expired(tx, selling.ids, deed=request.deed)
    if quote.state is QuoteState.ORDERABLE:
        quote = _reserve_offers(tx, quote, selling=selling)
    tx.add(quote)
    remember(tx, request, quote.quote_id)
    change = Change(
        action=request.action,
        subject_kind="quote",
        subject_id=quote.quote_id,
        state_after=quote.state.value,
        detail=", ".join(reason.code for reason in quote.reasons),
    )
    log_change(tx, selling.ids, deed=request.deed, change=change)
    return quote


def _check_change(tx: SalesWriter, quote: Quote) -> None:
    """A quote for a change is for an active product of the same buyer."""
    if quote.product_id is None:
        return
    product = known_record(tx, Product, quote.product_id)
    if product.buyer_id != quote.buyer_id or product.state is not ProductState.ACTIVE:
        raise RefusedError(
            f"product {product.product_id} is {product.state.value}; only an active product of "
            "the buyer itself can be changed",
            code="product-not-active",
            where=product.product_id,
            alternatives=("ask for a new product",),
        )


def _reserve_offers(tx: SalesWriter, quote: Quote, *, selling: Selling) -> Quote:
    """Hold each offer's units; an offer for which none is left beside the first falls away."""
    product = None if quote.product_id is None else known_record(tx, Product, quote.product_id)
    own = () if product is None else tx.claims_of(claimants(product.plan, product.product_id))
    kept: list[QuoteOffer] = []
    for offer in quote.offers:
        claims = claims_of_plan(
            offer.plan,
            Holder(claimant_id=offer.offer_id, until=quote.valid_until),
            new_id=selling.ids.new_id,
            own=own,
        )
        needed = {each.resource_id: 0 for each in claims}
        for each in claims:
            needed[each.resource_id] |= each.units
        there = tx.resources_by_id(needed)
        if kept and any(each.taken & needed[each.resource_id] for each in there):
            continue
        tx.add_resources(offer.plan.connections)
        tx.add_claims(claims)
        kept.append(offer)
    return replace(quote, offers=tuple(kept))
