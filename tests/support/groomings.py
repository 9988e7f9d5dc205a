"""Small grooming problems, and the best plan of all that there are, tried one by one."""

from collections import Counter
from itertools import combinations_with_replacement, product

from karakoram.engines.multiplex import (
    GroomingDemand,
    GroomingProblem,
    OpenableContainer,
    ServerContainer,
    client_signal,
    server_kind,
    tributary_shape,
)

CLIENTS = {
    "ODU4": ("ODU3", "ODU2", "ODU1"),
    "ODUC1": ("ODU2", "ODU3", "ODU0"),
    "ODU2": ("ODU1", "ODU0"),
    "VC-4": ("VC-3", "VC-12", "VC-12-5v"),
    "STM-4": ("VC-4", "VC-4-4c", "VC-4-2v"),
}
"""Clients of a server, for problems made at random."""


def container(name, a_site, z_site, *, used=(), tributaries=None):
    """A container of which some slots are used."""
    used = tuple(used)
    return ServerContainer(
        server=server_kind(name),
        a_site=a_site,
        z_site=z_site,
        used_slots=sum(1 << slot for slot in used),
        tributary_count=min(len(used), 1) if tributaries is None else tributaries,
    )


def random_problem(rng, *, server, sites=4, containers=4, openable=2, demands=2):
    """A multigraph with some slots used, containers to be opened, and a few demands."""
    kind = server_kind(server)

    def ends():
        return [int(site) for site in rng.choice(sites, 2, replace=False)]

    def used():
        share = rng.choice([0.0, 0.3, 0.8])
        return [slot for slot in range(kind.slot_count) if rng.random() < share]

    return GroomingProblem(
        containers=tuple(container(server, *ends(), used=used()) for _ in range(containers)),
        passage_costs=tuple(int(cost) for cost in rng.integers(1, 4, containers)),
        openable=tuple(
            OpenableContainer(
                server=kind,
                a_site=(pair := ends())[0],
                z_site=pair[1],
                opening_cost=int(rng.integers(1, 9)),
                count_max=int(rng.integers(1, 3)),
                passage_cost=int(rng.integers(1, 4)),
            )
            for _ in range(openable)
        ),
        demands=tuple(
            GroomingDemand(
                client=str(rng.choice(CLIENTS[server])),
                a_site=(pair := ends())[0],
                z_site=pair[1],
                count=int(rng.integers(1, 3)),
            )
            for _ in range(demands)
        ),
    )


def best_of_all(problem):
    """Carried, cost of opening and of passages of the best plan of all; no search of the engine."""
    edges = [
        (one.a_site, one.z_site, one, 0, cost)
        for one, cost in zip(problem.containers, problem.passage_costs, strict=True)
    ]
    for one in problem.openable:
        new = ServerContainer(server=one.server, a_site=one.a_site, z_site=one.z_site)
        edges += [(one.a_site, one.z_site, new, one.opening_cost, one.passage_cost)] * one.count_max
    shapes = [
        [
            tributary_shape(edge[2].server, client_signal(demand.client))
            for demand in problem.demands
        ]
        for edge in edges
    ]
    known = {}

    def fits(edge, passing):
        """Whether the slots of an edge hold so many tributaries of each demand."""
        if (edge, passing) not in known:
            blocks = [shapes[edge][d] for d, count in enumerate(passing) for _ in range(count)]
            known[edge, passing] = None not in blocks and is_packed(edges[edge][2], blocks)
        return known[edge, passing]

    options = [list(_choices(edges, demand)) for demand in problem.demands]
    best = (0, 0, 0)
    for chosen in product(*options):
        passing = Counter(edge for ways in chosen for way in ways for edge in way)
        value = (
            -sum(map(len, chosen)),
            sum(edges[edge][3] for edge in passing),
            sum(edges[edge][4] * count for edge, count in passing.items()),
        )
        if value < best and all(
            fits(edge, tuple(sum(edge in way for way in ways) for ways in chosen))
            for edge in passing
        ):
            best = value
    return -best[0], best[1], best[2]


def _choices(edges, demand):
    """Every way for each of the tributaries of a demand, fewer of them included."""
    ways = list(_simple_ways(edges, demand.a_site, demand.z_site, frozenset()))
    for count in range(demand.count + 1):
        yield from combinations_with_replacement(ways, count)


def _simple_ways(edges, site, z_site, been):
    if site == z_site:
        yield ()
        return
    for number, (a, z, *_) in enumerate(edges):
        if site in {a, z}:
            beyond = z if site == a else a
            if beyond not in been | {site}:
                for rest in _simple_ways(edges, beyond, z_site, been | {site}):
                    yield (number, *rest)


def is_packed(one, shapes):
    """Whether tributaries of such shapes fit in a container, every way of placing them tried."""
    most = one.server.tributaries_max
    if most is not None and one.tributary_count + len(shapes) > most:
        return False
    blocks = [shape.block_slots for shape in shapes for _ in range(shape.block_count)]
    return _placed(one.used_slots, one.server.slot_count, tuple(sorted(blocks, reverse=True)))


def _placed(used, slot_count, blocks):
    if not blocks:
        return True
    if slot_count - used.bit_count() < sum(blocks):
        return False
    if set(blocks) == {1}:
        return True
    width = blocks[0]
    mask = (1 << width) - 1
    return any(
        _placed(used | mask << first, slot_count, blocks[1:])
        for first in range(0, slot_count - width + 1, width)
        if not used & mask << first
    )
