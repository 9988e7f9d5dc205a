"""What does a way cost at the very least, before anybody has worked out its light?

The price of its fibre, two ends, and as many regenerators as the noise of its lines demands of the
mode with the longest reach. No way costs less, so what is dearer than this need not be lit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from math import ceil, floor

from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.engines.routing import ArcPath
from karakoram.network.prices import PriceUnit
from karakoram.planning.lightpaths import ADDING_ERROR, WAVELENGTHS_MAX, wavelengths_for
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.path_plan import lines_of
from karakoram.planning.search_space import SearchSpace
from karakoram.refdata.equipment import TransceiverMode

_ARCS_PER_SITE = 3
"""A path crosses at most a span, a hand-over and the inside of a port for each site it visits."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PriceFloor:
    """Lower bounds on the price of the ways of one demand, in minor units over the term."""

    space: SearchSpace
    slack_minor: int
    """What rounding may take off the price of the fibre, over all lines of one path."""
    ends_minor: int
    """Transceivers at both ends."""
    regenerator_minor: int
    """One regenerator."""
    reach_share_of_line: Mapping[LineKey, float]
    """Of the mode that reaches farthest over the line."""

    def before_light(self, path: ArcPath) -> int:
        """The floor of a path found by the price of fibre, and of all that come after it."""
        return int(path.cost) - self.slack_minor + self.ends_minor

    def of(self, path: ArcPath) -> int:
        """The floor of a path: its fibre less what rounding may take off, ends, regenerators."""
        prepared, demand = self.space.prepared, self.space.demand
        start, span_ids = demand.a_site_id, prepared.graph.spans_of(path)
        lines = lines_of(prepared, span_ids, start=start, accepted=demand.accepted_statuses)
        assert lines is not None, "lines that end between two ROADMs are barred from the search"
        reaches = sum(self.reach_share_of_line[line] for line in lines)
        regenerators = max(1, ceil(reaches - ADDING_ERROR)) - 1
        uses = prepared.graph.uses
        legs = sum(uses[arc].begins_leg_of is not None for arc in path.arcs)
        # Charges are rounded by leg, costs by arc, half a minor unit each.
        slack_minor = ceil(legs * _rounding_minor(demand.term_months) + 0.5 * len(path.arcs))
        fibre_minor = int(path.cost) - slack_minor
        return fibre_minor + self.ends_minor + regenerators * self.regenerator_minor


def price_floor(space: SearchSpace) -> PriceFloor:
    """The lower bounds that hold for every way of a search space in which there is one."""
    prepared, demand = space.prepared, space.demand
    library = prepared.network.library.transceiver_modes
    is_usable = [
        wavelengths_for(mode, demand.bit_rate_gbps) <= WAVELENGTHS_MAX for mode in library.values()
    ]
    # Prices tell modes apart by their bit rate alone.
    usable = list({m.bit_rate_gbps: m for m in compress(library.values(), is_usable)}.values())
    spans = prepared.network.spans.values()
    every = {span.operator_id for span in spans}
    rounding = _rounding_minor(demand.term_months)
    ends = sum(
        _least(space, PriceUnit.END, operators, modes=usable)
        for operators in (_operators_at(space, site) for site in _ends(space))
    )
    regenerator = _least(space, PriceUnit.REGENERATOR, every, modes=usable)
    farthest = prepared.reach_shares[is_usable].min(axis=0)
    return PriceFloor(
        space=space,
        slack_minor=ceil(len(prepared.network.sites) * (rounding + _ARCS_PER_SITE)),
        ends_minor=max(0, floor(ends - rounding)),
        regenerator_minor=max(0, floor(regenerator - rounding)),
        reach_share_of_line=dict(zip(prepared.plant.lines, map(float, farthest), strict=True)),
    )


def _rounding_minor(term_months: int) -> int:
    """What rounding changes the price of two things by, at most, in minor units over the term.

    Kilometres and leg, both ends, both halves of a regenerator: each charged for monthly and
    once, each charge rounded by half a minor unit at most.
    """
    return term_months + 1


def _ends(space: SearchSpace) -> tuple[SiteId, SiteId]:
    return space.demand.a_site_id, space.demand.z_site_id


def _operators_at(space: SearchSpace, site_id: SiteId) -> set[OperatorId]:
    spans = space.prepared.network.spans.values()
    return {span.operator_id for span in spans if site_id in (span.a_site_id, span.z_site_id)}


def _least(
    space: SearchSpace,
    unit: PriceUnit,
    operators: set[OperatorId],
    *,
    modes: Sequence[TransceiverMode],
) -> float:
    """What the cheapest of the operators asks for a unit, with the cheapest of the modes."""
    return min(
        wavelengths_for(mode, space.demand.bit_rate_gbps)
        * space.book.term_minor(
            operator_id,
            unit,
            term_months=space.demand.term_months,
            bit_rate_gbps=mode.bit_rate_gbps,
        )
        for mode in modes
        for operator_id in operators
    )
