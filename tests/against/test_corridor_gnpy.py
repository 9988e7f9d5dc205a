"""The longest land line from Urumqi to Karachi against GNPy 3.0.1, with the same elements.

Each OMS by itself, and all of them one after another through GNPy's ROADMs, under every comb of
the library. Both tools bring a channel back to its power at a ROADM, noise and all, so that
ln(1 + 1/GSNR) adds from OMS to OMS; adding 1/GSNR instead would be 0.4 dB off on this line.
"""

import warnings
from itertools import groupby
from types import SimpleNamespace

import numpy as np
import pytest

from karakoram.engines.optics import composed_gsnr, gsnr_from_log_noise, line_columns
from karakoram.network.columns import attenuation_db_per_km, fibre_type_of, ots_columns
from karakoram.planning.optical_plant import (
    fibre_columns,
    line_amplifiers,
    terrestrial_comb,
)
from karakoram.planning.path_plan import lines_of
from karakoram.planning.route_answers import RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes
from tests.support.planning_networks import DAY

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gnpy.core.elements import Edfa, Fiber, Roadm
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import EdfaParams, SimParams

AGREEMENT_DB = 0.01
SPACINGS_GHZ = (50.0, 75.0, 100.0, 150.0)


@pytest.fixture(scope="module", autouse=True)
def raman_on():
    """GNPy chooses its models by a process-wide singleton; it is set and put back."""
    before = dict(SimParams._shared_dict)
    SimParams.set_params(
        {
            "nli_params": {"method": "gn_model_analytic"},
            "raman_params": {
                "flag": True,
                "method": "perturbative",
                "order": 4,
                "result_spatial_resolution": 2_000.0,
                "solver_spatial_resolution": 2_000.0,
            },
        }
    )
    yield
    SimParams._shared_dict.update(before)


@pytest.fixture(scope="module")
def land_line(prepared_corridor):
    """The longest run of land OMSs on the shortest way from Urumqi to Karachi."""
    question = RouteQuestion(
        a_site_id="URC", z_site_id="KHI", k=1, metric=RouteMetric.LENGTH, on_day=DAY
    )
    (route,) = find_routes(prepared_corridor, question).routes
    keys = lines_of(prepared_corridor, route.span_ids, start="URC")
    on_land = prepared_corridor.plant.lines
    runs = [
        list(run)
        for is_wet, run in groupby(keys, lambda key: on_land[key].submarine_cable_id is not None)
        if not is_wet
    ]
    return max(runs, key=lambda run: sum(on_land[key].length_km for key in run))


@pytest.fixture(params=SPACINGS_GHZ)
def spacing_ghz(request, prepared_corridor):
    assert tuple(prepared_corridor.plant.by_spacing) == SPACINGS_GHZ
    return request.param


def gnpy_amplifier(gain_db, amplifier):
    return Edfa(
        uid=amplifier.amplifier_type_id,
        params={
            **EdfaParams.default_values,
            "type_def": "fixed_gain",
            "f_min": 190e12,
            "f_max": 198e12,
            "gain_flatmax": amplifier.gain_db_max,
            "gain_min": 0.0,
            "p_max": amplifier.output_power_dbm_max,
            "nf_model": SimpleNamespace(nf0=amplifier.noise_figure_db),
            "dgt": np.ones(2),
        },
        operational={"gain_target": gain_db, "tilt_target": 0.0, "out_voa": 0.0},
    )


def gnpy_fibre(network, section):
    """One OTS; GNPy takes one kind of fibre, which the sections of the corridor have."""
    kinds = {fibre_type_of(network, piece).fibre_type_id for piece in section.pieces}
    losses = {attenuation_db_per_km(network, piece) for piece in section.pieces}
    assert len(kinds) == len(losses) == 1
    kind = fibre_type_of(network, section.pieces[0])
    connector_db = network.rules.connector_loss_db.value
    return Fiber(
        uid=section.a_place.label,
        params={
            "length": section.length_km,
            "length_units": "km",
            "loss_coef": losses.pop(),
            "con_in": connector_db,
            "con_out": connector_db,
            "dispersion": kind.dispersion_ps_per_nm_km * 1e-6,
            "dispersion_slope": kind.dispersion_slope_ps_per_nm2_km * 1e3,
            "effective_area": kind.effective_area_um2 * 1e-12,
            "pmd_coef": kind.pmd_ps_per_sqrt_km * 1e-12 / 1e3**0.5,
        },
    )


