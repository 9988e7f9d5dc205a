"""What does the last OMS of each path add, with the ROADM before it, at the power that arrives?

A ROADM that meets its target makes light forget where it came from. Behind one that does not,
what an OMS does depends on the power that arrived; but on nothing else, so that paths that
arrive alike are one. Each *arrival* (an OMS, and the power that entered it) and each *step* from
an arrival through a ROADM and the next OMS is computed once, however many paths share it.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.routing.trees import PathTrees
from karakoram.network.photonic.elements import Roadm, Transceiver
from karakoram.network.photonic.equipment import RoadmPath
from karakoram.planning.photonic.section_ends import LitSections, ReadySections, SectionEnds
from karakoram.planning.photonic.transits import Transit, TransitColumns, transit_columns

ROWS_MAX = 512
"""Sections computed at a time: what is prepared of them stays small."""

_BARE = 2
"""Elements of a section with nothing between its ends."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LitTrees:
    """Paths over sections, and what light is at the targets' power."""

    ready: ReadySections
    ends: SectionEnds
    trees: PathTrees
    tails: Int[np.ndarray, " arc"]
    """Vertex where each section begins."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathSteps:
    """Distinct last steps of paths: a ROADM and the OMS behind it, or a first OMS alone."""

    row: Int[np.ndarray, "source vertex"]
    """Which step each path ends with; -1 where none does."""
    before: Int[np.ndarray, "source vertex"]
    """Vertex where each path is before its last step; not read where there is none."""
    arc: Int[np.ndarray, " step"]
    """Which section the step ends with."""
    log_noise: Float[np.ndarray, "step channel"]
    """x = ln(1 + 1/GSNR) of ROADM and section."""
    inverse_osnr: Float[np.ndarray, "step channel"]
    """1/OSNR in 0.1 nm of the ROADM, added at the receiver."""
    dispersion_s_per_m: Float[np.ndarray, " step"]
    """Of ROADM and section, mean over channels."""
    pmd_square_s2: Float[np.ndarray, "step channel"]
    pdl_square_db2: Float[np.ndarray, "step channel"]
    misses_target: Bool[np.ndarray, " step"]
    """Whether the ROADM has not power enough; a last drop makes no difference to noise."""


def path_steps(paths: LitTrees, *, follows_power: bool) -> PathSteps:
    """The distinct last steps of all paths, the shorter paths first.

    Parameters
    ----------
    paths
        Paths and what is known of them.
    follows_power
        Whether what lies behind a ROADM that misses its target is computed at the power that is
        really there, or taken as if the target were met.

    Raises
    ------
    InvalidDataError
        Where a way through a ROADM is not specified for some channel.
    """
    entering, depth = paths.trees.entering_arc, paths.trees.arc_count
    before = np.where(entering >= 0, paths.tails[entering], 0)
    steps = _Steps(paths, follows_power=follows_power)
    row = np.full(entering.shape, -1)
    for level in range(1, int(depth.max(initial=0)) + 1):
        source, vertex = np.nonzero(depth == level)
        last = row[source, before[source, vertex]]
        row[source, vertex] = steps.continued(last, arc=entering[source, vertex])
    return steps.columns(row=row, before=before)


class _Steps:
    """Steps and arrivals known so far, written to while paths are walked."""

    def __init__(self, paths: LitTrees, *, follows_power: bool) -> None:
        self._paths, self._follows_power = paths, follows_power
        self._numbers: dict[tuple[int, int], int] = {}
        """Of steps, by the arrival before (-1 for none) and the section."""
        self._parts: list[_Part] = []
        self._arrivals: list[int] = []
        """With which arrival each step ends; the first arrivals are the sections at the target."""
        self._arc = list(range(len(paths.ends.power_w)))
        """Section of each arrival."""
        self._length = [len(one) for one in paths.ready.made.elements]
        """Elements of each section."""
        self._power_w = list(paths.ends.power_w)
        self._log_noise = list(paths.ends.log_noise)

    def continued(
        self, last: Int[np.ndarray, " path"], *, arc: Int[np.ndarray, " path"]
    ) -> Int[np.ndarray, " path"]:
        """Steps that lead paths on from their last steps (-1 for none); what is new is computed."""
        arrivals = np.array([*self._arrivals, -1])[last]
        asked = list(zip(arrivals.tolist(), arc.tolist(), strict=True))
        new = [key for key in dict.fromkeys(asked) if key not in self._numbers]
        # Alike in length, sections that are computed together come to their ends together.
        new.sort(key=lambda key: self._length[key[1]])
        for start in range(0, len(new), ROWS_MAX):
            some = new[start : start + ROWS_MAX]
            arrival, onward = np.array(some).T
            self._numbers |= {key: len(self._numbers) + place for place, key in enumerate(some)}
            self._parts.append(self._first(onward) if last[0] < 0 else self._next(arrival, onward))
        return np.array([self._numbers[key] for key in asked], dtype=np.int64)

    def _first(self, arc: Int[np.ndarray, " step"]) -> "_Part":
        """Steps that begin paths: no ROADM is passed."""
        self._arrivals += arc.tolist()
        return _Part(arc=arc, log_noise=self._paths.ends.log_noise[arc], passed=None)

    def _next(self, arrival: Int[np.ndarray, " step"], arc: Int[np.ndarray, " step"]) -> "_Part":
        """Steps through a ROADM, at the power that arrives there."""
        paths = self._paths
        lit = paths.ready.made
        passed = transit_columns(
            [
                _transit(lit, self._arc[one], other)
                for one, other in zip(arrival.tolist(), arc.tolist(), strict=True)
            ],
            library=lit.library,
            lit=lit.lit,
            arriving_w=np.stack([self._power_w[one] for one in arrival]),
        )
        reached, log_noise = np.array(arc), paths.ends.log_noise[arc]
        is_off = (passed.power_w != paths.ends.launch_power_w[arc]).any(axis=1)
        if self._follows_power and is_off.any():
            reached[is_off] = self._arrived(arc[is_off], passed.power_w[is_off])
            log_noise[is_off] = np.stack([self._log_noise[one] for one in reached[is_off]])
        self._arrivals += reached.tolist()
        return _Part(arc=arc, log_noise=log_noise + passed.log_noise, passed=passed)

    def _arrived(
        self, arc: Int[np.ndarray, " row"], launch_w: Float[np.ndarray, "row channel"]
    ) -> Int[np.ndarray, " row"]:
        """New arrivals at the end of sections that light enters so strong."""
        first = len(self._arc)
        power_w, log_noise = self._paths.ready.light(launch_w, sections=arc)
        self._arc += arc.tolist()
        self._power_w += list(power_w)
        self._log_noise += list(log_noise)
        return first + np.arange(arc.size)

    def columns(
        self, *, row: Int[np.ndarray, "source vertex"], before: Int[np.ndarray, "source vertex"]
    ) -> PathSteps:
        """All steps in the order of their numbers."""
        columns = [part.columns(self._paths) for part in self._parts]
        return PathSteps(
            row=row,
            before=before,
            **{name: np.concatenate([one[name] for one in columns]) for name in columns[0]},
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """Some steps."""

    arc: Int[np.ndarray, " step"]
    log_noise: Float[np.ndarray, "step channel"]
    passed: TransitColumns | None
    """None where paths begin."""

    def columns(self, paths: LitTrees) -> dict[str, np.ndarray]:
        ends, arc, passed = paths.ends, self.arc, self.passed
        found = {
            "arc": arc,
            "log_noise": self.log_noise,
            "inverse_osnr": np.zeros(self.log_noise.shape),
            "dispersion_s_per_m": ends.dispersion_s_per_m[arc].mean(axis=1),
            "pmd_square_s2": ends.pmd_square_s2[arc],
            "pdl_square_db2": ends.pdl_square_db2[arc],
            "misses_target": np.zeros(arc.shape, dtype=np.bool_),
        }
        if passed is None:
            return found
        elements = paths.ready.made.elements
        is_last = np.array([isinstance(elements[one][-1], Transceiver) for one in arc])
        return found | {
            "inverse_osnr": passed.inverse_osnr,
            "dispersion_s_per_m": found["dispersion_s_per_m"]
            + passed.dispersion_s_per_m.mean(axis=1),
            "pmd_square_s2": found["pmd_square_s2"] + passed.pmd_square_s2,
            "pdl_square_db2": found["pdl_square_db2"] + passed.pdl_square_db2,
            "misses_target": ~(passed.meets_target | is_last),
        }


def _transit(lit: LitSections, before: int, arc: int) -> Transit:
    """The way from one section to the next."""
    arriving, leaving = lit.elements[before], lit.elements[arc]
    roadm = leaving[0]
    assert isinstance(roadm, Roadm), "light passes no transceiver"
    way = RoadmPath.EXPRESS
    if len(arriving) == _BARE and isinstance(arriving[0], Transceiver):
        way = RoadmPath.ADD
    elif len(leaving) == _BARE and isinstance(leaving[-1], Transceiver):
        way = RoadmPath.DROP
    return Transit(
        roadm=roadm,
        before_id=arriving[-2].element_id,
        after_id=leaving[1].element_id,
        way=way,
    )
