"""How is a container emptied without an interruption, and what stands in the way?

Make before break: every tributary in it gets slots elsewhere first, free ones only, and then gives
back those it had. Moves are told in the order in which they are made: where loops are cut off, a
later one may take what an earlier one gave back.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from karakoram.engines.multiplex.catalogue import client_signal
from karakoram.engines.multiplex.containers import (
    MissingRoom,
    ServerContainer,
    SlotClaim,
    Tributary,
    missing_room,
    with_claims,
    without_claims,
)
from karakoram.engines.multiplex.groomed import groom
from karakoram.engines.multiplex.grooming import (
    GroomingDemand,
    GroomingLimit,
    GroomingPlan,
    GroomingProblem,
)
from karakoram.engines.multiplex.room import shape_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TributaryMove:
    """One tributary moved: what it takes, then what it gives back."""

    tributary: int
    taken: tuple[SlotClaim, ...]
    given_back: tuple[SlotClaim, ...]
    after: Tributary
    """The tributary as it is then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckTributary:
    """A tributary that cannot leave, and what is missing on the way with the most room."""

    tributary: int
    missing: MissingRoom | None
    """Of the first container short of room; ``None`` where no other way leads there at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrooming:
    """What moves out of a container, what cannot, and what is then."""

    moves: tuple[TributaryMove, ...]
    stuck: tuple[StuckTributary, ...]
    containers: tuple[ServerContainer, ...]
    """After all moves."""
    tributaries: tuple[Tributary, ...]
    """After all moves, in the order given."""
    plans: tuple[GroomingPlan, ...]
    """Of the ways around, one for each round; ``proven`` says whether nothing was better in it. A
    second round follows where some are stuck and what was given back may let them go."""


def regroom(
    containers: Sequence[ServerContainer],
    tributaries: Sequence[Tributary],
    *,
    leaving: int,
    passage_costs: Sequence[int] = (),
    limit: GroomingLimit | None = None,
) -> Regrooming:
    """The moves that empty a container as far as can be, most tributaries first, then fewest hops.

    Each tributary keeps its way but for the container it leaves, around which it is led; where it
    then comes by a site twice, the loop is cut off and given back.

    Parameters
    ----------
    containers
        All of them, with all claims.
    tributaries
        All that have claims that may move; others' slots are used and stay so.
    leaving
        Number of the container to be emptied.
    passage_costs
        As in ``GroomingProblem``.
    limit
        Of the integer program.

    Raises
    ------
    ValueError
        If a claim is not used in its container, or two tributaries claim one slot.
    """
    without_claims(containers, [claim for one in tributaries for claim in one.claims])
    after, now = tuple(containers), tuple(tributaries)
    moves: tuple[TributaryMove, ...] = ()
    plans: tuple[GroomingPlan, ...] = ()
    while inside := _inside(now, leaving=leaving):
        problem, others = _around(after, now, leaving=leaving, passage_costs=passage_costs)
        plan = groom(problem, limit=limit)
        plans = (*plans, plan)
        more = _moves(after, now, leaving=leaving, plan=plan, others=others)
        for move in more:
            after = without_claims(with_claims(after, move.taken), move.given_back)
            now = (*now[: move.tributary], move.after, *now[move.tributary + 1 :])
        moves = (*moves, *more)
        if len(more) in {0, len(inside)}:
            break
    return Regrooming(
        moves=moves,
        stuck=tuple(
            StuckTributary(
                tributary=number,
                missing=_missing(after, leaving=leaving, client=now[number].client),
            )
            for number in _inside(now, leaving=leaving)
        ),
        containers=after,
        tributaries=now,
        plans=plans,
    )


def _inside(tributaries: Sequence[Tributary], *, leaving: int) -> tuple[int, ...]:
    """The tributaries that hold slots of a container."""
    return tuple(
        number
        for number, one in enumerate(tributaries)
        if any(claim.container == leaving for claim in one.claims)
    )


def _around(
    containers: Sequence[ServerContainer],
    tributaries: Sequence[Tributary],
    *,
    leaving: int,
    passage_costs: Sequence[int],
) -> tuple[GroomingProblem, tuple[int, ...]]:
    """The ways around a container for all that is in it, and the numbers of the others."""
    others = tuple(number for number in range(len(containers)) if number != leaving)
    left = containers[leaving]
    counts = Counter(tributaries[one].client for one in _inside(tributaries, leaving=leaving))
    problem = GroomingProblem(
        containers=tuple(containers[number] for number in others),
        passage_costs=tuple(passage_costs[number] for number in others) if passage_costs else (),
        demands=tuple(
            GroomingDemand(client=client, a_site=left.a_site, z_site=left.z_site, count=count)
            for client, count in sorted(counts.items())
        ),
    )
    return problem, others


def _moves(
    containers: Sequence[ServerContainer],
    tributaries: Sequence[Tributary],
    *,
    leaving: int,
    plan: GroomingPlan,
    others: Sequence[int],
) -> tuple[TributaryMove, ...]:
    """The tributaries of a container on the ways of a plan, the first of a client on the first."""
    detours: dict[str, list[tuple[SlotClaim, ...]]] = {}
    for one in plan.tributaries:
        detour = tuple(replace(claim, container=others[claim.container]) for claim in one.claims)
        detours.setdefault(one.client, []).append(detour)
    return tuple(
        _move(
            containers,
            tributaries[number],
            number=number,
            leaving=leaving,
            detour=detours[client].pop(0),
        )
        for number in _inside(tributaries, leaving=leaving)
        if detours.get(client := tributaries[number].client)
    )


def _move(
    containers: Sequence[ServerContainer],
    one: Tributary,
    *,
    number: int,
    leaving: int,
    detour: tuple[SlotClaim, ...],
) -> TributaryMove:
    """A tributary led around a container, loops cut off."""
    claims: list[SlotClaim] = []
    sites = [one.a_site]
    for claim in one.claims:
        is_forward = containers[claim.container].a_site == sites[-1]
        if claim.container != leaving:
            part: tuple[SlotClaim, ...] = (claim,)
        else:
            part = detour if is_forward else detour[::-1]
        for step in part:
            container = containers[step.container]
            beyond = container.z_site if container.a_site == sites[-1] else container.a_site
            claims.append(step)
            sites.append(beyond)
            if beyond in sites[:-1]:
                first = sites.index(beyond)
                del claims[first:], sites[first + 1 :]
    kept = set(one.claims) & set(claims)
    return TributaryMove(
        tributary=number,
        taken=tuple(claim for claim in claims if claim not in kept),
        given_back=tuple(claim for claim in one.claims if claim not in kept),
        after=Tributary(
            client=one.client, a_site=one.a_site, z_site=one.z_site, claims=tuple(claims)
        ),
    )


def _missing(
    containers: Sequence[ServerContainer], *, leaving: int, client: str
) -> MissingRoom | None:
    """What is missing on the way around on which the least is missing, after all moves.

    The worst container of a way is that which lacks most slots; of containers that lack none but
    have them scattered or are full of tributaries, it counts as one.
    """
    lacks = {
        number: missing_room(one, number=number, client=client_signal(client))
        for number, one in enumerate(containers)
        if number != leaving and shape_of(one.server, client) is not None
    }
    ends = containers[leaving]
    best: dict[int, tuple[int, int, MissingRoom | None]] = {ends.a_site: (0, 0, None)}
    unsettled = {ends.a_site}
    settled: set[int] = set()
    while unsettled:
        site = min(unsettled, key=lambda one: best[one][:2])
        unsettled.remove(site)
        settled.add(site)
        worst, hops, missing = best[site]
        for number, lack in lacks.items():
            one = containers[number]
            if site not in {one.a_site, one.z_site}:
                continue
            beyond = one.z_site if site == one.a_site else one.a_site
            short = 0 if lack is None else max(lack.needed_slots - lack.free_slots, 1)
            reached = (max(worst, short), hops + 1, lack if short > worst else missing)
            if beyond not in settled and (beyond not in best or reached[:2] < best[beyond][:2]):
                best[beyond] = reached
                unsettled.add(beyond)
    found = best.get(ends.z_site)
    return None if found is None else found[2]
