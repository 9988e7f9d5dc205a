"""Public topologies as the routing engine sees them: sections, sites and risk groups as risks."""

import csv
from dataclasses import dataclass
from pathlib import Path

from karakoram.engines.routing import Digraph, Ends, RiskWeights, digraph_of_sections

FOLDER = Path(__file__).parent.parent / "data" / "topologies"
SECTION_WEIGHT, SITE_WEIGHT, GROUP_WEIGHT = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Topology:
    """A topology: sections come first among the risks, then sites, then groups."""

    name: str
    sites: tuple[str, ...]
    sections: tuple[tuple[int, int], ...]
    graph: Digraph
    cost: list[float]
    weights: tuple[int, ...]

    def site_bits(self, *vertices: int) -> int:
        return sum(1 << (len(self.sections) + vertex) for vertex in vertices)

    def risks(self, ends: Ends) -> RiskWeights:
        """Every risk weighs; the sites at the ends are free."""
        return RiskWeights(
            weights=self.weights, free_mask=self.site_bits(*ends.sources, *ends.targets)
        )


def topology(name: str) -> Topology:
    """The edge list of this name, every site and every section a risk besides the groups."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sites = tuple(dict.fromkeys(row[end] for row in rows for end in ("a", "z")))
    groups = tuple(dict.fromkeys(group for row in rows for group in _groups(row)))
    sections = tuple((sites.index(row["a"]), sites.index(row["z"])) for row in rows)
    masks = []
    for number, (row, (a, z)) in enumerate(zip(rows, sections, strict=True)):
        bits = {number, len(rows) + a, len(rows) + z}
        bits |= {len(rows) + len(sites) + groups.index(group) for group in _groups(row)}
        masks.append(sum(1 << bit for bit in bits))
    return Topology(
        name=name,
        sites=sites,
        sections=sections,
        graph=digraph_of_sections(
            len(sites), a=[a for a, _ in sections], z=[z for _, z in sections], risk_masks=masks
        ),
        cost=[float(row["length_km"]) for row in rows for _ in range(2)],
        weights=(
            *(SECTION_WEIGHT,) * len(rows),
            *(SITE_WEIGHT,) * len(sites),
            *(GROUP_WEIGHT,) * len(groups),
        ),
    )


def _groups(row: dict[str, str]) -> list[str]:
    return [group for group in row["srlg"].split(";") if group]
