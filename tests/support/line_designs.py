"""One line between two ROADMs, with a small library, to be designed."""

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
    FibreType,
    PhotonicLibrary,
    RoadmType,
    SpanDesign,
    SpectrumInformation,
    SweepDb,
)
from karakoram.network.photonic.network import Connection, PhotonicNetwork
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    FrequencyBand,
)

C_BAND = FrequencyBand(lower_thz=191.3, upper_thz=196.1)
L_BAND = FrequencyBand(lower_thz=186.1, upper_thz=190.9)
LIT_L = FrequencyBand(lower_thz=186.5, upper_thz=190.0)

SPAN = SpanDesign(
    is_power_mode=True,
    launch_offset=SweepDb(lowest_db=-2.0, highest_db=3.0, step_db=0.5),
    raman_loss_db_per_km_max=0.25,
    extended_gain_db=2.5,
    length_km_max=150.0,
    loss_db_max=None,
    padding_db=10.0,
    end_of_life_db=1.0,
    connector_in_db=0.25,
    connector_out_db=0.5,
    reference_loss_db=20.0,
    power_slope=0.3,
    voa_margin_db=1.0,
    voa_step_db=0.5,
)
COMB = SpectrumInformation(
    band=FrequencyBand(lower_thz=191.35, upper_thz=196.1),
    symbol_rate_gbaud=32.0,
    spacing_ghz=50.0,
    power_dbm=0.0,
    power_sweep=SweepDb(lowest_db=0.0, highest_db=0.0, step_db=1.0),
    roll_off=0.15,
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
    glass = FibreType(
        fibre_type_id="SSMF",
        dispersion_ps_per_nm_km=16.7,
        effective_area_um2=83.0,
        pmd_ps_per_sqrt_km=0.04,
    )
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
