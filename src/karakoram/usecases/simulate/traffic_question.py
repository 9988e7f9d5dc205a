"""What can a simulation of traffic be asked, in words, and which words cannot go together?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from karakoram.usecases.words import Reading, question_finding

SLOTS_MAX = 4_096
PATHS_ASKED_MAX = 1_000
GUARD_MAX = 16
LOAD_MAX = 1e9
REQUESTS_MAX = 10**12
RUNS_MAX = 10_000
REGENERATORS_MAX = 10
COUNTED_MIN = 100
"""Of fewer requests no batch says anything; a trace is as long as it is."""
WARM_UP = 3_000
_OPTIONS: Mapping[str, str] = {
    "loads_erlang": "load",
    "bit_rates": "bit_rate",
    "guard_slots": "guard",
    "reserved": "reserve",
    "by_demands": "demands",
    "latency_ms_max": "latency_max",
    "regenerate_km": "regenerate",
    "defragment_every": "every",
    "runs": "seeds",
}
"""What fields are called where a person gives them, if otherwise."""
_LIGHT_OPTIONS: Mapping[str, str] = {
    "fibre": "light_fibre",
    "amplifier": "light_amplifier",
    "span_km_max": "light_span",
    "snr_gap_db": "light_gap",
    "efficiencies": "light_efficiency",
    "channel_ghz": "light_channel",
    "regenerators_max": "light_regenerators",
}
_TRACED = "a trace says when requests come, for how long, between which sites, at which bit rate"
_LIT = "light decides, at each arrival, on the modulation"
_APART: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "trace",
        _TRACED,
        (
            *("load", "holding", "truncate", "mean_holding", "bit_rate", "bit_rates", "demands"),
            *("matrix", "seed", "seeds", "requests"),
        ),
    ),
    ("light", _LIT, ("reach_table", "order", "heuristic", "regenerate", "defragment")),
    ("matrix", "each says how likely pairs are", ("demands",)),
    ("bit_rates", "each says which bit rates are asked for", ("bit_rate",)),
)
"""What cannot go together, and why; of order and heuristic the usual ones can."""
_HELD_BY_LIGHT: Mapping[str, tuple[str, str]] = {
    "order": ("hops", "length"),
    "heuristic": ("ksp-ff", "ksp_ff"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LightWords:
    """Whether light decides, and what is taken for it; ``None`` is the usual."""

    is_lit: bool = False
    """Whether a request is carried only if it and all that it disturbs bear their light."""
    fibre: str | None = None
    """A fibre type of the packaged library."""
    amplifier: str | None = None
    """An amplifier type of it."""
    span_km_max: float | None = None
    snr_gap_db: float | None = None
    efficiencies: tuple[float, ...] = ()
    """Of the modulations to choose from [bit/s/Hz]."""
    channel_ghz: float | None = None
    """Of the channels for which the power is best."""
    regenerators_max: int = 0
    """Of one connection, at any sites between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficQuestion:
    """What a simulation of traffic is asked for; tables come beside it."""

    loads_erlang: tuple[float, ...] = ()
    """None where a trace says who comes when."""
    slots: int = 100
    k: int = 5
    order: str = "hops"
    heuristic: str = "ksp-ff"
    holding: str = "exponential"
    truncate: float | None = None
    """Holding times are below this multiple of their mean."""
    mean_holding: float = 1.0
    """In any unit of time: the load says how many requests come in it."""
    bit_rates: tuple[str, ...] = ()
    """All equally likely; none named is 25, 26 ... 100 Gb/s."""
    guard_slots: int = 1
    reserved: tuple[str, ...] = ()
    """What is never given away: ``-12:4`` of ITU-T G.694.1, or slots ``40-47`` from 0."""
    is_directed: bool = True
    by_demands: bool = False
    """Whether pairs are as likely as the topology's demands are large; else all alike."""
    latency_ms_max: float | None = None
    regenerate_km: float | None = None
    defragment: str | None = None
    """How connections are moved now and then, e.g. ``push-pull``; ``None`` is not at all."""
    defragment_every: int = 1_000
    """After so many requests."""
    light: LightWords = field(default_factory=LightWords)
    seed: int = 1
    runs: int = 1
    """Independent runs of each load."""
    requests: int = 100_000
    """Of each run, the warm-up included; a trace has its own number."""
    warm_up: int | None = None
    """Requests left out; ``None`` is 3,000, and none of a trace."""


