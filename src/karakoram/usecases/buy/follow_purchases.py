"""How far are the legs that are bought, there and here, and are the two brought into step?

One step at a time, each written before the next is asked for: whoever is interrupted goes on where
it was, and nothing is ordered, called off or ended twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import ProductOrderId, PurchaseId
from karakoram.sales.change_log import Deed
from karakoram.sales.order_steps import leg_named
from karakoram.sales.orders import (
    OPEN_ORDER_STATES,
    LegOrder,
    LegState,
    OrderAction,
    ProductOrder,
)
from karakoram.sales.partner_words import ENDED, PartnerOrderState, leg_state, next_leg_event
from karakoram.sales.plans import Refusal
from karakoram.sales.purchases import Purchase, PurchaseEvent, PurchaseState
from karakoram.usecases.buy.buy_legs import accepted, placed, quoted
from karakoram.usecases.buy.change_purchases import (
    cease_order,
    changed_over,
    check_price_back,
    is_wanted,
    settled,
)
from karakoram.usecases.buy.jeopardies import is_due, is_over, jeopardy, tried_again
from karakoram.usecases.buy.partner_checks import (
    ORDERABLE,
    PRODUCT_ENDED,
    PRODUCT_UP,
    QUOTE_AT_WORK,
    check_cease,
    check_order,
    check_product,
)
from karakoram.usecases.buy.partner_legs import Bought, Buying, finding_of, moved, written
from karakoram.usecases.buy.partner_ports import (
    OrderAsked,
    Partner,
    PartnerError,
    PartnerSilentError,
)
from karakoram.usecases.buy.purchases_to_follow import to_follow
from karakoram.usecases.sell.advance_leg import advance_leg
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader

_STEPS_MAX = 8
"""More than lead from any state to an end; what still moves then waits for the next time."""
_S, _E, _P = PurchaseState, PurchaseEvent, PartnerOrderState
_ENDS: Mapping[PartnerOrderState, PurchaseEvent] = {
    _P.COMPLETED: _E.COMPLETE,
    _P.REJECTED: _E.REFUSE,
    _P.CANCELLED: _E.CANCEL,
    _P.FAILED: _E.FAIL,
    _P.PARTIAL: _E.FAIL,
}
"""What the end of a partner's order does to the purchase."""
_WERE_UP = frozenset({_S.ACTIVE, _S.CEASING, _S.ENDED, _S.CEASED, _S.CHANGED, _S.SETTLED})


def follow_purchases(
    order_id: ProductOrderId | None = None, *, buying: Buying, deed: Deed
) -> Bought:
    """The open purchases, of one order or of all, after both sides are in step.

    What a partner tells of its order happens to our leg; what is no longer wanted here is declined,
    called off or ended there.

    Parameters
    ----------
    order_id
        Our order; ``None`` for all.
    buying
        Store and partners.
    deed
        Who looks, when and why.
    """
    followed: dict[PurchaseId, Purchase] = {}
    findings: list[Finding] = []
    while new := [each for each in to_follow(order_id, buying) if each not in followed]:
        for each in new:
            purchase = buying.store.read(lambda tx, each=each: known_record(tx, Purchase, each))  # type: ignore[misc]
            follower = Follower(purchase, buying=buying, deed=deed)
            try:
                follower.follow()
            except RefusedError as error:
                findings.append(
                    finding_of(error, operator_id=purchase.operator_id, leg=purchase.leg)
                )
            followed[each] = follower.purchase
    return Bought(purchases=tuple(followed.values()), findings=tuple(findings))


