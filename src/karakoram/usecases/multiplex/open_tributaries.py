"""How are many tributaries of the multiplex opened at once, all of them or none?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import ExternalId, PartyId, ProductId, ProductOrderId
from karakoram.sales.catalogue_charges import priced_plan
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import configuration
from karakoram.sales.feasibility.connected import connected_plan
from karakoram.sales.feasibility.groomed import TributaryDemand, groomed
from karakoram.sales.feasibility.multiplex_clients import signal_offering, sold_signal
from karakoram.sales.feasibility.questions import FeasibilityQuestion, NotFeasible
from karakoram.sales.feasibility.site_claims import site_claims
from karakoram.sales.inventory.resources import PlannedClaim
from karakoram.sales.inventory.stock import Stock, stock_of
from karakoram.sales.order_steps import leg_orders
from karakoram.sales.orders import OrderAction, OrderState, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.plans import Refusal, ServicePlan
from karakoram.sales.qualifications import Wish
from karakoram.sales.reservations import Holder, claims_of_plan
from karakoram.sales.wishes import feasibility_question
from karakoram.usecases.sell.advance_leg import complete_order
from karakoram.usecases.sell.expire_quotes import read_cleared, release_expired
from karakoram.usecases.sell.lost_races import retry_when_taken
from karakoram.usecases.sell.sales_action import (
    Content,
    Request,
    buyer_of,
    done_before,
    known_record,
    remember,
)
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.sell.write_order import new_product, write_order

TRIBUTARIES_MAX = 10_000
"""Opened at once; each is a product with an order, or a container."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TributariesOfRow:
    """So many tributaries of one signal, as they are asked for."""

    row: int
    """As a spreadsheet counts; 1 where there is no list."""
    signal: str
    a_site: str
    z_site: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TributariesAsked:
    """What is to be opened."""

    rows: tuple[TributariesOfRow, ...]
    is_connected: bool = False
    """Whether the cross-connects are set already: the products are active at once."""

    @property
    def content(self) -> Content:
        """What is asked, wherever its rows stand in a table."""
        return {
            "is_connected": int(self.is_connected),
            "rows": [(row.signal, row.a_site, row.z_site, row.count) for row in self.rows],
        }

    def __post_init__(self) -> None:
        total = sum(row.count for row in self.rows)
        if not 1 <= total <= TRIBUTARIES_MAX or any(row.count < 1 for row in self.rows):
            raise ValueError(
                f"1 to {TRIBUTARIES_MAX:,} tributaries are opened at once, not {total}"
            )


def open_tributaries(
    asked: TributariesAsked,
    *,
    buyer_id: PartyId,
    external_id: ExternalId,
    deed: Deed,
    selling: Selling,
) -> tuple[ProductOrder, ...] | NotFeasible:
    """The order of each tributary, in the order of the rows; or why not all of them can be had.

    All are groomed together and written in one step. The order of the n-th bears the name of the
    request with ``/n`` behind it.

    Parameters
    ----------
    asked
        Rows of signals and sites.
    buyer_id
        Who buys.
    external_id
        Under which name of its own.
    deed
        Who does it, when and why.
    selling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If nobody is registered under the buyer's identifier.
    InvalidDataError
        With every row that names no signal that is sold, or no two sites.
    RefusedError
        With code ``not-eligible`` where the buyer may not have something, or
        ``external-id-reused``.
    TakenError
        With code ``no-room-left`` where others took what was found, each time that it was planned.
    """
    request = Request(
        action="dxx.open",
        buyer_id=buyer_id,
        external_id=external_id,
        content=asked.content,
        deed=deed,
    )
    return retry_when_taken(
        lambda: _try_opening(asked, request, selling=selling), where=external_id
    )


def _try_opening(
    asked: TributariesAsked, request: Request, *, selling: Selling
) -> tuple[ProductOrder, ...] | NotFeasible:
    """Plan on what is free now, and write it if it is free still."""
    again = selling.store.read(lambda tx: _opened_before(tx, asked, request))
    if again is not None:
        return again
    buyer = selling.store.read(lambda tx: buyer_of(tx, request.buyer_id))
    questions = _questions(asked, buyer, on_day=request.deed.at.date(), selling=selling)
    plans = read_cleared(
        lambda tx: _plans(tx, questions, selling=selling),
        deed=request.deed,
        store=selling.store,
        ids=selling.ids,
    )
    if isinstance(plans, NotFeasible):
        return plans

    def write(tx: SalesWriter) -> tuple[ProductOrder, ...]:
        written = _opened_before(tx, asked, request)
        if written is not None:
            return written
        release_expired(tx, selling.ids, deed=request.deed)
        orders = tuple(
            _write_tributary(
                tx,
                plan,
                (question, buyer),
                request=numbered(request, number),
                selling=selling,
            )
            for number, (question, plan) in enumerate(plans, start=1)
        )
        remember(tx, request, orders[0].product_order_id)
        if not asked.is_connected:
            return orders
        return tuple(
            complete_order(tx, order, deed=request.deed, ids=selling.ids) for order in orders
        )

    return selling.store.write(write)


def numbered(request: Request, number: int) -> Request:
    """The same request for one of its tributaries."""
    return replace(request, external_id=ExternalId(f"{request.external_id}/{number}"))


