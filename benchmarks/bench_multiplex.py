"""How fast are slots chosen and demands groomed, and how far is the search from the proven best?

Prints slots chosen a second in 20,000 containers at once and, as the peer, container by container
in plain Python, measured in this run; then for rings with chords what the search alone reaches and
what the integer program adds.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from karakoram.engines.multiplex import (
    GroomingDemand,
    GroomingLimit,
    GroomingPlan,
    GroomingProblem,
    OpenableContainer,
    ServerContainer,
    TributaryShape,
    chosen_slots,
    client_signal,
    groom,
    server_kind,
    tributary_shape,
)

SEED = 20261128
CONTAINERS = 20_000
PEER_CONTAINERS = 2_000
FREE_SHARE = 0.5
USED_SHARE = 0.3
CLIENTS = ("ODU3", "ODU2", "ODU2e", "ODU1", "ODU0")
SIZES = ((8, 12, 6, 12, 2), (12, 20, 12, 30, 3), (20, 40, 20, 100, 4))
"""Sites, containers, kinds that may be opened twice each, demands, most tributaries of one."""


def cpu_s(compute: Callable[[], object], *, repeats: int) -> float:
    """Median CPU time of one call [s]."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def room_around(is_free: list[bool], block: int, *, sizes: list[int]) -> int:
    """Free blocks of the smallest broken group around a block; 0 where none is broken."""
    for size in sizes:
        start = block // size * size
        room = sum(is_free[start : start + size])
        if room < size:
            return room
    return 0


def plain_best_fit(free: list[bool], groups: tuple[int, ...], shape: TributaryShape) -> list[int]:
    """The peer: one container, block by block, group by group."""
    width = shape.block_slots
    is_free = [all(free[first : first + width]) for first in range(0, len(free), width)]
    sizes = [group // width for group in groups if group > width]
    blocks = [block for block, is_it in enumerate(is_free) if is_it]
    if len(blocks) < shape.block_count:
        return []
    blocks.sort(key=lambda block: (room_around(is_free, block, sizes=sizes), block))
    chosen = sorted(blocks[: shape.block_count])
    return [slot for block in chosen for slot in range(block * width, (block + 1) * width)]


def ring_with_chords(rng: np.random.Generator, *sizes: int) -> GroomingProblem:
    """ODU4s filled to 30 %, some that may be opened, demands of five kinds."""
    sites, containers, openable, demands, most = sizes
    ends = [(site, (site + 1) % sites) for site in range(sites)]
    while len(ends) < containers:
        ends.append(tuple(rng.choice(sites, 2, replace=False).tolist()))
    kind = server_kind("ODU4")
    return GroomingProblem(
        containers=tuple(
            ServerContainer(
                server=kind,
                a_site=a,
                z_site=z,
                used_slots=sum(1 << slot for slot in range(80) if rng.random() < USED_SHARE),
            )
            for a, z in ends
        ),
        openable=tuple(
            OpenableContainer(
                server=kind, a_site=a, z_site=z, opening_cost=int(rng.integers(1, 9)), count_max=2
            )
            for a, z in ends[:openable]
        ),
        demands=tuple(
            GroomingDemand(
                client=str(rng.choice(CLIENTS)),
                a_site=int(pair[0]),
                z_site=int(pair[1]),
                count=int(rng.integers(1, most + 1)),
            )
            for pair in (rng.choice(sites, 2, replace=False) for _ in range(demands))
        ),
    )


def told(plan: GroomingPlan, *, of: int) -> str:
    """A plan in one line."""
    return (
        f"{sum(plan.carried):4d} of {of} (at most {plan.carried_bound}), opening "
        f"{plan.opening_cost} (at least {plan.opening_cost_bound}), passages {plan.passage_cost} "
        f"(at least {plan.passage_cost_bound}){', proven' if plan.proven else ''}"
    )


def bench_slots(rng: np.random.Generator) -> None:
    """Choices a second, many at once and one by one, and whether they agree."""
    for server_name, client_name in (("VC-4", "E1"), ("VC-4", "VC-12-5v"), ("ODU4", "ODU2")):
        server, client = server_kind(server_name), client_signal(client_name)
        shape = tributary_shape(server, client)
        assert shape is not None
        free = rng.random((CONTAINERS, server.slot_count)) < FREE_SHARE
        rows = free[:PEER_CONTAINERS].tolist()
        choice = chosen_slots(free, server=server, shape=shape)
        plain = [plain_best_fit(row, server.group_slots, shape) for row in rows]
        alike = all(
            slots == (found.tolist() if fits else [])
            for slots, found, fits in zip(plain, choice.slots, choice.fits, strict=False)
        )
        ours_s = cpu_s(lambda: chosen_slots(free, server=server, shape=shape), repeats=5)  # noqa: B023
        peer_s = cpu_s(
            lambda: [plain_best_fit(row, server.group_slots, shape) for row in rows],  # noqa: B023
            repeats=3,
        )
        ours, peer = CONTAINERS / ours_s, PEER_CONTAINERS / peer_s
        sys.stdout.write(
            f"best fit of {client_name} in {server_name}: {ours:,.0f}/s, one by one in Python "
            f"(peer) {peer:,.0f}/s, ratio {ours / peer:.0f}, {'alike' if alike else 'NOT ALIKE'}\n"
        )


def bench_grooming(rng: np.random.Generator) -> None:
    """The search alone, and with the program where it is not too large."""
    for sizes in SIZES:
        for _ in range(3):
            problem = ring_with_chords(rng, *sizes)
            of = sum(demand.count for demand in problem.demands)
            start = time.process_time()
            alone = groom(problem, limit=GroomingLimit(columns_max=0))
            middle = time.process_time()
            best = groom(problem)
            end = time.process_time()
            sys.stdout.write(
                f"grooming {sizes}: search {middle - start:.2f} s {told(alone, of=of)}\n"
                f"    {best.search.value} {end - middle:.2f} s {told(best, of=of)}\n"
            )


def main() -> None:
    rng = np.random.default_rng(SEED)
    bench_slots(rng)
    bench_grooming(rng)


if __name__ == "__main__":
    main()
