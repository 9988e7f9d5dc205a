"""What changes for paths behind a ROADM that has less power than its target asks for?

Behind such a ROADM the launch depends on the path, so that OMSs have to be computed for each path
by itself. The paths of a tree that begin alike are followed together, the shorter ones first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.optics.tree_sums import tree_sums
from karakoram.engines.routing.trees import PathTrees
from karakoram.planning.photonic.section_ends import LitSections, SectionEnds, section_ends
from karakoram.planning.photonic.transits import Transit, transit_columns

ROWS_MAX = 200
"""Sections computed at a time: what is prepared of them stays small."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FollowedPaths:
    """The paths of trees, and what was computed at the targets' power."""

    lit: LitSections
    ends: SectionEnds
    trees: PathTrees
    before: Int[np.ndarray, "source vertex"]
    """Vertex where each path is before its last arc."""
    log_noise: Float[np.ndarray, "step channel"]
    """Of the last arc and the ROADM before it, at the target's power."""
    step: Int[np.ndarray, "source vertex"]
    """Which step each path ends with."""
    astray: Bool[np.ndarray, "source vertex"]
    """Whether some ROADM on the path misses its target."""


def excess_noise(
    paths: FollowedPaths, *, transit_of: dict[tuple[int, int], Transit]
) -> Float[np.ndarray, "source vertex channel"]:
    """How much x = ln(1 + 1/GSNR) of each path is above what targets would give [1].

    Parameters
    ----------
    paths
        Paths and what is known of them.
    transit_of
        Ways through ROADMs by the arc before and the arc behind.
    """
    entering, depth = paths.trees.entering_arc, paths.trees.arc_count
    number = np.full(entering.shape, -1)
    number[paths.astray] = np.arange(int(paths.astray.sum()))
    channels = paths.log_noise.shape[1]
    excess = np.zeros((int(paths.astray.sum()), channels))
    arriving_w = np.empty_like(excess)
    for source, vertex in _by_depth(paths.astray, depth):
        earlier = paths.before[source, vertex]
        arc, arc_before = entering[source, vertex], entering[source, earlier]
        known = number[source, earlier]
        incoming_w = np.where(
            (known >= 0)[:, None], arriving_w[known], paths.ends.power_w[arc_before]
        )
        passed = transit_columns(
            [transit_of[pair] for pair in zip(arc_before.tolist(), arc.tolist(), strict=True)],
            library=paths.lit.library,
            lit=paths.lit.lit,
            arriving_w=incoming_w,
        )
        part = replace(
            paths.lit,
            sections=tuple(paths.lit.sections[one] for one in arc),
            elements=tuple(paths.lit.elements[one] for one in arc),
        )
        ends = section_ends(part, launch_w=passed.power_w)
        here = number[source, vertex]
        arriving_w[here] = ends.power_w
        excess[here] = (
            passed.log_noise + ends.log_noise - paths.log_noise[paths.step[source, vertex]]
        )
    return tree_sums(excess, row=number, before=paths.before, depth=depth)


def _by_depth(
    astray: Bool[np.ndarray, "source vertex"], depth: Int[np.ndarray, "source vertex"]
) -> Iterator[tuple[Int[np.ndarray, " row"], Int[np.ndarray, " row"]]]:
    """Source and vertex of the paths that are astray, the shorter ones first, some at a time."""
    for level in range(1, int(depth.max(initial=0)) + 1):
        source, vertex = np.nonzero(astray & (depth == level))
        for start in range(0, source.size, ROWS_MAX):
            some = slice(start, start + ROWS_MAX)
            yield source[some], vertex[some]
