"""What do the words and tables of a question about traffic mean on a topology?"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Bool

from karakoram.core.cells import did_you_mean, shown
from karakoram.core.findings import Finding, Place
from karakoram.core.grid import FrequencySlot
from karakoram.core.identifiers import SectionId
from karakoram.engines.spectrum.defragmentation import Hitless
from karakoram.engines.spectrum.slots import SlotBand
from karakoram.network.topology import Topology
from karakoram.planning.traffic.case import Heuristic, Tidying
from karakoram.planning.traffic.light import LightFigures
from karakoram.planning.traffic.paths import PathChoice, PathPreference, demand_weights, site_pairs
from karakoram.planning.traffic.tables import BitRateShare, ReservedBand
from karakoram.planning.traffic.widths import ReachStep, ReachTable, SlotRule
from karakoram.refdata.library import read_library
from karakoram.refdata.reach_tables import STUDY_BIT_RATES_GBPS, STUDY_REACH_KM_BY_EFFICIENCY
from karakoram.usecases.simulate.traffic_ports import PlacedRow, TrafficTables
from karakoram.usecases.simulate.traffic_question import (
    LightWords,
    TrafficQuestion,
    figures_apart,
    requests_apart,
    words_apart,
    wrong,
)
from karakoram.usecases.simulate.traffic_streams import (
    RequestSource,
    drawn_source,
    holding_law,
    matrix_weights,
    traced_source,
)
from karakoram.usecases.words import (
    Reading,
    bit_rate_gbps_from_text,
    choice_from_word,
    reading,
    refuse_unread,
)

_GRID = re.compile(r"(?P<n>[+-]?\d{1,6}):(?P<m>\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnderstoodTraffic:
    """What a question means."""

    choice: PathChoice
    heuristic: Heuristic
    usable: Bool[np.ndarray, "section slot"]
    """Of each section, or each direction of one."""
    reserved: tuple[ReservedBand, ...]
    """What is never given away, as bands of the grid."""
    tidying: Tidying | None
    requests: RequestSource
    light: LightFigures | None
    """``None`` where reach decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words that were understood, each by itself."""

    order: Reading[PathPreference]
    heuristic: Reading[Heuristic]
    reserved: tuple[Reading[ReservedBand], ...]
    hitless: Reading[Hitless]
    bit_rates: tuple[Reading[float], ...]
    light: Reading[LightFigures]

    @property
    def every(self) -> tuple[Reading[Any], ...]:
        """All of them."""
        return (
            self.order,
            self.heuristic,
            self.hitless,
            self.light,
            *self.reserved,
            *self.bit_rates,
        )


def understood_traffic(
    question: TrafficQuestion, topology: Topology, tables: TrafficTables
) -> UnderstoodTraffic:
    """What ``question`` means on a topology without errors.

    Raises
    ------
    InvalidDataError
        Carrying a finding for every word, figure and row that cannot be, and for every two
        options that cannot go together.
    """
    words = _words(question)
    traced = None if tables.trace is None else len(tables.trace)
    source = _source(question, topology, tables, words=words)
    bands = _bands(question, topology, tables)
    refuse_unread(
        (
            *words_apart(question, tables=_named(tables)),
            *figures_apart(question),
            *requests_apart(question, traced=traced),
            *_demands_apart(question, topology),
            *words.every,
            source,
            bands,
        )
    )
    reserved = (*(one.value for one in words.reserved), *bands.value)
    return UnderstoodTraffic(
        choice=_choice(question, tables, (words, source.value)),
        heuristic=words.heuristic.value,
        usable=_usable(question, topology, reserved),
        reserved=reserved,
        tidying=None
        if question.defragment is None
        else Tidying(hitless=words.hitless.value, every=question.defragment_every),
        requests=source.value,
        light=words.light.value if question.light.is_lit else None,
    )


def _named(tables: TrafficTables) -> frozenset[str]:
    """The options by which tables come."""
    return frozenset(
        name
        for name in ("trace", "matrix", "reach_table", "bit_rates")
        if getattr(tables, name) is not None
    )


def _words(question: TrafficQuestion) -> _Words:
    return _Words(
        order=reading("order", question.order, lambda word: choice_from_word(word, PathPreference)),
        heuristic=reading(
            "heuristic", question.heuristic, lambda word: choice_from_word(word, Heuristic)
        ),
        reserved=tuple(
            reading("reserve", word, lambda text: _band(text, question.slots))
            for word in question.reserved
        ),
        hitless=reading("defragment", question.defragment or Hitless.PUSH_PULL.name, _hitless),
        bit_rates=tuple(
            reading("bit_rate", word, bit_rate_gbps_from_text) for word in question.bit_rates
        ),
        light=_light_figures(question.light),
    )


def _demands_apart(question: TrafficQuestion, topology: Topology) -> Sequence[Reading[None]]:
    if question.by_demands and not any(one.volume > 0.0 for one in topology.demands):
        return (wrong("demands", f"the topology {topology.name} holds no demands; leave it out"),)
    return ()


def _source(
    question: TrafficQuestion, topology: Topology, tables: TrafficTables, *, words: _Words
) -> Reading[RequestSource]:
    """Who asks; where the question is wrong in itself, that is told elsewhere."""
    if tables.trace is not None:
        traced, findings = traced_source(tables.trace, topology, is_directed=question.is_directed)
        return Reading(read=traced, findings=findings)
    holding = reading("holding", question.holding, lambda word: holding_law(word, question))
    weights, findings = _pair_weights(question, topology, tables)
    findings = (*holding.findings, *findings)
    told_elsewhere = (*figures_apart(question), *_demands_apart(question, topology))
    wrong_words = any(one.findings for one in (*words.every, *told_elsewhere))
    if findings or wrong_words or not question.loads_erlang:
        return Reading(read=None, findings=findings)
    source = drawn_source(
        question,
        holding=holding.value,
        pair_weights=weights,
        bit_rate_weights=_bit_rate_weights(tables.bit_rates, words),
    )
    return Reading(read=source)


def _pair_weights(
    question: TrafficQuestion, topology: Topology, tables: TrafficTables
) -> "tuple[np.ndarray, tuple[Finding, ...]]":
    if tables.matrix is not None:
        return matrix_weights(tables.matrix, topology, is_directed=question.is_directed)
    if question.by_demands:
        return demand_weights(topology, is_directed=question.is_directed), ()
    return np.ones(len(site_pairs(len(topology.sites), is_directed=question.is_directed))), ()


def _bit_rate_weights(
    rows: Sequence[PlacedRow[BitRateShare]] | None, words: _Words
) -> tuple[tuple[float, float], ...]:
    if rows is not None:
        return tuple((one.row.bit_rate_gbps, one.row.weight) for one in rows)
    named = tuple(one.value for one in words.bit_rates) or STUDY_BIT_RATES_GBPS
    return tuple((gbps, 1.0) for gbps in named)


def _choice(
    question: TrafficQuestion, tables: TrafficTables, found: tuple[_Words, RequestSource]
) -> PathChoice:
    words, source = found
    return PathChoice(
        k=question.k,
        order=words.order.value,
        slot_rule=SlotRule(
            reach_table=_reach_table(question, tables, words),
            bit_rates_gbps=source.bit_rates_gbps,
            guard_slots=question.guard_slots,
        ),
        is_directed=question.is_directed,
        segment_km_max=np.inf if question.regenerate_km is None else question.regenerate_km,
        latency_ms_max=np.inf if question.latency_ms_max is None else question.latency_ms_max,
    )


def _reach_table(question: TrafficQuestion, tables: TrafficTables, words: _Words) -> ReachTable:
    """As written down; where light decides, its best modulation over any length."""
    if question.light.is_lit:
        best = max(words.light.value.spectral_efficiencies)
        return (ReachStep(reach_km=math.inf, bit_per_s_per_hz=best),)
    if tables.reach_table is not None:
        return tuple(
            ReachStep(
                reach_km=math.inf if one.row.reach_km is None else one.row.reach_km,
                bit_per_s_per_hz=one.row.bit_per_s_per_hz,
            )
            for one in tables.reach_table
        )
    return tuple(
        ReachStep(reach_km=reach_km, bit_per_s_per_hz=efficiency)
        for efficiency, reach_km in STUDY_REACH_KM_BY_EFFICIENCY.items()
    )


def _light_figures(words: LightWords) -> Reading[LightFigures]:
    """What is taken for light; types that the library has not become findings."""
    library = read_library()
    usual = LightFigures()
    fibre = words.fibre or usual.fibre_type_id
    amplifier = words.amplifier or usual.amplifier_type_id
    findings = [
        finding
        for name, word, known in (
            ("light_fibre", fibre, library.fibre_types),
            ("light_amplifier", amplifier, library.amplifier_types),
        )
        if word not in known
        for finding in wrong(
            name,
            f"{shown(word)} is not in the library: {', '.join(sorted(known))}"
            + did_you_mean(word, known),
        ).findings
    ]
    if findings:
        return Reading(read=None, findings=tuple(findings))
    chosen = {
        "span_km_max": words.span_km_max,
        "snr_gap_db": words.snr_gap_db,
        "spectral_efficiencies": tuple(sorted(set(words.efficiencies), reverse=True)) or None,
        "bandwidth_ghz": words.channel_ghz,
    }
    named = replace(usual, fibre_type_id=fibre, amplifier_type_id=amplifier)
    given = {name: value for name, value in chosen.items() if value is not None}
    return Reading(read=replace(named, **given))  # type: ignore[arg-type]  # each of its type


def _band(word: str, slots: int) -> ReservedBand:
    """The band that ``-12:4`` of the grid, or ``40-47`` or ``40`` of the slots, names.

    Raises
    ------
    ValueError
        If it names none, or one that is not within the slots.
    """
    grid = _GRID.fullmatch(word.strip())
    if grid is not None:
        slot = FrequencySlot(n=int(grid["n"]), m=int(grid["m"]))
        _check_within(slot, slots)
        return ReservedBand(n=slot.n, m=slot.m)
    first, _, last = word.partition("-")
    if not (first.strip().isdecimal() and (last or first).strip().isdecimal()):
        raise ValueError(
            f"cannot read the slots {shown(word)}: write n:m of ITU-T G.694.1, e.g. -12:4, slots "
            "counted from 0, e.g. 40-47 or 40, or the name of a .csv file"
        )
    named = range(int(first), int(last or first) + 1)
    if not named or named[-1] >= slots:
        raise ValueError(f"{word!r} is not within the slots 0-{slots - 1}, lowest first")
    return ReservedBand(n=named.start + named.stop - slots, m=len(named))


def _check_within(slot: FrequencySlot, slots: int) -> None:
    """Refuse a band that is not wholly within the slots.

    Raises
    ------
    ValueError
        If it is not.
    """
    if abs(slot.n) + slot.m > slots:
        raise ValueError(
            f"{slot.n}:{slot.m} reaches from {slot.n - slot.m} to {slot.n + slot.m} times 6.25 GHz "
            f"from 193.1 THz; the {slots} slots reach from {-slots} to {slots}"
        )


def _bands(
    question: TrafficQuestion, topology: Topology, tables: TrafficTables
) -> Reading[tuple[ReservedBand, ...]]:
    """The bands of tables, and a finding for each that is nowhere."""
    findings = []
    known = {section.section_id for section in topology.sections}
    for one in tables.reserved:
        try:
            _check_within(one.row.slot, question.slots)
        except ValueError as refusal:
            findings.append(_band_finding(one.place, "n", str(refusal)))
        if one.row.section_id is not None and one.row.section_id not in known:
            message = f"{shown(one.row.section_id)} is no section of the topology"
            message += did_you_mean(one.row.section_id, known)
            findings.append(_band_finding(one.place, "section_id", message))
    return Reading(
        read=None if findings else tuple(one.row for one in tables.reserved),
        findings=tuple(findings),
    )


def _band_finding(place: Place, name: str, message: str) -> Finding:
    return Finding(code="reserved-band", place=replace(place, field=name), message=message)


def _usable(
    question: TrafficQuestion, topology: Topology, reserved: Sequence[ReservedBand]
) -> Bool[np.ndarray, "section slot"]:
    """Which slots may be given away: all but those that a reserved band touches."""
    band = SlotBand(slot_count=question.slots, lowest_edge=-question.slots)
    everywhere = [one.slot for one in reserved if one.section_id is None]
    of_section: dict[SectionId, list[FrequencySlot]] = {}
    for one in reserved:
        if one.section_id is not None:
            of_section.setdefault(one.section_id, []).append(one.slot)
    rows = [
        band.usable(reserved=[*everywhere, *of_section.get(section.section_id, ())])
        for section in topology.sections
    ]
    return np.repeat(np.stack(rows), 2 if question.is_directed else 1, axis=0)


def _hitless(word: str) -> Hitless:
    """How connections are moved by its name; case, hyphen and blank are alike.

    Raises
    ------
    ValueError
        When none is called so.
    """
    names = {one.name.lower(): one for one in Hitless}
    wanted = word.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted not in names:
        raise ValueError(f"{word!r} is not one of {', '.join(names)}")
    return names[wanted]
