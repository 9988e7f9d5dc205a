"""What is light at the end of each OMS of a network, wherever it comes from?

A ROADM that meets its target launches the same power into a degree whatever the path, so an
OMS does the same to every path through it: computed once, it serves all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding
from karakoram.core.units import SPEED_OF_LIGHT_M_PER_S
from karakoram.engines.optics.amplified_lines import amplified_line_ends
from karakoram.engines.optics.amplifier_types import prepared_amplifiers
from karakoram.engines.optics.chain import states_along
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

_COLUMNS = (
    "launch_power_w",
    "power_w",
    "log_noise",
    "dispersion_s_per_m",
    "pmd_square_s2",
    "pdl_square_db2",
)


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


def section_ends(
    made: LitSections, *, launch_w: Float[np.ndarray, "section channel"] | None = None
) -> SectionEnds:
    """Channels at the end of every section, from a full launch.

    Sections of plain fibre and amplifiers of one band are computed all at once, others element
    by element; both give the same.

    Parameters
    ----------
    made
        Sections and channels.
    launch_w
        Total channel power that enters each section [W]; None: what ROADMs level it to.
    """
    if launch_w is None:
        launch_w = launch_power_w(made)
    shape = launch_w.shape
    columns = {name: np.zeros(shape) for name in _COLUMNS}
    columns["launch_power_w"] = launch_w
    plain = {
        place: one
        for place, elements in enumerate(made.elements)
        if (one := _plain(elements, made.library)) is not None
    }
    if plain:
        rows = list(plain)
        batch = _batch_ends(made, list(plain.values()), launch_w=launch_w[rows])
        for name, values in batch.items():
            columns[name][rows] = values
    for place in range(shape[0]):
        if place not in plain:
            for name, values in _one_end(made, place, launch_w=launch_w[place]).items():
                columns[name][place] = values
    length_m = np.array(
        [
            1e3 * sum(one.length_km for one in elements if isinstance(one, Fibre))
            for elements in made.elements
        ]
    )
    latency_s = length_m * (GROUP_INDEX / SPEED_OF_LIGHT_M_PER_S)
    return SectionEnds(**columns, latency_s=latency_s, length_m=length_m)


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


def _batch_ends(
    made: LitSections,
    sections: Sequence[PlainSection],
    *,
    launch_w: Float[np.ndarray, "section channel"],
) -> dict[str, Float[np.ndarray, "section channel"]]:
    columns: SectionColumns = section_columns(
        sections, library=made.library, kinds=made.kinds, frequency_hz=made.lit.frequency_hz
    )
    ends = amplified_line_ends(
        columns.lines,
        made.lit.comb,
        places=columns.places,
        amplifiers=prepared_amplifiers(columns.types, made.lit.columns) if columns.types else None,
        input_power_w=launch_w,
        method=made.method,
    )
    shape = launch_w.shape
    return {
        "power_w": ends.power_w / columns.end_loss[:, None],
        "log_noise": -np.log1p(-(ends.shares.ase + ends.shares.nli)),
        "dispersion_s_per_m": columns.dispersion_s_per_m,
        "pmd_square_s2": np.broadcast_to(columns.pmd_square_s2[:, None], shape),
        "pdl_square_db2": np.broadcast_to(columns.pdl_square_db2[:, None], shape),
    }


def _one_end(
    made: LitSections, place: int, *, launch_w: Float[np.ndarray, " channel"]
) -> dict[str, Float[np.ndarray, " channel"]]:
    light = LitPath(
        library=made.library,
        path=tuple(one.element_id for one in made.elements[place]),
        elements=made.elements[place],
        lit=made.lit,
        method=made.method,
    )
    start = launched(launch_w[None], transmitter_osnr=np.full(launch_w.shape, np.inf))
    end: ChannelState = states_along(path_passages(light, made.kinds), start)[-1]
    return {
        "power_w": end.power_w[0],
        "log_noise": -np.log1p(-(end.shares.ase + end.shares.nli)[0]),
        "dispersion_s_per_m": end.dispersion_s_per_m[0],
        "pmd_square_s2": end.pmd_s[0] ** 2,
        "pdl_square_db2": end.pdl_db[0] ** 2,
    }
