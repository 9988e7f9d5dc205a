"""How is a container emptied in steps, each of which may be the last before the power fails?

Make before break. A tributary first gets the slots of its new way beside those it has, then its
plan and claims change to the new way, then the old slots are given back: three steps, each written
by itself. Whoever asks again gives back first what a run that was cut short left beside the riders,
and plans what still rides there anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from karakoram.core.errors import ConflictError
from karakoram.core.identifiers import ClaimId, ExternalId, PartyId, ResourceId
from karakoram.sales.change_log import Deed
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.feasibility.regroomed import RiderMove
from karakoram.sales.inventory.resources import Claim, PlannedClaim, Resource
from karakoram.sales.moving import MoveStep, beside
from karakoram.sales.products import Product
from karakoram.usecases.multiplex.open_containers import known_container
from karakoram.usecases.multiplex.regroom_riders import (
    Regroomed,
    change_rider,
    held_beside,
    planned_regroom,
    ways_over,
)
from karakoram.usecases.sell.expire_quotes import read_cleared
from karakoram.usecases.sell.lost_races import retry_when_taken
from karakoram.usecases.sell.sales_action import Change, Request, done_before, log_change, remember
from karakoram.usecases.sell.sales_ports import IdSource, SalesReader, SalesStore, SalesWriter

StepTold = Callable[[MoveStep, RiderMove], None]
"""Told of each step once it is written."""


def regroom_plan(container_id: ResourceId, *, store: SalesStore) -> Regroomed | NotFeasible:
    """The moves that would empty a container; or why something cannot leave. Nothing is written.

    Raises
    ------
    NotFoundError
        If there is no such container of the multiplex.
    """
    return store.read(lambda tx: planned_regroom(tx, container_id))


def regroom_container(
    container_id: ResourceId,
    *,
    external_id: ExternalId,
    deed: Deed,
    store: SalesStore,
    ids: IdSource,
    told: StepTold | None = None,
) -> Regroomed | NotFeasible:
    """What was moved out of a container, make before break; or why something cannot leave.

    Nothing moves unless everything can. The request is that of the container's operator, under the
    external identifier; asked again after its end, nothing is done.

    Parameters
    ----------
    container_id
        Which is emptied.
    external_id
        The operator's name for the request.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.
    told
        Hears of each move.

    Raises
    ------
    NotFoundError
        If there is no such container of the multiplex.
    RefusedError
        With code ``external-id-reused``.
    TakenError
        With code ``no-room-left`` where others took what was found, each time that it was planned.
    """
    container = store.read(lambda tx: known_container(tx, container_id))
    request = Request(
        action="dxx.regroom",
        buyer_id=PartyId(container.operator_id),
        external_id=external_id,
        content={"container": container_id},
        deed=deed,
    )
    if store.read(lambda tx: done_before(tx, request)) is not None:
        return Regroomed(container=container, moves=(), containers=())
    steps = _Steps(container=container, deed=deed, store=store, ids=ids)
    done: list[RiderMove] = []

    def attempt() -> Regroomed | NotFeasible:
        steps.tidy()
        plan = read_cleared(
            lambda tx: planned_regroom(tx, container_id), deed=deed, store=store, ids=ids
        )
        if isinstance(plan, NotFeasible):
            return plan
        for move in plan.moves:
            steps.move(move, told=told)
            done.append(move)
        steps.finish(request)
        return replace(plan, moves=tuple(done))

    return retry_when_taken(attempt, where=container_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """Writes the steps of moves out of one container."""

    container: Resource
    deed: Deed
    store: SalesStore
    ids: IdSource

    def tidy(self) -> None:
        """Give back what a run that was cut short, or that lost a race, holds beside the riders."""

        def write(tx: SalesWriter) -> None:
            left = held_beside(tx, self.container.resource_id)
            tx.release_claims(left)
            for claimant in sorted({each.claimant_id for each in left}):
                self._log(tx, "tidy", claimant)

        if self.store.read(lambda tx: held_beside(tx, self.container.resource_id)):
            self.store.write(write)

    def move(self, move: RiderMove, *, told: StepTold | None) -> None:
        """All three steps of one move."""
        for step, write in (
            (MoveStep.MAKE, self._make),
            (MoveStep.SWITCH, self._switch),
            (MoveStep.BREAK, self._break),
        ):
            self.store.write(lambda tx, write=write: write(tx, move))  # type: ignore[misc]
            if told is not None:
                told(step, move)

    def finish(self, request: Request) -> None:
        """Let the request do nothing when it is asked again."""

        def write(tx: SalesWriter) -> None:
            remember(tx, request, self.container.resource_id)
            self._log(tx, "finish", self.container.name)

        self.store.write(write)

    def _make(self, tx: SalesWriter, move: RiderMove) -> None:
        self._still(tx, move)
        tx.add_claims(self._claims(move.taken, self._beside(MoveStep.MAKE, move)))
        self._log(tx, MoveStep.MAKE.value, move.rider.rider_id)

    def _switch(self, tx: SalesWriter, move: RiderMove) -> None:
        made = tx.claims_of([self._beside(MoveStep.MAKE, move)])
        if {(each.resource_id, each.units) for each in made} != _slots(move.taken):
            raise ConflictError(f"the new way of {move.rider.rider_id} is no longer held")
        tx.release_claims((*self._still(tx, move), *made))
        tx.add_claims(self._claims(move.after, move.rider.rider_id))
        tx.add_claims(self._claims(move.given_back, self._beside(MoveStep.SWITCH, move)))
        product = change_rider(tx, move)
        self._log(tx, MoveStep.SWITCH.value, move.rider.rider_id)
        if product is not None:
            self._log_product(tx, move, product)

    def _break(self, tx: SalesWriter, move: RiderMove) -> None:
        tx.release_claims(tx.claims_of([self._beside(MoveStep.SWITCH, move)]))
        self._log(tx, MoveStep.BREAK.value, move.rider.rider_id)

    def _still(self, tx: SalesReader, move: RiderMove) -> tuple[Claim, ...]:
        """The claims of the way as they were planned with.

        Raises
        ------
        ConflictError
            If the rider goes another way by now, or is being changed.
        """
        now = ways_over(tx, [move.rider.rider_id], self.container.resource_id)
        if move.rider not in now.ways:
            raise ConflictError(f"{move.rider.rider_id} rides otherwise by now")
        return move.rider.claims

    def _beside(self, step: MoveStep, move: RiderMove) -> str:
        return beside(step, self.container.resource_id, f"{move.rider.rider_id}")

    def _claims(self, planned: Iterable[PlannedClaim], claimant_id: str) -> tuple[Claim, ...]:
        return tuple(
            Claim(
                claim_id=ClaimId(self.ids.new_id()),
                resource_id=each.resource_id,
                units=each.units,
                claimant_id=claimant_id,
                side=each.side,
                hop=each.hop,
            )
            for each in planned
        )

    def _log(self, tx: SalesWriter, action: str, detail: str) -> None:
        change = Change(
            action=f"dxx.{action}",
            subject_kind="resource",
            subject_id=self.container.resource_id,
            state_before=self.container.status.value,
            state_after=self.container.status.value,
            detail=detail,
        )
        log_change(tx, self.ids, deed=self.deed, change=change)

    def _log_product(self, tx: SalesWriter, move: RiderMove, product: Product) -> None:
        change = Change(
            action="product.regroom",
            subject_kind="product",
            subject_id=product.product_id,
            state_before=product.state.value,
            state_after=product.state.value,
            detail=f"{move.rider.side.value} way out of {self.container.name}",
        )
        log_change(tx, self.ids, deed=self.deed, change=change)


def _slots(planned: Iterable[PlannedClaim]) -> set[tuple[ResourceId, int]]:
    return {(each.resource_id, each.units) for each in planned}
