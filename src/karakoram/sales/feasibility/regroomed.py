"""Over which free slots does each tributary of a container go when it is emptied?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from karakoram.core.identifiers import ResourceId, SiteId
from karakoram.engines.multiplex import (
    GroomingLimit,
    SlotClaim,
    StuckTributary,
    Tributary,
    TributaryMove,
    client_signal,
    regroom,
    sites_along,
    tributary_shape,
)
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.groomed import Multiplex
from karakoram.sales.inventory.resources import Claim, PlannedClaim, Resource
from karakoram.sales.moving import MoveStep
from karakoram.sales.plans import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RiderWay:
    """One way of something that rides in the multiplex."""

    rider_id: str
    """A product, or a connection."""
    side: PathSide
    signal: str
    """In the words of the Recommendations."""
    a_site_id: SiteId
    z_site_id: SiteId
    claims: tuple[Claim, ...]
    """On containers, in the order of hops from the A end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiderMove:
    """One way moved: what is taken, what is given back, and the way then."""

    rider: RiderWay
    taken: tuple[PlannedClaim, ...]
    given_back: tuple[PlannedClaim, ...]
    after: tuple[PlannedClaim, ...]
    """All of the way, hops counted anew from the A end."""

    def claims_at(self, step: MoveStep) -> tuple[PlannedClaim, ...]:
        """What is taken, is the way from then on, or is given back in a step."""
        return {
            MoveStep.MAKE: self.taken,
            MoveStep.SWITCH: self.after,
            MoveStep.BREAK: self.given_back,
        }[step]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerMoves:
    """The moves that empty a container, in the order in which they are made."""

    moves: tuple[RiderMove, ...]
    stuck: tuple[Refusal, ...]
    """Why some cannot leave; then none should."""


def is_understood(rider: RiderWay, multiplex: Multiplex) -> bool:
    """Whether the claims are one tributary of the signal from the A end to the Z end."""
    numbers = multiplex.numbers
    for claim in rider.claims:
        number = numbers.get(claim.resource_id)
        if number is None:
            return False
        shape = tributary_shape(multiplex.containers[number].server, client_signal(rider.signal))
        if shape is None or shape.slot_count != claim.units.bit_count():
            return False
    try:
        sites_along(multiplex.containers, _tributary(rider, multiplex))
    except ValueError:
        return False
    return True


def moves_out_of(
    container_id: ResourceId,
    riders: Sequence[RiderWay],
    *,
    multiplex: Multiplex,
    limit: GroomingLimit | None = None,
) -> ContainerMoves:
    """The moves by which the riders leave a container, over slots that are free before.

    Parameters
    ----------
    container_id
        The container that they leave.
    riders
        What rides on it and is understood; what else is claimed stays where it is.
    multiplex
        All containers.
    limit
        Of the integer program.
    """
    found = regroom(
        multiplex.containers,
        [_tributary(each, multiplex) for each in riders],
        leaving=multiplex.numbers[container_id],
        passage_costs=multiplex.passage_costs,
        limit=limit,
    )
    return ContainerMoves(
        moves=tuple(_move(each, riders[each.tributary], multiplex) for each in found.moves),
        stuck=tuple(_stuck(each, riders[each.tributary], multiplex) for each in found.stuck),
    )


def _tributary(rider: RiderWay, multiplex: Multiplex) -> Tributary:
    numbers = multiplex.numbers
    return Tributary(
        client=rider.signal,
        a_site=multiplex.site_numbers[rider.a_site_id],
        z_site=multiplex.site_numbers[rider.z_site_id],
        claims=tuple(
            SlotClaim(container=numbers[claim.resource_id], slots=claim.unit_numbers)
            for claim in rider.claims
        ),
    )


def _move(move: TributaryMove, rider: RiderWay, multiplex: Multiplex) -> RiderMove:
    return RiderMove(
        rider=rider,
        taken=tuple(_planned(move.taken, rider, multiplex)),
        given_back=tuple(_planned(move.given_back, rider, multiplex)),
        after=tuple(_planned(move.after.claims, rider, multiplex)),
    )


def _planned(
    claims: Sequence[SlotClaim], rider: RiderWay, multiplex: Multiplex
) -> Iterator[PlannedClaim]:
    for hop, claim in enumerate(claims):
        yield PlannedClaim(
            resource_id=multiplex.resources[claim.container].resource_id,
            units=sum(1 << slot for slot in claim.slots),
            claimant_id=None,
            side=rider.side,
            hop=hop,
        )


def _stuck(stuck: StuckTributary, rider: RiderWay, multiplex: Multiplex) -> Refusal:
    missing = stuck.missing
    if missing is None:
        return Refusal(
            code="no-connection",
            where=rider.rider_id,
            message=f"no other way in service leads {rider.signal} of {rider.rider_id} around",
            alternatives=("open a container beside it",),
        )
    full: Resource = multiplex.resources[missing.container]
    return Refusal(
        code="no-free-slot",
        where=full.name,
        message=f"{rider.signal} of {rider.rider_id} needs {missing.needed_slots} slots, and "
        f"{full.name} has {missing.free_slots} of {full.unit_count} free",
        alternatives=(f"open another container beside {full.name}",),
    )
