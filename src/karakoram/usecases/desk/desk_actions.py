"""Which action of the sales desk is done for each row of a file, at once or as a job?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from karakoram.core.identifiers import OperatorId
from karakoram.sales.change_log import Deed
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.jobs import JobKind
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.plans import Refusal
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification, ServiceabilityConfidence
from karakoram.sales.quotes import Quote
from karakoram.usecases.action_rows import ReadRow
from karakoram.usecases.desk.desk_rows import (
    ALL_LEGS,
    CancelRow,
    CeaseRow,
    CloseRow,
    DeclineRow,
    LegRow,
    OrderRow,
    PartyRow,
    QualifyRow,
    QuoteRow,
    RestRow,
    RowT,
    quote_wish_of_row,
    wish_of_row,
)
from karakoram.usecases.multiplex.open_containers import close_container
from karakoram.usecases.sell.advance_leg import advance_leg, advance_legs, cancel_order
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.end_product import cease_product, resume_product, suspend_product
from karakoram.usecases.sell.issue_quote import issue_quote
from karakoram.usecases.sell.own_legs import check_own_leg
from karakoram.usecases.sell.place_order import place_order
from karakoram.usecases.sell.qualify_product import qualify_product
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.sell.sales_ports import IdSource, SalesStore
from karakoram.usecases.sell.selling import Selling

DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Desk:
    """What the actions of the desk are done with."""

    store: SalesStore
    ids: IdSource
    planning: Selling | None = None
    """Where the action plans or prices."""
    legs_of: OperatorId | None = None
    """The operator whose word the rows are; ``None`` for our own."""

    @property
    def selling(self) -> Selling:
        """What plans and prices, on the store of the desk."""
        assert self.planning is not None, "an action that plans is given what it plans with"
        return replace(self.planning, store=self.store)


def _no_reason(_answer: object) -> tuple[Refusal, ...]:
    return ()


def _is_never_no(_answer: object) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAction(Generic[RowT, DoneT]):
    """One action, done for each row by itself; what its last transaction gives is its answer."""

    kind: JobKind
    row_type: type[RowT]
    answer_type: type[DoneT]
    act: Callable[[ReadRow[RowT], Deed, Desk], DoneT]
    is_planned: bool = False
    """Whether it plans or prices."""
    is_wanted: Callable[[RowT], bool] = lambda _row: True
    """Whether the row asks for anything at all."""
    is_no: Callable[[DoneT], bool] = _is_never_no
    """Whether an answer is no."""
    reasons: Callable[[DoneT], tuple[Refusal, ...]] = _no_reason
    """Why an answer is what it is."""


def _qualify(row: ReadRow[QualifyRow], deed: Deed, desk: Desk) -> Qualification:
    return qualify_product(
        wish_of_row(row),
        buyer_id=row.record.buyer,
        external_id=row.record.external_id,
        deed=deed,
        selling=desk.selling,
    )


def _quote(row: ReadRow[QuoteRow], deed: Deed, desk: Desk) -> Quote:
    return issue_quote(
        quote_wish_of_row(row),
        buyer_id=row.record.buyer,
        external_id=row.record.external_id,
        deed=deed,
        selling=desk.selling,
    )


def _decline(row: ReadRow[DeclineRow], deed: Deed, desk: Desk) -> Quote:
    asked = row.record
    return decline_quote(
        asked.quote, deed=deed, store=desk.store, ids=desk.ids, external_id=asked.external_id
    )


def _order(row: ReadRow[OrderRow], deed: Deed, desk: Desk) -> ProductOrder:
    return place_order(
        row.record.quote,
        row.record.offer,
        buyer_id=row.record.buyer,
        external_id=row.record.external_id,
        deed=deed,
        selling=desk.selling,
    )


def _advance(row: ReadRow[LegRow], deed: Deed, desk: Desk) -> ProductOrder:
    told = row.record
    assert told.event is not None, "rows that say nothing are left out"
    if told.leg == ALL_LEGS:
        return advance_legs(
            told.order,
            told.event,
            operator_id=desk.legs_of,
            deed=deed,
            store=desk.store,
            ids=desk.ids,
        )
    if desk.legs_of is not None:
        check_own_leg(told.order, told.leg, operator_id=desk.legs_of, store=desk.store)
    return advance_leg(told.order, told.leg, told.event, deed=deed, store=desk.store, ids=desk.ids)


def _cancel(row: ReadRow[CancelRow], deed: Deed, desk: Desk) -> ProductOrder:
    asked = row.record
    return cancel_order(
        asked.order, deed=deed, store=desk.store, ids=desk.ids, external_id=asked.external_id
    )


def _register(row: ReadRow[PartyRow], deed: Deed, desk: Desk) -> Party:
    return register_party(row.record.record(), deed=deed, store=desk.store, ids=desk.ids)


def _cease(row: ReadRow[CeaseRow], deed: Deed, desk: Desk) -> ProductOrder:
    return cease_product(
        row.record.product,
        buyer_id=row.record.buyer,
        external_id=row.record.external_id,
        deed=deed,
        store=desk.store,
        ids=desk.ids,
    )


def _suspend(row: ReadRow[RestRow], deed: Deed, desk: Desk) -> Product:
    asked = row.record
    return suspend_product(
        asked.product, deed=deed, store=desk.store, ids=desk.ids, external_id=asked.external_id
    )


def _resume(row: ReadRow[RestRow], deed: Deed, desk: Desk) -> Product:
    asked = row.record
    return resume_product(
        asked.product, deed=deed, store=desk.store, ids=desk.ids, external_id=asked.external_id
    )


def _close(row: ReadRow[CloseRow], deed: Deed, desk: Desk) -> Resource:
    return close_container(row.record.container, deed=deed, store=desk.store, ids=desk.ids)


_ACTIONS: tuple[DeskAction[Any, Any], ...] = (
    DeskAction(
        kind=JobKind.QUALIFY,
        row_type=QualifyRow,
        answer_type=Qualification,
        act=_qualify,
        is_planned=True,
        is_no=lambda answer: answer.confidence is not ServiceabilityConfidence.GREEN,
        reasons=lambda answer: answer.reasons,
    ),
    DeskAction(
        kind=JobKind.QUOTE_ISSUE,
        row_type=QuoteRow,
        answer_type=Quote,
        act=_quote,
        is_planned=True,
        is_no=lambda quote: not quote.offers,
        reasons=lambda quote: quote.reasons,
    ),
    DeskAction(
        kind=JobKind.ORDER_PLACE,
        row_type=OrderRow,
        answer_type=ProductOrder,
        act=_order,
        is_planned=True,
    ),
    DeskAction(kind=JobKind.QUOTE_DECLINE, row_type=DeclineRow, answer_type=Quote, act=_decline),
    DeskAction(
        kind=JobKind.ORDER_LEG,
        row_type=LegRow,
        answer_type=ProductOrder,
        act=_advance,
        is_wanted=lambda row: row.event is not None,
    ),
    DeskAction(
        kind=JobKind.ORDER_CANCEL, row_type=CancelRow, answer_type=ProductOrder, act=_cancel
    ),
    DeskAction(kind=JobKind.PARTY_ADD, row_type=PartyRow, answer_type=Party, act=_register),
    DeskAction(kind=JobKind.SERVICE_CEASE, row_type=CeaseRow, answer_type=ProductOrder, act=_cease),
    DeskAction(kind=JobKind.SERVICE_SUSPEND, row_type=RestRow, answer_type=Product, act=_suspend),
    DeskAction(kind=JobKind.SERVICE_RESUME, row_type=RestRow, answer_type=Product, act=_resume),
    DeskAction(kind=JobKind.DXX_CLOSE, row_type=CloseRow, answer_type=Resource, act=_close),
)
DESK_ACTIONS: Mapping[JobKind, DeskAction[Any, Any]] = {each.kind: each for each in _ACTIONS}