def _opened_before(
    tx: SalesReader, asked: TributariesAsked, request: Request
) -> tuple[ProductOrder, ...] | None:
    """The orders that the same request gave before; ``None`` where it is new.

    Raises
    ------
    RefusedError
        With code ``external-id-reused`` where one of its names is used for something else.
    """
    is_new = done_before(tx, request) is None
    total = sum(row.count for row in asked.rows)
    known = [done_before(tx, numbered(request, number + 1)) for number in range(total)]
    if is_new:
        return None
    return tuple(known_record(tx, ProductOrder, each) for each in known if each is not None)


def _questions(
    asked: TributariesAsked, buyer: Party, *, on_day: date, selling: Selling
) -> tuple[tuple[FeasibilityQuestion, int], ...]:
    """What each row asks for, and how often.

    Raises
    ------
    InvalidDataError
        With everything that is wrong in any row.
    RefusedError
        Of the first row that the buyer may not have.
    """
    findings: list[Finding] = []
    questions: list[tuple[FeasibilityQuestion, int]] = []
    for row in asked.rows:
        try:
            question = _question(row, buyer, on_day=on_day, selling=selling)
            questions.append((question, row.count))
        except InvalidDataError as bad:
            findings += (_in_row(each, row) for each in bad.findings)
        except NotFoundError as unknown:
            findings.append(_in_row(_finding("unknown-signal", "signal", str(unknown)), row))
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(questions)


def _question(
    row: TributariesOfRow, buyer: Party, *, on_day: date, selling: Selling
) -> FeasibilityQuestion:
    sold = signal_offering(row.signal, catalogue=selling.catalogue, on_day=on_day)
    wish = Wish(
        product_offering_id=sold.product_offering_id,
        configuration=configuration(
            {**sold.values, "a_site": row.a_site, "z_site": row.z_site, "protection": "none"}
        ),
    )
    return feasibility_question(
        wish,
        buyer,
        catalogue=selling.catalogue,
        network=selling.network,
        on_day=on_day,
    )


def _in_row(finding: Finding, row: TributariesOfRow) -> Finding:
    place = replace(finding.place, table="tributaries", record=row.signal, row=row.row)
    return replace(finding, place=place)


def _finding(code: str, field: str, message: str) -> Finding:
    return Finding(code=code, place=Place(table="tributaries", field=field), message=message)


def _plans(
    tx: SalesReader,
    questions: Sequence[tuple[FeasibilityQuestion, int]],
    *,
    selling: Selling,
) -> tuple[tuple[FeasibilityQuestion, ServicePlan], ...] | NotFeasible:
    """The priced plan of every tributary, all groomed together; or every reason why not."""
    resources = tx.resources()
    stock = stock_of(resources, tx.claims_on(each.resource_id for each in resources))
    each_one = [question for question, count in questions for _ in range(count)]
    at_sites, stock, refusals = _at_sites(each_one, stock)
    found = groomed([_demand(question, count) for question, count in questions], stock=stock)
    reasons = [*refusals, *(each for each in found if isinstance(each, Refusal))]
    if reasons:
        return NotFeasible(reasons=tuple(reasons))
    ways = [each for each in found if not isinstance(each, Refusal)]
    return tuple(
        (
            question,
            priced_plan(
                connected_plan(question, [way], (*here, *way.claims)), question, selling.catalogue
            ),
        )
        for question, here, way in zip(each_one, at_sites, ways, strict=True)
    )


def _demand(question: FeasibilityQuestion, count: int) -> TributaryDemand:
    z_site_id = question.z_site_id
    assert z_site_id is not None, "a tributary has two ends"
    return TributaryDemand(
        signal=sold_signal(question.configuration.by_name).name,
        a_site_id=question.a_site_id,
        z_site_id=z_site_id,
        count=count,
    )


def _at_sites(
    questions: Iterable[FeasibilityQuestion], stock: Stock
) -> tuple[list[tuple[PlannedClaim, ...]], Stock, list[Refusal]]:
    """What each takes at its sites, the stock then, and why some find nothing there."""
    taken: list[tuple[PlannedClaim, ...]] = []
    refusals: dict[Refusal, None] = {}
    for question in questions:
        claims, reasons = site_claims(question, stock)
        refusals |= dict.fromkeys(reasons)
        stock = stock.with_plan(claims)
        taken.append(claims)
    return taken, stock, list(refusals)


def _write_tributary(
    tx: SalesWriter,
    plan: ServicePlan,
    of: tuple[FeasibilityQuestion, Party],
    *,
    request: Request,
    selling: Selling,
) -> ProductOrder:
    """Write one tributary: its claims, its order, its product."""
    question, buyer = of
    ids, deed = selling.ids, request.deed
    product_id = ProductId(ids.new_id())
    order = ProductOrder(
        product_order_id=ProductOrderId(ids.new_id()),
        buyer_id=request.buyer_id,
        external_id=request.external_id,
        seller_id=question.seller_id,
        action=OrderAction.ADD,
        product_id=product_id,
        plan=plan,
        configuration=question.configuration,
        legs=leg_orders(plan.legs, from_day=deed.at.date(), new_id=ids.new_id),
        state=OrderState.ACKNOWLEDGED,
        made_at=deed.at,
    )
    product = new_product(order, question.offering.product_offering_id, buyer=buyer)
    tx.add_claims(claims_of_plan(plan, Holder(claimant_id=product_id), new_id=ids.new_id))
    write_order(tx, order, product, origin=f"by {request.action}", request=request, ids=ids)
    return order
