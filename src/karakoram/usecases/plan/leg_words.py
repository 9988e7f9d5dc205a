"""Which legs of one's own do words name, and what are they as computed?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Assumption, Confidence, computed_trust
from karakoram.engines.optics.legs import Leg
from karakoram.network.network import Network
from karakoram.network.photonic.walk import shortest_path
from karakoram.network.validate import validate
from karakoram.planning.line_leg import line_leg, plant_channels, shortest_lines
from karakoram.planning.optical_plant import OpticalPlant, optical_plant
from karakoram.planning.photonic.hand_over import leg_of_light
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.own_leg import leg_start
from karakoram.planning.photonic.propagation import propagated
from karakoram.planning.traces import crossed_confidence
from karakoram.usecases.light.path_question import transceiver_id_from_word
from karakoram.usecases.light.photonic_ports import PhotonicSource
from karakoram.usecases.light.ready_photonics import (
    ReadyPhotonics,
    findings_located,
    ready_photonics,
    refuse_findings,
)
from karakoram.usecases.ports import NetworkSource, Progress, silent
from karakoram.usecases.words import (
    question_finding,
    reading,
    refuse_unread,
    site_reading,
    spacing_ghz_from_word,
)

_WORD = re.compile(
    r"(?P<kind>gnpy|corridor):(?P<a>.+?)\.\.(?P<z>[^=]+?)(?:=(?P<from>[^=]+?)\.\.(?P<to>[^=]+))?"
)
KINDS = "gnpy:A..Z, corridor:A..Z, or a file that ends in .json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegWord:
    """A word that names a leg to compute: ``gnpy:A..Z`` or ``corridor:A..Z``.

    ``=UPL..CRO`` behind it names the hand-over sites where the leg begins and ends.
    """

    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSources:
    """Where legs of one's own are computed from."""

    photonics: PhotonicSource | None
    """``None``: there are no files of GNPy."""
    networks: NetworkSource


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnLeg:
    """A computed leg between two hand-over sites."""

    from_site_id: SiteId
    to_site_id: SiteId
    leg: Leg
    lit: LitChannels
    """Its channels, which may be fewer than asked for."""
    input_power_dbm: float
    output_power_dbm: float
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnLegs:
    """Every computed leg, and the channels that are asked for."""

    legs: tuple[OwnLeg, ...]
    lit: LitChannels
    warnings: tuple[Finding, ...]
    """What is odd about files of GNPy and about light of the legs."""
    assumptions: tuple[Assumption, ...]
    """Figures that files of GNPy leave out, and what counts instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A word taken apart."""

    kind: str
    a_word: str
    z_word: str
    from_site: str
    to_site: str
    is_renamed: bool


def own_legs(
    words: Sequence[LegWord],
    *,
    sources: OwnSources,
    spacing: str,
    is_designed: bool = True,
    scatters: bool = True,
    progress: Progress = silent,
) -> OwnLegs:
    """The legs that the words name.

    Channels are those of the files of GNPy where a leg is of them, else every slot of the
    network's band.

    Parameters
    ----------
    words
        In the order of light.
    sources
        What they are computed from.
    spacing
        Slot width in GHz, where no leg is of files of GNPy.
    is_designed, scatters
        As of :func:`ready_photonics`.
    progress
        Is told what happens.

    Raises
    ------
    InvalidDataError
        With a finding for every word that names nothing.
    """
    read = [reading("leg", word.word, _named) for word in words]
    refuse_unread(read)
    named = [one.value for one in read]
    ready = _ready(named, sources, is_designed=is_designed, scatters=scatters, progress=progress)
    plant = None
    if ready is None or any(one.kind == "corridor" for one in named):
        progress("Preparing the network")
        plant = _plant(sources.networks, spacing)
    found = [
        _of_lines(plant, one)
        if one.kind == "corridor" and plant is not None
        else _of_gnpy(ready, one)
        for one in named
    ]
    lit = ready.lit if ready is not None else None
    if lit is None:
        assert plant is not None
        lit = plant.lit
    return OwnLegs(
        legs=tuple(leg for leg, _ in found),
        lit=lit,
        warnings=(
            *(() if ready is None else ready.warnings),
            *(finding for _, findings in found for finding in findings),
        ),
        assumptions=() if ready is None else ready.material.assumptions,
    )


def _named(word: str) -> _Named:
    """The parts of a word.

    Raises
    ------
    ValueError
        Where it has another form.
    """
    match = _WORD.fullmatch(word.strip())
    if match is None:
        raise ValueError(f"{word!r} names no leg; write {KINDS}")
    return _Named(
        kind=match["kind"],
        a_word=match["a"],
        z_word=match["z"],
        from_site=match["from"] or match["a"],
        to_site=match["to"] or match["z"],
        is_renamed=match["from"] is not None,
    )


