"""What is light at the end of each OMS of a network, wherever it comes from?

A ROADM that meets its target launches the same power into a degree whatever the path, so an
OMS does the same to every path through it: computed once, it serves all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding
from karakoram.core.units import SPEED_OF_LIGHT_M_PER_S
from karakoram.engines.optics.amplified_lines import (
    PreparedAmplifiedLines,
    prepared_amplified_lines,
)
from karakoram.engines.optics.amplifier_types import prepared_amplifiers
from karakoram.engines.optics.chain import Passage, states_along
from karakoram.engines.optics.channel_state import ChannelState, launched
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.network.photonic.elements import Element, Fibre, Roadm
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.figures import fibre_figures, roadm_figures
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.walk import MultiplexSection
from karakoram.planning.photonic.fibre_columns import GROUP_INDEX
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.missing import missing_settings
from karakoram.planning.photonic.passages import path_passages
from karakoram.planning.photonic.path_bands import (
    AmplifierKinds,
    amplifier_kinds,
    no_channel_finding,
    passed,
)
from karakoram.planning.photonic.path_ways import LitPath, light_findings
from karakoram.planning.photonic.roadm_columns import equalisation
from karakoram.planning.photonic.section_columns import (
    PlainSection,
    SectionColumns,
    plain_section,
    section_columns,
)

_FIXED = ("dispersion_s_per_m", "pmd_square_s2", "pdl_square_db2")
_COLUMNS = ("launch_power_w", "power_w", "log_noise", *_FIXED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LitSections:
    """OMSs with the channels that are to run through all of them; no findings are left."""

    library: PhotonicLibrary
    sections: tuple[MultiplexSection, ...]
    elements: tuple[tuple[Element, ...], ...]
    """Of each section, both ends included."""
    kinds: AmplifierKinds = field(repr=False)
    lit: LitChannels
    unlit: LitChannels | None
    """Channels asked for that some amplifier of these sections does not pass."""
    method: PropagationMethod


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SectionEnds:
    """Channels at the end of each OMS, from a noiseless start at its ROADM's target."""

    launch_power_w: Float[np.ndarray, "section channel"]
    """That the ROADM sends into the section."""
    power_w: Float[np.ndarray, "section channel"]
    """That reaches the ROADM at its end."""
    log_noise: Float[np.ndarray, "section channel"]
    """x = ln(1 + 1/GSNR), which adds over sections."""
    dispersion_s_per_m: Float[np.ndarray, "section channel"]
    pmd_square_s2: Float[np.ndarray, "section channel"]
    """Squares of PMD add."""
    pdl_square_db2: Float[np.ndarray, "section channel"]
    latency_s: Float[np.ndarray, " section"]
    length_m: Float[np.ndarray, " section"]

    def __post_init__(self) -> None:
        for name in (*_COLUMNS, "latency_s", "length_m"):
            object.__setattr__(self, name, read_only(getattr(self, name)))


def lit_sections(
    network: PhotonicNetwork,
    library: PhotonicLibrary,
    *,
    sections: Sequence[MultiplexSection],
    spectrum: LitChannels,
    method: PropagationMethod = DEFAULT_METHOD,
) -> LitSections:
    """Sections and the channels that all of their amplifiers pass.

    Parameters
    ----------
    network, library
        A network in which ``validate`` finds no error.
    sections
        OMSs of the network.
    spectrum
        Channels asked for.
    method
        Models of interference and Raman scattering.

    Raises
    ------
    InvalidDataError
        With a finding for every setting that is missing, and for all that keeps light from
        running.
    """
    inner = [network.elements[key] for section in sections for key in section.element_ids]
    kinds, impossible = amplifier_kinds(inner, library)
    _refuse((*missing_settings(network, [one.element_id for one in inner]), *impossible))
    through = _passed(inner, kinds, spectrum)
    if not through.any():
        raise InvalidDataError((no_channel_finding(inner, kinds, spectrum),))
    made = LitSections(
        library=library,
        sections=tuple(sections),
        elements=tuple(_with_ends(network, section) for section in sections),
        kinds=kinds,
        lit=spectrum.kept(through),
        unlit=None if through.all() else spectrum.kept(~through),
        method=method,
    )
    _refuse(_fibre_findings(made, inner))
    return made