def gnpy_roadm(output_dbm):
    """An express pass that adds no noise: the OSNR of our ROADM is added at the terminals."""
    roadm = Roadm(
        uid="roadm",
        params={
            "target_pch_out_db": output_dbm,
            "add_drop_osnr": 100.0,
            "pmd": 0.0,
            "pdl": 0.0,
            "restrictions": {},
            "roadm-path-impairments": [],
        },
    )
    roadm.ref_pch_in_dbm = {"in": 0.0}
    roadm.set_roadm_paths("in", "out", "express")
    return roadm


def gnpy_elements(network, oms, comb):
    """ROADM, booster, and for each OTS the fibre and the amplifier that makes good its loss."""
    batch = line_columns([fibre_columns(ots_columns(network, oms))])
    gain_db = 10.0 * np.log10(line_amplifiers(network, [oms], batch).gain[0])
    rules, types = network.rules, network.library.amplifier_types
    yield gnpy_roadm(10.0 * np.log10(comb.launch_power_w[0] * 1e3) - gain_db[0])
    yield gnpy_amplifier(gain_db[0], types[rules.booster_type_id])
    for number, section in enumerate(oms.ots, start=1):
        yield gnpy_fibre(network, section)
        is_last = number == len(oms.ots)
        kind = rules.preamplifier_type_id if is_last else rules.line_amplifier_type_id
        yield gnpy_amplifier(gain_db[number], types[kind])


def gnpy_gsnr(network, lines, *, spacing_ghz):
    """GSNR at the end of the lines one after another, channel by channel."""
    comb = terrestrial_comb(network, spacing_ghz=spacing_ghz)
    power_w = np.full(comb.channel_count, 1e-3)
    spectrum = create_arbitrary_spectral_information(
        frequency=np.array(comb.frequency_hz),
        pch=power_w,
        baud_rate=np.array(comb.symbol_rate_hz),
        slot_width=np.array(comb.symbol_rate_hz),
        tx_osnr=100.0,
        tx_power=power_w,
    )
    for oms in lines:
        for element in gnpy_elements(network, oms, comb):
            if isinstance(element, Roadm):
                element.propagate(spectrum, degree="out", from_degree="in")
            else:
                element.propagate(spectrum)
    return spectrum.gsnr


def largest_difference_db(gsnr, peer):
    return np.abs(10.0 * np.log10(gsnr / peer)).max()


def test_every_multiplex_section_of_the_line_agrees_on_every_channel(
    prepared_corridor, land_line, spacing_ghz
):
    network, plant = prepared_corridor.network, prepared_corridor.plant
    by_line = plant.by_spacing[spacing_ghz].by_line
    differences = {
        key: largest_difference_db(
            gsnr_from_log_noise(by_line[key].log_noise),
            gnpy_gsnr(network, [plant.lines[key]], spacing_ghz=spacing_ghz),
        )
        for key in land_line
    }
    assert {key: db for key, db in differences.items() if db >= AGREEMENT_DB} == {}


def test_the_whole_line_through_all_its_roadms_agrees_on_every_channel(
    prepared_corridor, land_line, spacing_ghz
):
    network, plant = prepared_corridor.network, prepared_corridor.plant
    lines = [plant.lines[key] for key in land_line]
    assert sum(oms.length_km for oms in lines) > 4_000.0
    by_line = plant.by_spacing[spacing_ghz].by_line
    total = sum(by_line[key].log_noise for key in land_line)
    peer = gnpy_gsnr(network, lines, spacing_ghz=spacing_ghz)
    assert largest_difference_db(gsnr_from_log_noise(total), peer) < AGREEMENT_DB


def test_gnpy_composes_over_its_roadms_by_the_same_rule(prepared_corridor, land_line):
    network, plant = prepared_corridor.network, prepared_corridor.plant
    lines = [plant.lines[key] for key in land_line]
    whole = gnpy_gsnr(network, lines, spacing_ghz=75.0)
    parts = np.array([gnpy_gsnr(network, [oms], spacing_ghz=75.0) for oms in lines])
    assert largest_difference_db(composed_gsnr(parts), whole) < 1e-9
    assert largest_difference_db(1.0 / (1.0 / parts).sum(axis=0), whole) > 0.1