def _ready(
    named: Sequence[_Named],
    sources: OwnSources,
    **choices: Any,  # noqa: ANN401  (as of its callee)
) -> ReadyPhotonics | None:
    if not any(one.kind == "gnpy" for one in named):
        return None
    if sources.photonics is None:
        message = "legs of GNPy need --gnpy-network and --gnpy-equipment"
        raise InvalidDataError((question_finding("gnpy_network", message),))
    return ready_photonics(sources.photonics, **choices)


def _of_gnpy(ready: ReadyPhotonics | None, named: _Named) -> tuple[OwnLeg, tuple[Finding, ...]]:
    """Light between two transceivers as a leg."""
    assert ready is not None, "files of GNPy are read where a leg names them"
    ends = [
        reading("leg", word, lambda text: transceiver_id_from_word(ready.network, text))
        for word in (named.a_word, named.z_word)
    ]
    refuse_unread(ends)
    from_id, to_id = (end.value for end in ends)
    path = None if from_id == to_id else shortest_path(ready.network, from_id=from_id, to_id=to_id)
    if path is None:
        message = f"no way leads from {from_id!r} to {to_id!r}"
        raise InvalidDataError((question_finding("leg", message),))
    refuse_findings(tuple(found for found in ready.warnings if found.place.record in path))
    with findings_located(ready.material):
        light = propagated(
            ready.network, ready.library, path=path, spectrum=ready.lit, method=ready.method
        )
    lit = ready.lit.kept(np.isin(ready.lit.frequency_hz / 1e12, light.frequency_thz))
    start = leg_start(ready.network, ready.library, light=light, lit=lit)
    leg = OwnLeg(
        from_site_id=SiteId(named.from_site if named.is_renamed else from_id),
        to_site_id=SiteId(named.to_site if named.is_renamed else to_id),
        leg=leg_of_light(light),
        lit=lit,
        input_power_dbm=start.needed_dbm,
        output_power_dbm=float(light.elements[-1].channels.power_dbm.min()),
        confidence=computed_trust(ready.material.assumptions),
    )
    return leg, ready.material.located((*start.warnings, *light.warnings))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Plant:
    """A network ready for legs, under one comb."""

    network: Network
    plant: OpticalPlant
    spacing_ghz: float
    lit: LitChannels


def _plant(networks: NetworkSource, spacing: str) -> _Plant:
    network = networks.read_network()
    if errors := errors_of(validate(network)):
        raise InvalidDataError(errors)
    width = reading("spacing", spacing, lambda word: spacing_ghz_from_word(network, word))
    refuse_unread((width,))
    plant = optical_plant(network)
    return _Plant(
        network=network,
        plant=plant,
        spacing_ghz=width.value,
        lit=plant_channels(network, plant, spacing_ghz=width.value),
    )


def _of_lines(ready: _Plant, named: _Named) -> tuple[OwnLeg, tuple[Finding, ...]]:
    """The way with the least glass in service between two sites, as a leg."""
    ends = [
        site_reading("leg", word, network=ready.network) for word in (named.a_word, named.z_word)
    ]
    refuse_unread(ends)
    from_id, to_id = (end.value for end in ends)
    way = None
    if from_id != to_id:
        way = shortest_lines(ready.network, from_id=from_id, to_id=to_id)
    if way is None:
        message = (
            f"no lines in service lead from ROADM to ROADM between {from_id} and {to_id}, each "
            "handed over to the next"
        )
        raise InvalidDataError((question_finding("leg", message),))
    found = line_leg(ready.network, ready.plant, way, spacing_ghz=ready.spacing_ghz)
    carried = np.asarray(found.is_carried > 0.0)
    if not carried.any():
        message = f"no channel runs through every cable from {from_id} to {to_id}"
        raise InvalidDataError((question_finding("leg", message),))
    leg = found.leg
    return (
        OwnLeg(
            from_site_id=SiteId(named.from_site) if named.is_renamed else from_id,
            to_site_id=SiteId(named.to_site) if named.is_renamed else to_id,
            leg=Leg(
                gsnr=leg.gsnr[carried],
                dispersion_s_per_m=leg.dispersion_s_per_m[carried],
                pmd_s=leg.pmd_s[carried],
                pdl_db=leg.pdl_db[carried],
                latency_s=leg.latency_s,
            ),
            lit=ready.lit.kept(carried),
            input_power_dbm=found.input_power_dbm,
            output_power_dbm=found.output_power_dbm,
            confidence=crossed_confidence(ready.network, way),
        ),
        (),
    )