def _refuse(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise InvalidDataError(findings)


def _with_ends(network: PhotonicNetwork, section: MultiplexSection) -> tuple[Element, ...]:
    ids = (section.from_id, *section.element_ids, section.to_id)
    return tuple(network.elements[key] for key in ids)


def _passed(
    inner: Sequence[Element], kinds: AmplifierKinds, spectrum: LitChannels
) -> Bool[np.ndarray, " channel"]:
    """Which channels all amplifiers pass; of equal types one is asked."""
    of_types = {
        (type(one), getattr(one, "amplifier_type_id", None), getattr(one, "bands", None)): one
        for one in inner
    }
    return passed(list(of_types.values()), kinds, spectrum)


def _fibre_findings(made: LitSections, inner: Sequence[Element]) -> tuple[Finding, ...]:
    """What keeps light from running in fibres; of fibres that state the same one is asked."""
    asked: dict[object, Fibre] = {}
    for one in inner:
        if isinstance(one, Fibre):
            key = (
                one.fibre_type_id,
                one.loss_db_per_km,
                one.dispersion_ps_per_nm_km,
                one.dispersion_slope_ps_per_nm2_km,
                one.reference_frequency_thz,
                one.raman_pumping,
            )
            asked.setdefault(key, one)
    fibres = tuple(asked.values())
    if not fibres:
        return ()
    chain = (fibres[0], *fibres, fibres[0])
    return light_findings(
        LitPath(
            library=made.library,
            path=tuple(one.element_id for one in chain),
            elements=chain,
            lit=made.lit,
            method=made.method,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadySections:
    """OMSs with all that no power changes, ready for any launch; computed once.

    Sections of plain fibre and amplifiers of one band are computed all at once, others element
    by element; both give the same. Where nothing stands in a section nothing happens.
    """

    made: LitSections
    lines: PreparedAmplifiedLines | None
    """The plain sections; None where there is none."""
    line: Int[np.ndarray, " section"]
    """Which of the plain sections each one is; -1 where it is none."""
    passages: Mapping[int, tuple[Passage, ...]] = field(repr=False)
    """What stands in the sections that are passed element by element."""
    end_loss: Float[np.ndarray, " section"]
    """Behind the last amplifier of a plain section: input over output power [1]."""
    plain_figures: Mapping[str, Float[np.ndarray, "section channel"]] = field(repr=False)
    """Dispersion [s/m], squares of PMD [s²] and PDL [dB²] of plain sections; 0 for others."""

    def light(
        self, launch_w: Float[np.ndarray, "row channel"], *, sections: Int[np.ndarray, " row"]
    ) -> tuple[Float[np.ndarray, "row channel"], Float[np.ndarray, "row channel"]]:
        """Total channel power [W] and x = ln(1 + 1/GSNR) [1] at the end of sections.

        Parameters
        ----------
        launch_w
            Total channel power that enters, one row for each section named [W].
        sections
            Which sections, in any order, each as often as it is named.
        """
        power_w, log_noise, _ = self._light(launch_w, sections)
        return power_w, log_noise

    def _light(
        self, launch_w: Float[np.ndarray, "row channel"], sections: Int[np.ndarray, " row"]
    ) -> tuple[
        Float[np.ndarray, "row channel"], Float[np.ndarray, "row channel"], dict[int, ChannelState]
    ]:
        """As :meth:`light`, and what is known at the end of rows passed element by element."""
        power_w, log_noise = np.array(launch_w), np.zeros(launch_w.shape)
        line = self.line[sections]
        plain = np.flatnonzero(line >= 0)
        if plain.size:
            assert self.lines is not None
            ends = self.lines.of(line[plain]).ends(launch_w[plain])
            power_w[plain] = ends.power_w / self.end_loss[sections[plain], None]
            log_noise[plain] = ends.shares.log_noise
        states = {
            row: _passed_one_by_one(self.passages[section], launch_w[row])
            for row, section in enumerate(sections.tolist())
            if section in self.passages
        }
        for row, end in states.items():
            power_w[row] = end.power_w[0]
            log_noise[row] = end.shares.log_noise[0]
        return power_w, log_noise, states

    def ends(self) -> SectionEnds:
        """Channels at the end of every section, from what ROADMs level them to."""
        launch_w = launch_power_w(self.made)
        power_w, log_noise, states = self._light(launch_w, np.arange(len(launch_w)))
        figures = {name: np.array(values) for name, values in self.plain_figures.items()}
        for place, end in states.items():
            figures["dispersion_s_per_m"][place] = end.dispersion_s_per_m[0]
            figures["pmd_square_s2"][place] = end.pmd_s[0] ** 2
            figures["pdl_square_db2"][place] = end.pdl_db[0] ** 2
        length_m = np.array(
            [
                1e3 * sum(one.length_km for one in elements if isinstance(one, Fibre))
                for elements in self.made.elements
            ]
        )
        return SectionEnds(
            launch_power_w=launch_w,
            power_w=power_w,
            log_noise=log_noise,
            **figures,
            latency_s=length_m * (GROUP_INDEX / SPEED_OF_LIGHT_M_PER_S),
            length_m=length_m,
        )


def ready_sections(made: LitSections) -> ReadySections:
    """Sections with their columns, kernels and passages, ready for any launch."""
    plain = {
        place: one
        for place, elements in enumerate(made.elements)
        if (one := _plain(elements, made.library)) is not None
    }
    shape = (len(made.elements), made.lit.frequency_hz.size)
    line, end_loss, lines = np.full(shape[0], -1), np.ones(shape[0]), None
    figures = {name: np.zeros(shape) for name in _FIXED}
    if plain:
        rows = list(plain)
        columns = section_columns(
            list(plain.values()),
            library=made.library,
            kinds=made.kinds,
            frequency_hz=made.lit.frequency_hz,
        )
        lines = _lines(made, columns)
        line[rows], end_loss[rows] = np.arange(len(rows)), columns.end_loss
        figures["dispersion_s_per_m"][rows] = columns.dispersion_s_per_m
        figures["pmd_square_s2"][rows] = columns.pmd_square_s2[:, None]
        figures["pdl_square_db2"][rows] = columns.pdl_square_db2[:, None]
    return ReadySections(
        made=made,
        lines=lines,
        line=line,
        passages={
            place: _passages(made, place)
            for place, elements in enumerate(made.elements)
            if place not in plain and elements[1:-1]
        },
        end_loss=end_loss,
        plain_figures=figures,
    )


def section_ends(made: LitSections) -> SectionEnds:
    """Channels at the end of every section, from what its ROADM levels them to.

    Parameters
    ----------
    made
        Sections and channels.
    """
    return ready_sections(made).ends()


def launch_power_w(made: LitSections) -> Float[np.ndarray, "section channel"]:
    """What enters each section: its ROADM's target for the degree, or its transmitters' power."""
    channels = made.lit.columns
    power_w = np.empty((len(made.sections), made.lit.frequency_hz.size))
    for place, (begin, first, *_) in enumerate(made.elements):
        if isinstance(begin, Roadm):
            target = roadm_figures(begin, made.library).target_of(first.element_id)
            power_w[place] = equalisation(target).target_power_w(channels)
            power_w[place] *= made.lit.launch_offset
        else:
            power_w[place] = made.lit.power_w
    return power_w


def _plain(elements: tuple[Element, ...], library: PhotonicLibrary) -> PlainSection | None:
    inner = elements[1:-1]
    measured = any(
        isinstance(one, Fibre)
        and one.raman_pumping is None
        and fibre_figures(one, library).raman_gain is not None
        for one in inner
    )
    return None if measured else plain_section(inner)


def _lines(made: LitSections, columns: SectionColumns) -> PreparedAmplifiedLines:
    return prepared_amplified_lines(
        columns.lines,
        made.lit.comb,
        places=columns.places,
        amplifiers=prepared_amplifiers(columns.types, made.lit.columns) if columns.types else None,
        method=made.method,
    )


def _passages(made: LitSections, place: int) -> tuple[Passage, ...]:
    """The ways through the elements of a section."""
    light = LitPath(
        library=made.library,
        path=tuple(one.element_id for one in made.elements[place]),
        elements=made.elements[place],
        lit=made.lit,
        method=made.method,
    )
    return path_passages(light, made.kinds)


def _passed_one_by_one(
    passages: Sequence[Passage], launch_w: Float[np.ndarray, " channel"]
) -> ChannelState:
    start = launched(launch_w[None], transmitter_osnr=np.full(launch_w.shape, np.inf))
    return states_along(passages, start)[-1]
