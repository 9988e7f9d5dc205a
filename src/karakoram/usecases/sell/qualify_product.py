"""Can the buyer have this product here: green, yellow or red, and why?"""

from datetime import timedelta

from karakoram.core.identifiers import ExternalId, PartyId, ProductId, QualificationId
from karakoram.sales.change_log import Deed
from karakoram.sales.feasibility.questions import Feasible
from karakoram.sales.products import Product
from karakoram.sales.promises import promises_at_risk
from karakoram.sales.qualifications import Qualification, ServiceabilityConfidence, Wish
from karakoram.sales.wishes import with_site_ids
from karakoram.usecases.sell.expire_quotes import read_cleared
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
from karakoram.usecases.sell.sales_ports import SalesWriter
from karakoram.usecases.sell.selling import Planned, Selling, planned

GUARANTEE_DAYS = 30
"""Days for which prices and offer hold after a qualification; assumed, a usual term."""


def qualify_product(
    wish: Wish,
    *,
    buyer_id: PartyId,
    external_id: ExternalId,
    deed: Deed,
    selling: Selling,
    product_id: ProductId | None = None,
) -> Qualification:
    """The answer to a wish, by really planning it; nothing is reserved.

    Where a product is named, it is to be changed, and may give its own units for it.

    Green: all is there and free. Yellow: something must be built first, or asking a little
    differently would help. Red: it cannot be had. A promise that would not be kept, as computed, is
    among the reasons whatever the colour.

    Raises
    ------
    NotFoundError, InvalidDataError, RefusedError
        If buyer, offering or product are unknown, values are wrong, or the buyer may not have it.
    """
    request = Request(
        action="qualification.make",
        buyer_id=buyer_id,
        external_id=external_id,
        content={**wished(wish), **({} if product_id is None else {"product": product_id})},
        deed=deed,
    )
    before = selling.store.read(lambda tx: done_before(tx, request))
    if before is not None:
        return selling.store.read(lambda tx: known_record(tx, Qualification, before))
    wish = with_site_ids(wish, catalogue=selling.catalogue, network=selling.network)
    found = read_cleared(
        lambda tx: planned(
            tx,
            selling,
            wish,
            buyer=buyer_of(tx, buyer_id),
            on_day=deed.at.date(),
            product=None if product_id is None else known_record(tx, Product, product_id),
        ),
        deed=deed,
        store=selling.store,
        ids=selling.ids,
    )
    made = _qualification(found, wish, request=request, selling=selling)

    def write(tx: SalesWriter) -> Qualification:
        again = done_before(tx, request)
        if again is not None:
            return known_record(tx, Qualification, again)
        tx.add(made)
        remember(tx, request, made.qualification_id)
        change = Change(
            action=request.action,
            subject_kind="qualification",
            subject_id=made.qualification_id,
            state_after=made.confidence.value,
        )
        log_change(tx, selling.ids, deed=deed, change=change)
        return made

    return selling.store.write(write)


def _qualification(
    found: Planned, wish: Wish, *, request: Request, selling: Selling
) -> Qualification:
    answer, now = found.answer, request.deed.at
    if isinstance(answer, Feasible):
        best = answer.plans[0].plan
        green, yellow = ServiceabilityConfidence.GREEN, ServiceabilityConfidence.YELLOW
        reasons = answer.remarks + promises_at_risk(
            best.measures, offering=found.question.offering, catalogue=selling.catalogue
        )
        confidence = yellow if answer.remarks else green
        measures, days = best.measures, best.installation_days
        until = now.date() + timedelta(days=GUARANTEE_DAYS)
    else:
        helps = any(reason.alternatives for reason in answer.reasons)
        red, yellow = ServiceabilityConfidence.RED, ServiceabilityConfidence.YELLOW
        confidence = yellow if helps else red
        reasons, measures, days, until = answer.reasons, None, None, None
    return Qualification(
        qualification_id=QualificationId(selling.ids.new_id()),
        buyer_id=request.buyer_id,
        external_id=request.external_id,
        wish=wish,
        confidence=confidence,
        reasons=reasons,
        measures=measures,
        installation_days=days,
        made_at=now,
        guaranteed_until=until,
    )
