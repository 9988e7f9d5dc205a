"""Long-haul strips for tests and benchmarks: chains, parallel ways, groups over many sections."""

from dataclasses import dataclass, field

import numpy as np

from karakoram.engines.routing import Digraph, Ends, RiskWeights, digraph_of_sections


@dataclass(kw_only=True)
class Strip:
    """Sections under construction; risks are sections, then vertices, then named groups."""

    vertices: int = 0
    sections: list[tuple[int, int, float, frozenset[str]]] = field(default_factory=list)

    def vertex(self) -> int:
        self.vertices += 1
        return self.vertices - 1

    def chain(self, a: int, z: int, *lengths_km: float, groups: tuple[str, ...] = ()) -> None:
        """Sections of these lengths in a row from a to z."""
        for place, length_km in enumerate(lengths_km):
            after = z if place == len(lengths_km) - 1 else self.vertex()
            self.sections.append((a, after, length_km, frozenset(groups)))
            a = after

    @property
    def group_names(self) -> list[str]:
        return sorted({name for *_, groups in self.sections for name in groups})

    def graph(self) -> Digraph:
        first_group = len(self.sections) + self.vertices
        bit_of = {name: first_group + i for i, name in enumerate(self.group_names)}
        masks = []
        for number, (a, z, _, groups) in enumerate(self.sections):
            bits = [number, len(self.sections) + a, len(self.sections) + z]
            masks.append(sum(1 << bit for bit in [*bits, *(bit_of[name] for name in groups)]))
        return digraph_of_sections(
            self.vertices,
            a=[a for a, *_ in self.sections],
            z=[z for _, z, *_ in self.sections],
            risk_masks=masks,
        )

    def cost(self) -> list[float]:
        return [length_km for _, _, length_km, _ in self.sections for _ in range(2)]

    def risks(self, ends: Ends, *, group_weight: int = 10) -> RiskWeights:
        free = sum(1 << (len(self.sections) + v) for v in (*ends.sources, *ends.targets))
        ones = len(self.sections) + self.vertices
        return RiskWeights(
            weights=(*(1,) * ones, *(group_weight,) * len(self.group_names)), free_mask=free
        )

    def names_in(self, mask: int) -> set[str]:
        """The groups in a mask of risks."""
        first_group = len(self.sections) + self.vertices
        return {n for i, n in enumerate(self.group_names) if mask >> (first_group + i) & 1}


def corridor_like(seed: int) -> tuple[Strip, Ends]:
    """A mountain road with short alternatives, a plain with many ways, sea cables, a canal.

    About 150 vertices, 400 arcs and 380 risks; the mountain road, the canal and a group of
    storms are on more than one section, and every sea cable but one runs through one sea.
    """
    rng = np.random.default_rng(seed)
    strip = Strip()

    def lengths(count: int) -> list[float]:
        return [float(value) for value in rng.integers(300, 3_000, size=count) / 10.0]

    start, pass_top, fork, plain = (strip.vertex() for _ in range(4))
    strip.chain(start, pass_top, *lengths(18), groups=("G314",))
    strip.chain(pass_top, fork, *lengths(4), groups=("KKH",))
    strip.chain(pass_top, fork, *lengths(4), groups=("AERIAL",))
    strip.chain(fork, plain, *lengths(7), groups=("BABUSAR", "STORM"))
    strip.chain(fork, plain, *lengths(9), groups=("KOHISTAN", "STORM"))
    skardu = strip.vertex()
    strip.chain(fork, skardu, *lengths(6), groups=("SKARDU",))
    strip.chain(skardu, plain, *lengths(9), groups=("AJK",))
    east, west = [plain], [plain]
    for stage in range(6):
        east.append(strip.vertex())
        west.append(strip.vertex())
        strip.chain(east[-2], east[-1], *lengths(6), groups=(f"M{stage}",))
        strip.chain(west[-2], west[-1], *lengths(6), groups=(f"N55-{stage // 2}",))
        if stage % 2:
            strip.chain(east[-1], west[-1], *lengths(2))
    stations = [strip.vertex() for _ in range(3)]
    for station, place in zip(stations, (east[-1], west[-1], east[-1]), strict=True):
        strip.chain(place, station, *lengths(1), groups=("METRO",))
    strip.chain(west[-1], stations[2], *lengths(2))
    finish = strip.vertex()
    for cable in range(6):
        egypt = f"EGYPT{cable % 2}"
        strip.chain(stations[cable % 3], finish, *lengths(4), groups=("REDSEA", egypt))
    strip.chain(stations[2], finish, *lengths(4), groups=("CAPE",))
    return strip, Ends.between(start, finish)
