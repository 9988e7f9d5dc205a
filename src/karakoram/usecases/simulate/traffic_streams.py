"""Who asks for what: by a law with its loads, or as somebody has recorded it?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import SiteId
from karakoram.engines.traffic import (
    EndlessHolding,
    ExponentialHolding,
    FixedHolding,
    HoldingLaw,
    LognormalHolding,
    RequestChunk,
    RequestLaw,
    WeightedChoice,
    traced_requests,
    weighted_choice,
)
from karakoram.network.topology import Topology
from karakoram.network.topology_lookup import TopologyNames, topology_names
from karakoram.planning.traffic.paths import pair_number, site_pairs
from karakoram.planning.traffic.tables import PairTraffic, TracedRequest
from karakoram.usecases.simulate.traffic_ports import PlacedRow
from karakoram.usecases.simulate.traffic_question import LOAD_MAX, TrafficQuestion

_LOAD_MIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RequestSource:
    """Who asks, for each load, in the order of the loads."""

    laws: tuple[RequestLaw, ...]
    """Of a trace one, with what it shows of loads, pairs and bit rates."""
    bit_rates_gbps: tuple[float, ...]
    trace: RequestChunk | None = None
    """Requests as they were recorded, instead of drawn."""


def drawn_source(
    question: TrafficQuestion,
    *,
    holding: HoldingLaw,
    pair_weights: Float[np.ndarray, " pair"],
    bit_rate_weights: Sequence[tuple[float, float]],
) -> RequestSource:
    """Requests drawn by a law at each load.

    Parameters
    ----------
    question
        With its loads, which can be.
    holding
        How holding times are distributed.
    pair_weights
        How likely pairs are, in any unit.
    bit_rate_weights
        Bit rates [Gb/s] and how likely they are.
    """
    weights = np.array([weight for _, weight in bit_rate_weights])
    return RequestSource(
        laws=tuple(
            RequestLaw(
                load_erlang=load,
                holding=holding,
                pairs=weighted_choice(pair_weights),
                bit_rates=weighted_choice(weights),
            )
            for load in question.loads_erlang
        ),
        bit_rates_gbps=tuple(gbps for gbps, _ in bit_rate_weights),
    )


def holding_law(word: str, question: TrafficQuestion) -> HoldingLaw:
    """The law that a word names, with the figures of the question.

    Raises
    ------
    ValueError
        If no law is called so, or a figure does not fit it.
    """
    laws: dict[str, Callable[[], HoldingLaw]] = {
        "exponential": lambda: ExponentialHolding(
            nominal=question.mean_holding, truncate=question.truncate
        ),
        "lognormal": lambda: LognormalHolding(
            nominal=question.mean_holding, truncate=question.truncate
        ),
        "fixed": lambda: FixedHolding(nominal=question.mean_holding),
        "endless": EndlessHolding,
    }
    if word not in laws:
        raise ValueError(f"{word!r} is not one of {', '.join(laws)}")
    if question.truncate is not None and word in {"fixed", "endless"}:
        raise ValueError(f"{word} holding times cannot be truncated; leave --truncate out")
    return laws[word]()


def traced_source(
    rows: Sequence[PlacedRow[TracedRequest]], topology: Topology, *, is_directed: bool
) -> tuple[RequestSource | None, tuple[Finding, ...]]:
    """Requests as they were recorded, and a finding for each row that names no pair.

    The load told is the sum of all holding times over the time from the first arrival to the last;
    of requests that all come at once it is their number.
    """
    pairs, findings = _pairs(
        [(one.row.from_site_id, one.row.to_site_id, one.place) for one in rows],
        topology,
        is_directed=is_directed,
    )
    if findings:
        return None, findings
    gbps = sorted({one.row.bit_rate_gbps for one in rows})
    number = {bit_rate: place for place, bit_rate in enumerate(gbps)}
    holds = [np.inf if one.row.holds_for is None else one.row.holds_for for one in rows]
    trace = traced_requests(
        np.array([one.row.arrives_at for one in rows]),
        holds_for=np.array(holds),
        pair=np.array(pairs, dtype=np.int32),
        bit_rate=np.array([number[one.row.bit_rate_gbps] for one in rows], dtype=np.int32),
    )
    pair_count = len(site_pairs(len(topology.sites), is_directed=is_directed))
    law = _shown_law(
        trace,
        pairs=weighted_choice(np.bincount(trace.pair, minlength=pair_count).astype(np.float64)),
        bit_rates=weighted_choice(np.bincount(trace.bit_rate).astype(np.float64)),
    )
    return RequestSource(laws=(law,), bit_rates_gbps=tuple(gbps), trace=trace), ()


def _shown_law(
    trace: RequestChunk, *, pairs: WeightedChoice, bit_rates: WeightedChoice
) -> RequestLaw:
    """A law with the load, pairs and bit rates that a trace shows."""
    lasts = float(trace.arrives_at[-1] - trace.arrives_at[0])
    offered = float(trace.holds_for.sum()) / lasts if lasts > 0.0 else float(trace.pair.size)
    if not np.isfinite(offered):
        return RequestLaw(
            load_erlang=1.0, holding=EndlessHolding(), pairs=pairs, bit_rates=bit_rates
        )
    return RequestLaw(
        load_erlang=min(max(offered, _LOAD_MIN), LOAD_MAX),
        holding=FixedHolding(),
        pairs=pairs,
        bit_rates=bit_rates,
    )


def matrix_weights(
    rows: Sequence[PlacedRow[PairTraffic]], topology: Topology, *, is_directed: bool
) -> tuple[Float[np.ndarray, " pair"], tuple[Finding, ...]]:
    """How likely each pair is by a traffic matrix, and a finding for each row that is wrong.

    Where both directions are one pair, both are added. A pair is written once.
    """
    ends = [(one.row.from_site_id, one.row.to_site_id, one.place) for one in rows]
    directed, findings = _pairs(ends, topology, is_directed=True)
    if findings:
        return np.zeros(0), findings
    first_row: dict[int, int] = {}
    repeated = []
    for pair, one in zip(directed, rows, strict=True):
        row = one.place.row or 0
        if first_row.setdefault(pair, row) != row:
            message = f"row {first_row[pair]} has the same pair; write each once"
            repeated.append(Finding(code="repeated-pair", place=one.place, message=message))
    pairs, _ = _pairs(ends, topology, is_directed=is_directed)
    count = len(site_pairs(len(topology.sites), is_directed=is_directed))
    weights = np.bincount(pairs, weights=[one.row.volume for one in rows], minlength=count)
    if not weights.sum() > 0.0:
        place = replace(rows[0].place, field="volume")
        message = "every volume is 0; at least one pair must ask for something"
        repeated.append(Finding(code="no-traffic", place=place, message=message))
    return weights, tuple(repeated)


def _pairs(
    ends: Sequence[tuple[SiteId, SiteId, Place]], topology: Topology, *, is_directed: bool
) -> tuple[list[int], tuple[Finding, ...]]:
    """The number of each pair, and a finding for each cell that names no other site."""
    names = topology_names(topology)
    count = len(topology.sites)
    number = {site.site_id: place for place, site in enumerate(topology.sites)}
    known: dict[str, int | str] = {}
    pairs, findings = [], []
    for from_site_id, to_site_id, place in ends:
        both = []
        for word, field in ((from_site_id, "from_site_id"), (to_site_id, "to_site_id")):
            if word not in known:
                known[word] = _site_number(word, names, number)
            site = known[word]
            if isinstance(site, str):
                at = replace(place, field=field)
                findings.append(Finding(code="unknown-site", place=at, message=site))
            else:
                both.append(site)
        findings += _same_ends(both, place)
        if len(set(both)) > 1:
            pairs.append(pair_number(both[0], both[1], count, is_directed=is_directed))
    return pairs, tuple(findings)


def _same_ends(both: list[int], place: Place) -> Iterator[Finding]:
    if len(both) > 1 and both[0] == both[1]:
        message = "is the same site as from_site_id; traffic goes between two"
        at = replace(place, field="to_site_id")
        yield Finding(code="same-site", place=at, message=message)


def _site_number(word: str, names: TopologyNames, number: dict[SiteId, int]) -> int | str:
    """The number of a site, or why there is none."""
    try:
        return number[names.site_id(word)]
    except NotFoundError as refusal:
        return str(refusal)