_DEFAULTS = TrafficQuestion()


def words_apart(question: TrafficQuestion, *, tables: frozenset[str]) -> Iterator[Reading[None]]:
    """A reading with a finding for each option that cannot go with another, or needs one.

    Parameters
    ----------
    question
        What is asked.
    tables
        Which tables there are beside it, by the names of their options.
    """
    given = _given(question) | tables
    for option, why, others in _APART:
        if option not in given:
            continue
        for other in others:
            word = getattr(question, other, None)
            if other in given and not (option == "light" and word in _HELD_BY_LIGHT.get(other, ())):
                yield wrong(other, _cannot(other, option, why))
    if not question.light.is_lit:
        for name in sorted(given):
            if name.startswith("light_"):
                yield wrong(name, f"{_dashed(name)} says nothing without --light; add it")
    if "every" in given and question.defragment is None:
        yield wrong("every", "--every says nothing without --defragment; add it")


def _given(question: TrafficQuestion) -> frozenset[str]:
    """The options that are not as usual."""
    names = {
        _OPTIONS.get(one.name, one.name)
        for one in fields(question)
        if one.name != "light" and getattr(question, one.name) != getattr(_DEFAULTS, one.name)
    }
    names |= {
        option
        for name, option in _LIGHT_OPTIONS.items()
        if getattr(question.light, name) != getattr(_DEFAULTS.light, name)
    }
    return frozenset(names | ({"light"} if question.light.is_lit else set()))


def _cannot(other: str, option: str, why: str) -> str:
    return f"{_dashed(other)} cannot go with {_dashed(option)}: {why}; leave one of them out"


def _dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def figures_apart(question: TrafficQuestion) -> Iterator[Reading[None]]:
    """A reading with a finding for each figure that cannot be."""
    for name, number, (low, high) in (
        ("slots", question.slots, (1, SLOTS_MAX)),
        ("k", question.k, (1, PATHS_ASKED_MAX)),
        ("guard", question.guard_slots, (0, GUARD_MAX)),
        ("every", question.defragment_every, (1, REQUESTS_MAX)),
        ("seeds", question.runs, (1, RUNS_MAX)),
        ("seed", question.seed, (0, REQUESTS_MAX)),
        ("requests", question.requests, (1, REQUESTS_MAX)),
        ("warm_up", question.warm_up, (0, REQUESTS_MAX)),
        ("light_regenerators", question.light.regenerators_max, (0, REGENERATORS_MAX)),
    ):
        if number is not None and not low <= number <= high:
            yield wrong(name, f"{name} must be {low:,} to {high:,}, got {number:,}")
    light = question.light
    for name, figure, most in (
        *(("load", load, LOAD_MAX) for load in question.loads_erlang),
        ("latency_max", question.latency_ms_max, LOAD_MAX),
        ("regenerate", question.regenerate_km, LOAD_MAX),
        ("light_span", light.span_km_max, 400.0),
        ("light_gap", light.snr_gap_db, 100.0),
        ("light_channel", light.channel_ghz, 10_000.0),
        *(("light_efficiency", one, 20.0) for one in light.efficiencies),
    ):
        if figure is not None and not 0.0 < figure <= most:
            yield wrong(name, f"{name} must be above 0 and at most {most:g}, got {figure:g}")


def requests_apart(question: TrafficQuestion, *, traced: int | None) -> Iterator[Reading[None]]:
    """A reading with a finding if nobody asks, or too few are left to count.

    Parameters
    ----------
    question
        What is asked.
    traced
        How many requests the trace has; ``None`` where there is none.
    """
    if traced is None and not question.loads_erlang:
        yield wrong("load", "name a load in erlang, e.g. 250, or a trace")
    least = COUNTED_MIN if traced is None else 1
    left_out = warm_up(question, is_traced=traced is not None)
    requests = question.requests if traced is None else traced
    if requests - left_out < least:
        yield wrong(
            "requests" if traced is None else "warm_up",
            f"of {requests:,} requests {left_out:,} are left out; at least {least:,} must be left "
            "to count",
        )


def warm_up(question: TrafficQuestion, *, is_traced: bool) -> int:
    """How many requests are left out at the beginning."""
    if question.warm_up is not None:
        return question.warm_up
    return 0 if is_traced else WARM_UP


def wrong(name: str, message: str) -> Reading[None]:
    """A reading of nothing, with a finding."""
    return Reading(read=None, findings=(question_finding(name, message),))
