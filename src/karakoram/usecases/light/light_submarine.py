"""What does a fibre pair of a submarine cable give, by its records or by a description?"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.fields import Bounds
from karakoram.core.findings import Finding, errors_of
from karakoram.core.identifiers import CableId, SiteId, near_misses
from karakoram.core.provenance import Confidence, Figure, Provenance, derived_confidence, weakest
from karakoram.core.units import hz_from_ghz, linear_from_db
from karakoram.network.geometry import great_circle_km
from karakoram.network.lookup import records_from_words, site_id_from_word
from karakoram.network.network import Network
from karakoram.network.sections import Oms
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.network.validate import validate
from karakoram.network.wet_line import (
    WET_LINE_BOUNDS,
    WET_LINE_FIGURES,
    BranchingUnit,
    WetLine,
)
from karakoram.planning.cable_acceptance import JudgedWay
from karakoram.planning.cable_light import CableLeg, CableLight, joined_legs, land_leg, wet_leg
from karakoram.planning.cable_ways import cable_ways, shortest_way, wet_line_of
from karakoram.planning.optical_plant import OpticalPlant, optical_plant
from karakoram.planning.wet_light import WET_LINE, ModeLoad, Slots, mode_loads, shannon_bit_per_s
from karakoram.refdata.equipment import FibreType
from karakoram.refdata.library import read_library
from karakoram.refdata.wet_line_figures import (
    USUAL_FIBRE_ID,
    USUAL_REPEATER_ID,
    read_wet_line_figures,
)
from karakoram.usecases.light.branching_units import Stretch, units_by_stretch, units_reading
from karakoram.usecases.light.cable_measurements import AcceptanceQuestion, accepted_ways
from karakoram.usecases.ports import NetworkSource, Progress, silent
from karakoram.usecases.words import (
    Reading,
    question_finding,
    reading,
    refuse_unread,
    spacing_ghz_from_word,
    statuses_reading,
)

_NEAR_KM = 100.0
"""A landing station so near a town is that town's."""
_TBPS_PER_BPS = 1e-12
_SYMBOL_RATES = Bounds(at_least=1.0, at_most=1_000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WetLineDescription:
    """What somebody states of a submarine line; what is missing is assumed."""

    name: str
    figures: Mapping[str, Figure]
    """By the name of a field of :class:`WetLine`."""
    fibre: str | None = None
    """Fibre type of the library."""
    branching_units: tuple[BranchingUnit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmarineQuestion:
    """Which cable, between which landings; or which described line."""

    cable: str | None = None
    from_word: str | None = None
    to_word: str | None = None
    described: WetLineDescription | None = None
    stated: Mapping[str, float] = field(default_factory=dict)
    """Figures that the question itself states, by name; they count before all others."""
    fibre: str | None = None
    spacing: str = "150"
    reference_gbaud: float | None = None
    """Symbol rate for acceptance figures; ``None``: that of the channels."""
    include: tuple[str, ...] = ()
    branching_units: tuple[str, ...] = ()
    """``KM`` or ``KM:DB`` from where the way begins; besides those of the description."""
    accepting: AcceptanceQuestion = field(default_factory=AcceptanceQuestion)


@dataclass(frozen=True, slots=True, kw_only=True)
class FibrePairBitRate:
    """What a fibre pair carries from end to end, and by which reckoning."""

    shannon_tbps: float
    """No equipment reaches it."""
    with_gap_tbps: float
    """Shannon's bound with as much more SNR as real equipment of ``gap`` needs."""
    gap: Figure
    """In dB."""
    modes: tuple[ModeLoad, ...]
    """Each channel lit by the fastest mode of the library that works, with the margin."""
    margin: Figure
    """In dB."""
    published_tbps: float | None
    """Design bit rate of a fibre pair, as published."""

    @property
    def modes_tbps(self) -> float:
        """Of all channels that a mode serves."""
        return sum(one.bit_rate_gbps for one in self.modes) / 1000.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SubmarineAnswer:
    """Light of one fibre pair and what it carries."""

    name: str
    spacing_ghz: float
    reference_gbaud: float
    """Symbol rate of the channel that acceptance figures are stated for."""
    light: CableLight
    bit_rate: FibrePairBitRate
    """From end to end without regeneration."""
    leg_bit_rates: tuple[FibrePairBitRate, ...]
    """Of each leg alone, as with regenerators between them."""
    judged: tuple[JudgedWay, ...] = ()
    """Measured channels by direction; none where nothing was measured."""

    @property
    def wet_confidence(self) -> Confidence:
        """How far the light of the lines under the sea may be trusted.

        As the worst figure of any line: GSNR, droop and, with the mode or gap told, bits a second.
        """
        made = [
            *(getattr(wet.line, name) for wet in self.light.wet for name in WET_LINE_FIGURES),
            *(wet.line.fibre_type for wet in self.light.wet),
        ]
        return derived_confidence(each.provenance.confidence for each in made)

    @property
    def length_confidence(self) -> Confidence:
        """How far the kilometres under the sea may be trusted."""
        lines = [wet.line.length_km for wet in self.light.wet]
        return weakest(tuple(each.provenance.confidence for each in lines))

    @property
    def is_refused(self) -> bool:
        """Whether what was measured falls short of the contract somewhere."""
        return not all(way.verdict.is_accepted for way in self.judged)


def light_submarine(
    question: SubmarineQuestion, *, networks: NetworkSource, progress: Progress = silent
) -> SubmarineAnswer:
    """Light of one fibre pair of a cable, and what it carries.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule, the question names what is not there, or a figure is out
        of bounds.
    """
    progress("Reading the network")
    network = networks.read_network()
    if errors := errors_of(validate(network)):
        raise InvalidDataError(errors)
    spacing = reading(
        "spacing", question.spacing, lambda word: spacing_ghz_from_word(network, word)
    )
    units = units_reading(question.branching_units)
    contradictions: Reading[None] = Reading(
        read=None, findings=(*_contradictions(question), *_too_fast(question, spacing.read))
    )
    refuse_unread((contradictions, spacing, units))
    slots = Slots(
        spacing_ghz=spacing.value,
        symbol_rate_gbaud=max(
            mode.symbol_rate_gbaud
            for mode in network.library.transceiver_modes.values()
            if mode.spacing_ghz_min == spacing.value
        ),
        within_thz=None
        if question.cable is None
        else (network.rules.band_lower_thz.value, network.rules.band_upper_thz.value),
    )
    asked = _Asked(network=network, question=question, slots=slots, units=units.value)
    progress("Computing light")
    with _refusals_found():
        name, legs, system = (
            _described(asked) if question.cable is None else _of_cable(asked, question.cable)
        )
        light = joined_legs(legs)
    reference_gbaud = question.reference_gbaud or slots.symbol_rate_gbaud
    return SubmarineAnswer(
        name=name,
        spacing_ghz=spacing.value,
        reference_gbaud=reference_gbaud,
        light=light,
        bit_rate=_bit_rate(asked, light, system=system),
        leg_bit_rates=tuple(
            _bit_rate(asked, joined_legs((leg,)), system=system) for leg in light.legs
        ),
        judged=accepted_ways(question.accepting, light, slots, reference_gbaud=reference_gbaud),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The question with what its words mean."""

    network: Network
    question: SubmarineQuestion
    slots: Slots
    units: tuple[BranchingUnit, ...]

    @property
    def stated(self) -> dict[str, Figure]:
        """Figures of the question itself."""
        told = Provenance(source="as asked", confidence=Confidence.STATED)
        return {
            name: Figure(value=value, provenance=told)
            for name, value in self.question.stated.items()
        }


_Found = tuple[str, tuple[CableLeg, ...], SubmarineSystem | None]


def _contradictions(question: SubmarineQuestion) -> list[Finding]:
    """A finding for each way in which the question names no line, two, or impossible figures."""
    findings = [
        question_finding(name, breach)
        for name, value in question.stated.items()
        if (breach := WET_LINE_BOUNDS[name].breach(value)) is not None
    ]
    reference_gbaud = question.reference_gbaud
    if reference_gbaud is not None and (breach := _SYMBOL_RATES.breach(reference_gbaud)):
        findings.append(question_finding("reference_gbaud", breach))
    findings += question.accepting.findings()
    if question.cable is None:
        findings += [
            question_finding(name, "goes with --cable, which names the cable that lands there")
            for name, word in (("from", question.from_word), ("to", question.to_word))
            if word is not None
        ]
        described = {} if question.described is None else question.described.figures
        if "length_km" not in {**described, **question.stated}:
            findings.append(
                question_finding("length_km", "is missing; state it, or name a cable with --cable")
            )
    else:
        findings += [
            question_finding(name, f"is missing; say where the way along the cable {ends}")
            for name, word, ends in (
                ("from", question.from_word, "begins"),
                ("to", question.to_word, "ends"),
            )
            if word is None
        ]
        if question.described is not None:
            findings.append(question_finding("system", "describes a line, and so does --cable"))
        findings += [
            question_finding(name, "does not go with --cable, whose records say it")
            for name in ("length_km", "centre_thz")
            if name in question.stated
        ]
        if question.fibre is not None:
            message = "does not go with --cable, whose records name it"
            findings.append(question_finding("fibre", message))
    return findings


def _too_fast(question: SubmarineQuestion, spacing_ghz: float | None) -> Iterator[Finding]:
    """A finding where the reference channel has no room in its slot of ``spacing_ghz``."""
    asked = question.reference_gbaud
    if asked is not None and spacing_ghz is not None and asked > spacing_ghz:
        message = f"must be at most the slot of {spacing_ghz:g} GHz, got {asked:g}"
        yield question_finding("reference_gbaud", message)


def _fibre(network: Network, word: str) -> FibreType:
    """The fibre type that a word means: of the network, else of those that come with the platform.

    Raises
    ------
    NotFoundError
        Where it means none, or one that light cannot be computed for.
    """
    known = {**read_library().fibre_types, **network.library.fibre_types}
    wanted = word.strip().casefold()
    found = next((fibre for key, fibre in known.items() if key.casefold() == wanted), None)
    if found is None:
        near = near_misses(word, known)
        raise NotFoundError(f"{word!r} is not one of {', '.join(known)}.", near_misses=near)
    if found.dispersion_ps_per_nm_km == 0.0:
        raise NotFoundError(f"{word!r} has no dispersion, which the model of interference needs.")
    return found


def _described(asked: _Asked) -> _Found:
    """A line of a description and of what the question states, the rest assumed."""
    described = asked.question.described
    word = asked.question.fibre or (described and described.fibre)
    read = reading("fibre", word or USUAL_FIBRE_ID, lambda said: _fibre(asked.network, said))
    refuse_unread((read,))
    fibre = read.value
    repeater = asked.network.library.amplifier_types.get(USUAL_REPEATER_ID)
    repeater = repeater or read_library().amplifier_types[USUAL_REPEATER_ID]
    figures = {
        "repeater_noise_figure_db": Figure(
            value=repeater.noise_figure_db, provenance=repeater.provenance
        ),
        "attenuation_db_per_km": Figure(
            value=fibre.attenuation_db_per_km, provenance=fibre.provenance
        ),
        **{
            name: Figure(value=one.value, provenance=one.provenance)
            for name, one in read_wet_line_figures().items()
            if name in WET_LINE_FIGURES
        },
        **({} if described is None else described.figures),
        **asked.stated,
    }
    name = "described line" if described is None else described.name
    units = (*(() if described is None else described.branching_units), *asked.units)
    line = WetLine(name=name, fibre_type=fibre, branching_units=units, **figures)
    return name, (wet_leg(line, asked.slots, places=("A", "Z")),), None


def _of_cable(asked: _Asked, word: str) -> _Found:
    network, question = asked.network, asked.question
    statuses = statuses_reading(question.include)
    cable = reading("cable", word, lambda text: _cable_id(network, text))
    refuse_unread((statuses, cable))
    ways = cable_ways(network, cable.value, statuses.value)
    ends = [
        reading(name, said or "", lambda text: _landing(network, ways, text))
        for name, said in (("from", question.from_word), ("to", question.to_word))
    ]
    refuse_unread(ends)
    from_id, to_id = (end.value for end in ends)
    if from_id == to_id:
        message = f"the way begins and ends at {to_id}; name two landings"
        raise InvalidDataError((question_finding("to", message),))
    way = shortest_way(ways, from_id=from_id, to_id=to_id)
    if way is None or all(line.submarine_cable_id is None for line in way):
        message = f"the cable does not lead from {from_id} to {to_id} in the accepted status"
        raise InvalidDataError((question_finding("to", message),))
    is_on_land = any(line.submarine_cable_id is None for line in way)
    plant = optical_plant(network) if is_on_land else None
    stretches = [
        Stretch(
            name=f"{line.a_site_id}-{line.z_site_id}",
            length_km=line.length_km,
            is_wet=line.submarine_cable_id is not None,
        )
        for line in way
    ]
    legs = tuple(
        _leg(asked, line, plant=plant, units=units)
        for line, units in zip(way, units_by_stretch(asked.units, stretches), strict=True)
    )
    return f"{cable.value} {from_id}-{to_id}", legs, network.submarine_systems[cable.value]


def _leg(
    asked: _Asked, line: Oms, *, plant: OpticalPlant | None, units: tuple[BranchingUnit, ...]
) -> CableLeg:
    if line.submarine_cable_id is None:
        assert plant is not None
        return land_leg(asked.network, plant, line, spacing_ghz=asked.slots.spacing_ghz)
    wet = wet_line_of(asked.network, line, stated=asked.stated, branching_units=units)
    return wet_leg(wet, asked.slots, places=(line.a_site_id, line.z_site_id))


@contextmanager
def _refusals_found() -> Iterator[None]:
    """Turn what a line refuses into findings.

    Raises
    ------
    InvalidDataError
        With a finding for every figure that is out of bounds.
    """
    try:
        yield
    except ValueError as refusal:
        if not str(refusal).startswith("WetLine."):
            raise
        found = []
        for breach in str(refusal).split("; WetLine."):
            name, _, words = breach.removeprefix("WetLine.").partition(" ")
            found.append(question_finding(name, words))
        raise InvalidDataError(tuple(found)) from refusal
    except InvalidDataError as refusal:
        asked = tuple(
            question_finding(found.place.field or "cable", found.message)
            if found.place.table == WET_LINE
            else found
            for found in refusal.findings
        )
        raise InvalidDataError(asked) from refusal


def _cable_id(network: Network, word: str) -> CableId:
    """The submarine cable that a word means, known by its repeaters.

    Raises
    ------
    NotFoundError
        Where it means none, or one that is known by its published bit rate only.
    """
    known = network.submarine_systems
    found = {key for key in known if key.casefold() == word.strip().casefold()}
    if not found:
        records, refusals = records_from_words(network, (word,))
        found = {key for key in records.cable_ids if key in known}
        if not found:
            near = refusals[0].near_misses if refusals else ()
            listed = ", ".join(known)
            message = f"{word!r} is no submarine cable of the network; it has {listed or 'none'}."
            raise NotFoundError(message, near_misses=near)
    (cable_id,) = found
    if known[cable_id].design_basis is DesignBasis.PUBLISHED:
        raise NotFoundError(
            f"of {cable_id} only the published bit rate is known, not its repeaters; describe them "
            "in a file and name it with --system."
        )
    return cable_id


def _landing(network: Network, ways: Sequence[Oms], word: str) -> SiteId:
    """The landing of a cable that a word means: the site itself, or the one nearest to it.

    Raises
    ------
    NotFoundError
        Where the word means no site, or one that no landing is near to; with all landings.
    """
    landings = {way.a_site_id: None for way in ways}
    site_id = site_id_from_word(network, word)
    if site_id in landings:
        return site_id
    site = network.sites[site_id]
    near = {landing: great_circle_km(site, network.sites[landing]) for landing in landings}
    best = min(near, key=near.__getitem__, default=None)
    if best is not None and near[best] <= _NEAR_KM:
        return best
    raise NotFoundError(f"the cable does not land at {word!r}; it lands at {', '.join(landings)}.")


def _bit_rate(
    asked: _Asked, light: CableLight, *, system: SubmarineSystem | None
) -> FibrePairBitRate:
    network, gsnr = asked.network, light.end.gsnr
    gap, margin = network.rules.published_design_gap_db, network.rules.margin_db
    rate_hz = np.full(gsnr.shape, hz_from_ghz(asked.slots.symbol_rate_gbaud))
    published = None
    if system is not None and system.design_capacity_tbps and system.fibre_pairs:
        published = system.design_capacity_tbps / system.fibre_pairs
    with_gap_bps = shannon_bit_per_s(gsnr, rate_hz, gap=linear_from_db(gap.value))
    return FibrePairBitRate(
        shannon_tbps=shannon_bit_per_s(gsnr, rate_hz) * _TBPS_PER_BPS,
        with_gap_tbps=with_gap_bps * _TBPS_PER_BPS,
        gap=gap,
        modes=mode_loads(
            gsnr,
            dispersion_s_per_m=light.dispersion_s_per_m,
            pmd_s=light.pmd_s,
            modes=[
                mode
                for mode in network.library.transceiver_modes.values()
                if mode.spacing_ghz_min == asked.slots.spacing_ghz
            ],
            margin_db=margin.value,
        ),
        margin=margin,
        published_tbps=published,
    )
