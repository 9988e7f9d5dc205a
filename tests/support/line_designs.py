"""One line between two ROADMs, with a small library, to be designed."""

from dataclasses import replace
from itertools import pairwise

from karakoram.network.photonic.amplifiers import (
    AmplifierType,
    TwoCoilNoise,
)
from karakoram.network.photonic.elements import (
    Fibre,
    Roadm,
)
from karakoram.network.photonic.equipment import (
    PhotonicLibrary,
    RoadmType,
    SweepDb,
)
from karakoram.network.photonic.network import Connection, PhotonicNetwork
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    FrequencyBand,
)
from tests.support import photonic_mesh

C_BAND = FrequencyBand(lower_thz=191.3, upper_thz=196.1)
L_BAND = FrequencyBand(lower_thz=186.1, upper_thz=190.9)
LIT_L = FrequencyBand(lower_thz=186.5, upper_thz=190.0)

SPAN = replace(
    photonic_mesh.SPAN,
    launch_offset=SweepDb(lowest_db=-2.0, highest_db=3.0, step_db=0.5),
    end_of_life_db=1.0,
    connector_in_db=0.25,
    connector_out_db=0.5,
)
COMB = replace(
    photonic_mesh.COMB,
    band=FrequencyBand(lower_thz=191.35, upper_thz=196.1),
    symbol_rate_gbaud=32.0,
    spacing_ghz=50.0,
    tx_osnr_db=40.0,
    system_margin_db=0.0,
)


def kind(name, **changed):
    figures = {
        "noise": TwoCoilNoise(noise_figure_db_min=6.0, noise_figure_db_max=10.0),
        "band": C_BAND,
        "gain_flatmax_db": 26.0,
        "gain_min_db": 15.0,
        "output_power_dbm_max": 23.0,
        "is_allowed_for_design": True,
    }
    return AmplifierType(amplifier_type_id=name, **(figures | changed))


def library(*kinds, housings=(), **changed):
    kinds = kinds or (kind("plain"),)
    roadm = RoadmType(
        roadm_type_id="roadm",
        target=ChannelPowerTarget(power_dbm=-20.0),
        add_drop_osnr_db=38.0,
        pmd_ps=0.0,
        pdl_db=0.0,
    )
    glass = photonic_mesh.LIBRARY.fibre_types["SSMF"]
    parts = {
        "fibre_types": {"SSMF": glass},
        "raman_fibre_types": {"SSMF": glass},
        "amplifier_types": {one.amplifier_type_id: one for one in kinds},
        "multiband_amplifier_types": {one.amplifier_type_id: one for one in housings},
        "roadm_types": {"roadm": roadm},
        "transceiver_types": {},
        "spans": {"default": SPAN},
        "spectra": {"default": COMB},
    }
    return PhotonicLibrary(**(parts | changed))


def fibre(name="f", length_km=100.0, **changed):
    figures = {"fibre_type_id": "SSMF", "loss_db_per_km": 0.2}
    return Fibre(element_id=name, length_km=length_km, **(figures | changed))


def roadm(name, **changed):
    return Roadm(element_id=name, roadm_type_id="roadm", **changed)


def line(*elements, begin=None, end=None):
    """A network of one line, from ROADM A to ROADM Z unless said otherwise."""
    chain = (begin or roadm("A"), *elements, end or roadm("Z"))
    ids = [one.element_id for one in chain]
    return PhotonicNetwork(
        elements={one.element_id: one for one in chain},
        connections=tuple(Connection(from_id=one, to_id=two) for one, two in pairwise(ids)),
    )


def ids(network):
    """Elements in the direction of light from A."""
    after = {one.from_id: one.to_id for one in network.connections}
    found = ["A"]
    while found[-1] in after:
        found.append(after[found[-1]])
    return found


def codes(designed):
    return [finding.code for finding in designed.findings]