class Follower:
    """Brings one purchase and its leg into step with the partner."""

    __slots__ = ("_buying", "_deed", "_partner", "purchase")

    def __init__(self, purchase: Purchase, *, buying: Buying, deed: Deed) -> None:
        """Take the purchase as it is stored."""
        self.purchase = purchase
        self._buying, self._deed = buying, deed
        partner = buying.partners.get(purchase.operator_id)
        self._partner: Partner | None = partner

    def follow(self) -> None:
        """Take steps until nothing moves.

        Raises
        ------
        RefusedError
            What the partner could not or would not do, or said that cannot be.
        """
        for _ in range(_STEPS_MAX):
            before = self.purchase
            self._tell_leg()
            self._step(is_wanted=self._buying.store.read(lambda tx: is_wanted(tx, self.purchase)))
            if self.purchase == before:
                break
        self._tell_leg()
        told = self._buying.store.read(lambda tx: jeopardy(tx, self.purchase))
        if told is not None:
            raise told

    def _step(self, *, is_wanted: bool) -> None:
        ways: Mapping[tuple[PurchaseState, bool], Callable[[], None]] = {
            (_S.WANTED, True): self._ask_back,
            (_S.QUOTED, True): self._accept_back,
            (_S.CHANGED, True): self._settle,
            (_S.CHANGED, False): self._settle,
            (_S.WANTED, False): self._drop,
            (_S.QUOTED, False): self._drop,
            (_S.ACCEPTED, True): self._place,
            (_S.ACCEPTED, False): self._drop_accepted,
            (_S.ORDERED, True): self._look,
            (_S.ORDERED, False): self._call_off,
            (_S.KEPT, True): self._try_again,
            (_S.KEPT, False): self._try_again,
            (_S.ACTIVE, False): self._cease,
            (_S.CEASING, False): self._end,
            (_S.CEASING, True): self._keep,
            (_S.ENDED, True): self._close,
            (_S.ENDED, False): self._close,
        }
        way = ways.get((self.purchase.state, is_wanted))
        if way is not None:
            way()

    @property
    def _there(self) -> Partner:
        if self._partner is None:
            raise RefusedError(
                f"{self.purchase.operator_id} is no partner any more, and a purchase of it is open",
                code="no-such-partner",
                where=self.purchase.purchase_id,
                alternatives=("write it into the file of partners again",),
            )
        return self._partner

    def _move(self, event: PurchaseEvent, told: Purchase) -> None:
        self.purchase = moved(self.purchase, event, buying=self._buying, deed=self._deed, told=told)

    def _write(self, told: Purchase) -> None:
        if told != self.purchase:
            self.purchase = written(
                told,
                buying=self._buying,
                deed=self._deed,
                action="purchase.hear",
                before=self.purchase,
            )

    def _come_to_nothing(self, event: PurchaseEvent, told: Purchase) -> None:
        self._move(self.purchase.event_of_nothing(event), told)

    def _reads(self, question: Callable[[SalesReader, Purchase], bool]) -> bool:
        return self._buying.store.read(lambda tx: question(tx, self.purchase))

    def _is_due(self) -> bool:
        return self._reads(lambda tx, purchase: is_due(tx, purchase, self._deed.at))

    def _try_again(self) -> None:
        """Ask anew for what takes a change back, in due time; or give it up where it is over."""
        if self._reads(is_over):
            self._move(_E.CANCEL, self.purchase)
        elif self._is_due():
            self.purchase = tried_again(self.purchase, buying=self._buying, deed=self._deed)

    def _cease(self) -> None:
        """Ask for the end; of a partner that would not, in due time."""
        if not self.purchase.reasons or self._is_due():
            self._move(_E.CEASE, replace(self.purchase, reasons=()))

    def _close(self) -> None:
        """Leave a product that has ended there, once our own order has ended as well."""
        if self._reads(is_over):
            self._move(_E.SETTLE, self.purchase)

    def _place(self) -> None:
        self.purchase = placed(self.purchase, self._there, buying=self._buying, deed=self._deed)

    def _ask_back(self) -> None:
        """Ask for the quote by which a change is taken back; others are asked for by a person."""
        if self.purchase.is_back:
            self.purchase = quoted(
                self.purchase, self._there, buying=self._buying, deed=self._deed, is_new=False
            )

    def _accept_back(self) -> None:
        if self.purchase.is_back:
            check_price_back(self.purchase, buying=self._buying)
            self.purchase = accepted(
                self.purchase, self._there, buying=self._buying, deed=self._deed
            )

    def _settle(self) -> None:
        self.purchase = settled(self.purchase, buying=self._buying, deed=self._deed)

    def _drop(self) -> None:
        """Give back what a quote holds, if there is one."""
        quote_id = self.purchase.quote_there
        if not quote_id:
            told = self._there.quote_named(self.purchase.quote_name)
            quote_id = "" if told is None else told.quote_id
        if quote_id:
            self._decline(quote_id)
        self._come_to_nothing(_E.CANCEL, self.purchase)

    def _drop_accepted(self) -> None:
        """Give back the quote, after which no order can come of it; or find the order."""
        if self._there.order_named(self.purchase.order_name) is not None:
            self._place()
        elif self._decline(self.purchase.quote_there) == "accepted":
            self._place()  # what was sent has arrived only now
        else:
            self._come_to_nothing(_E.CANCEL, self.purchase)

    def _decline(self, quote_id: str) -> str:
        """The state of a quote once it is declined, if it still can be."""
        told = self._there.quote(quote_id)
        if told.state in {ORDERABLE, "answered", *QUOTE_AT_WORK}:
            try:
                self._there.decline(quote_id, is_at_work=told.state in QUOTE_AT_WORK)
            except PartnerSilentError:
                raise
            except PartnerError:
                after = self._there.quote(quote_id)
                if after.state == told.state:
                    raise
                told = after
        return told.state

    def _look(self) -> None:
        """Hear how the order is, and take over its end."""
        told = self._there.order(self.purchase.order_there)
        state = check_order(told, self.purchase, word=self.purchase.word)
        known = replace(
            self.purchase,
            word=state.value,
            product_there=told.product_id or self.purchase.product_there,
        )
        if state not in ENDED:
            self._write(known)
            return
        if state is _P.COMPLETED:
            # An order that changes a product need not be among those that Sonata's product names.
            named = "" if known.is_change else known.order_there
            product = self._there.product(known.product_there)
            check_product(product, known, status=PRODUCT_UP, order_id=named)
            if known.is_change:
                self.purchase = changed_over(
                    self.purchase, buying=self._buying, deed=self._deed, told=known
                )
                return
            self._move(_ENDS[state], known)
        else:
            self._come_to_nothing(
                _ENDS[state], replace(known, reasons=(_reason(told.order_id, known, told.state),))
            )

    def _call_off(self) -> None:
        self._look()
        if self.purchase.state is not _S.ORDERED:
            return
        if self.purchase.word not in {_P.CANCELLING.value, _P.ASSESSING_CANCELLATION.value}:
            self._cancel(self.purchase.order_there)
        self._look()

    def _cancel(self, order_id: str) -> None:
        """Call an order off; one that has ended meanwhile is looked at instead."""
        try:
            self._there.cancel(order_id)
        except PartnerSilentError:
            raise
        except PartnerError:
            if PartnerOrderState(self._there.order(order_id).state) not in ENDED:
                raise

    def _ending(self) -> PartnerOrderState:
        """The state of the order that ends the product, which the partner has after this."""
        purchase = self.purchase
        if purchase.cease_there:
            told = self._there.order(purchase.cease_there)
        else:
            asked = OrderAsked(
                name=purchase.cease_name,
                action=OrderAction.DELETE,
                wish=purchase.wish,
                quote_id="",
                product_id=purchase.product_there,
                due_on=max(purchase.due_on, self._deed.at.date()),
            )
            found = self._there.order_named(purchase.cease_name)
            told = found if found is not None else self._there.new_order(asked)
        word = purchase.word if purchase.cease_there else ""
        state = check_cease(told, purchase, word=word)
        self._write(replace(purchase, cease_there=told.order_id, word=state.value))
        return state

    def _end(self) -> None:
        state = self._ending()
        if state is _P.COMPLETED:
            self._ended()
        elif state in ENDED:
            self._kept(self._told_cease_failed(state))

    def _keep(self) -> None:
        """Call the end off; what has ended already is lost."""
        if self._ending() not in ENDED:
            self._cancel(self.purchase.cease_there)
        state = self._ending()
        if state is _P.COMPLETED:
            self._ended()
        elif state in ENDED:
            self._kept(())

    def _ended(self) -> None:
        product = self._there.product(self.purchase.product_there)
        check_product(
            product, self.purchase, status=PRODUCT_ENDED, order_id=self.purchase.cease_there
        )
        self._move(_E.END, self.purchase)

    def _kept(self, reasons: tuple[Refusal, ...]) -> None:
        anew = replace(
            self.purchase,
            attempt=self.purchase.attempt + 1,
            cease_there="",
            word=PartnerOrderState.COMPLETED.value,
            reasons=reasons,
        )
        self._move(_E.KEEP, anew)

    def _told_cease_failed(self, state: PartnerOrderState) -> tuple[Refusal, ...]:
        """Why the leg stays though it is not wanted; nothing where our own order fails with it."""
        found = self._buying.store.read(lambda tx: cease_order(tx, self.purchase))
        if found is None:
            return (_reason(self.purchase.cease_there, self.purchase, state.value),)
        self._advance(found, LegState.FAILED, f"the partner tells {state.value}")
        return ()

    def _tell_leg(self) -> None:
        """Let what the partner said happen to our leg."""
        purchase = self.purchase
        ending = self._buying.store.read(lambda tx: cease_order(tx, purchase))
        if ending is not None and purchase.state in {_S.CEASING, _S.ENDED, _S.CEASED}:
            is_done = purchase.state is not _S.CEASING
            if is_done or purchase.cease_there:
                told = PartnerOrderState(purchase.word)
                wanted = LegState.COMPLETED if is_done else leg_state(told)
                if is_done or told not in ENDED:
                    self._advance(ending, wanted, f"the partner tells {purchase.word}")
            return
        if not (purchase.order_there or purchase.state is _S.CHANGED) or purchase.is_back:
            return
        order = self._buying.store.read(
            lambda tx: known_record(tx, ProductOrder, purchase.product_order_id)
        )
        self._advance(order, _of_purchase(purchase), _why(purchase))

    def _advance(self, order: ProductOrder, wanted: LegState, why: str) -> None:
        """Take the leg of the order to a state, one event after another."""
        while order.state in OPEN_ORDER_STATES:
            leg: LegOrder = leg_named(order, self.purchase.leg)
            event = next_leg_event(leg.state, wanted)
            if event is None:
                return
            order = advance_leg(
                order.product_order_id,
                leg.leg.name,
                event,
                deed=replace(self._deed, why=why),
                store=self._buying.store,
                ids=self._buying.ids,
            )


def _of_purchase(purchase: Purchase) -> LegState:
    """Where the leg that made the purchase stands."""
    if purchase.state is _S.ORDERED:
        told = PartnerOrderState(purchase.word)
        return leg_state(told) if told not in ENDED else LegState.ACKNOWLEDGED
    is_up = purchase.state in _WERE_UP
    return LegState.COMPLETED if is_up else LegState.FAILED


def _why(purchase: Purchase) -> str:
    """Why our leg moves; a change in which nothing differs for the partner was never ordered."""
    return f"the partner tells {purchase.word}" if purchase.order_there else "nothing differs there"


def _reason(order_id: str, purchase: Purchase, state: str) -> Refusal:
    return Refusal(
        code=f"partner-{state}",
        where=purchase.leg,
        message=f"order {order_id} of {purchase.operator_id} is {state}",
    )
