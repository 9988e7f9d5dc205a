"""Equipment files of GNPy: every type it loads, we read with the same figures.

Source: GNPy 3.0.1, files of its package ``example-data`` and its loader ``gnpy.tools.json_io``.
Tolerance: 1e-12 of each value, for the last digit of a change of unit.
"""

import json
import math

import numpy as np
import pytest
from gnpy.core.parameters import DEFAULT_EDFA_CONFIG
from gnpy.tools import json_io as gnpy_io

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.network.photonic import amplifiers
from tests.against.gnpy_libraries import libraries, quiet
from tests.support.gnpy_oracle import (
    CONFIGS,
    DATA,
    EQUIPMENT,
    EXTRA,
    TARGETS,
    USER_CONFIG,
    same,
    same_band,
)

__all__ = ("libraries", "quiet")
pytestmark = pytest.mark.filterwarnings("ignore")


def same_noise(ours, theirs):
    model = theirs.nf_model
    match ours:
        case amplifiers.TwoCoilNoise():
            same(ours.noise_figure_db_min, model.orig_nf_min)
            same(ours.noise_figure_db_max, model.orig_nf_max)
        case amplifiers.FixedNoise():
            same(ours.noise_figure_db, model.nf0)
        case amplifiers.PolynomialNoise():
            same(ours.coefficients, theirs.nf_fit_coeff)
        case amplifiers.OpenRoadmLineNoise():
            same(ours.coefficients, model.nf_coef)
        case amplifiers.DualStageNoise():
            assert ours.preamplifier_type_id == theirs.dual_stage_model.preamp_variety
            assert ours.booster_type_id == theirs.dual_stage_model.booster_variety
        case _:
            assert type(model).__name__ in ("Model_openroadm_preamp", "Model_openroadm_booster")


def same_amplifier(ours, theirs):
    assert (
        theirs.type_def
        in {
            amplifiers.TwoCoilNoise: ("variable_gain",),
            amplifiers.FixedNoise: ("fixed_gain",),
            amplifiers.PolynomialNoise: ("advanced_model",),
            amplifiers.OpenRoadmLineNoise: ("openroadm",),
            amplifiers.OpenRoadmPreamplifierNoise: ("openroadm_preamp",),
            amplifiers.OpenRoadmBoosterNoise: ("openroadm_booster",),
            amplifiers.DualStageNoise: ("dual_stage",),
        }[type(ours.noise)]
    )
    same_noise(ours.noise, theirs)
    same_band(ours.band, theirs.f_min, theirs.f_max)
    same(ours.gain_flatmax_db, theirs.gain_flatmax)
    same(ours.gain_min_db, theirs.gain_min)
    same(ours.output_power_dbm_max, theirs.p_max)
    same(ours.pmd_ps * 1e-12, theirs.pmd)
    same(ours.pdl_db, theirs.pdl)
    assert ours.is_raman == theirs.raman
    assert ours.optimises_output_voa == theirs.out_voa_auto
    assert ours.is_allowed_for_design == theirs.allowed_for_design
    for values, known in (
        (ours.gain_ripple_db, theirs.gain_ripple),
        (ours.noise_figure_ripple_db, theirs.nf_ripple),
    ):
        same(values or np.zeros(np.size(known)), np.atleast_1d(known))
    same(ours.dynamic_gain_tilt or DEFAULT_EDFA_CONFIG["dgt"], theirs.dgt)


@pytest.mark.parametrize("file", EQUIPMENT)
def test_amplifier_types_are_those_of_gnpy(libraries, file):
    ours, theirs = libraries[file]
    names = {*ours.amplifier_types, *ours.multiband_amplifier_types}
    assert names == set(theirs["Edfa"])
    for name, amplifier in ours.amplifier_types.items():
        same_amplifier(amplifier, theirs["Edfa"][name])
    for name, amplifier in ours.multiband_amplifier_types.items():
        assert list(amplifier.member_type_ids) == theirs["Edfa"][name].multi_band
        assert amplifier.is_allowed_for_design == theirs["Edfa"][name].allowed_for_design


@pytest.mark.parametrize("file", EQUIPMENT)
def test_fibre_and_roadm_types_are_those_of_gnpy(libraries, file):
    ours, theirs = libraries[file]
    for section, types in (("Fiber", ours.fibre_types), ("RamanFiber", ours.raman_fibre_types)):
        assert list(types) == list(theirs[section])
        for name, fibre in types.items():
            known = theirs[section][name]
            same(fibre.dispersion_ps_per_nm_km * 1e-6, known.dispersion)
            same(fibre.effective_area_um2 * 1e-12, known.effective_area)
            same(fibre.pmd_ps_per_sqrt_km * 1e-12 / math.sqrt(1e3), known.pmd_coef)
    assert list(ours.roadm_types) == list(theirs["Roadm"])
    for name, roadm in ours.roadm_types.items():
        known = theirs["Roadm"][name]
        key, field = TARGETS[type(roadm.target)]
        same(getattr(roadm.target, field), getattr(known, key))
        same(roadm.add_drop_osnr_db, known.add_drop_osnr)
        same(roadm.pmd_ps * 1e-12, known.pmd)
        same(roadm.pdl_db, known.pdl)
        assert list(roadm.booster_type_ids) == known.restrictions["booster_variety_list"]
        assert list(roadm.preamplifier_type_ids) == known.restrictions["preamp_variety_list"]
        same_impairments(roadm, getattr(known, "roadm-path-impairments"))


IMPAIRMENTS = {
    "cd_ps_per_nm": "roadm-cd",
    "pdl_db": "roadm-pdl",
    "inband_crosstalk_db": "roadm-inband-crosstalk",
    "loss_db_max": "roadm-maxloss",
    "osnr_db": "roadm-osnr",
    "power_dbm_max": "roadm-pmax",
    "noise_figure_db": "roadm-noise-figure",
    "loss_db_min": "roadm-minloss",
    "loss_db_typical": "roadm-typloss",
    "power_dbm_min": "roadm-pmin",
    "power_dbm_typical": "roadm-ptyp",
}


def same_impairments(roadm, known):
    assert len(roadm.impairments) == len(known)
    for ours, theirs in zip(roadm.impairments, known, strict=True):
        assert ours.impairment_id == theirs["roadm-path-impairments-id"]
        listed = theirs[f"roadm-{ours.path.value}-path"]
        for band, row in zip(ours.bands, listed, strict=True):
            extent = row["frequency-range"]
            same_band(band.band, extent["lower-frequency"], extent["upper-frequency"])
            same(band.pmd_ps * 1e-12, row["roadm-pmd"])
            for field, key in IMPAIRMENTS.items():
                same(getattr(band, field), row.get(key))


@pytest.mark.parametrize("file", EQUIPMENT)
def test_transceivers_are_those_of_gnpy(libraries, file):
    ours, theirs = libraries[file]
    assert list(ours.transceiver_types) == list(theirs["Transceiver"])
    for name, transceiver in ours.transceiver_types.items():
        same_transceiver(transceiver, theirs["Transceiver"][name])


def same_transceiver(ours, theirs):
    same_band(ours.band, theirs.frequency["min"], theirs.frequency["max"])
    assert [mode.name for mode in ours.modes] == [mode["format"] for mode in theirs.mode]
    for mode, known in zip(ours.modes, theirs.mode, strict=True):
        same(mode.symbol_rate_gbaud * 1e9, known["baud_rate"])
        same(mode.required_osnr_db, known["OSNR"])
        same(mode.bit_rate_gbps * 1e9, known["bit_rate"])
        same(mode.roll_off, known["roll_off"])
        same(mode.tx_osnr_db, known["tx_osnr"])
        same(mode.spacing_ghz_min * 1e9, known["min_spacing"])
        same(mode.cost, known["cost"])
        same(mode.equalisation_offset_db, known["equalization_offset_db"])
        for end in ("tx", "rx"):
            for side in ("min", "max"):
                value = getattr(mode, f"{end}_power_dbm_{side}")
                same(value, known[f"{end}_channel_power_{side}_dbm"])
        for table, key in (
            (mode.cd_penalties, "chromatic_dispersion"),
            (mode.pmd_penalties, "pmd"),
            (mode.pdl_penalties, "pdl"),
        ):
            assert (table is None) == (key not in known["penalties"])
            if table is not None:
                same(table.impairments, known["penalties"][key]["up_to_boundary"])
                same(table.penalties_db, known["penalties"][key]["penalty_value"])


SPAN = {
    "is_power_mode": "power_mode",
    "raman_loss_db_per_km_max": "max_fiber_lineic_loss_for_raman",
    "extended_gain_db": "target_extended_gain",
    "length_km_max": "max_length",
    "loss_db_max": "max_loss",
    "padding_db": "padding",
    "end_of_life_db": "EOL",
    "connector_in_db": "con_in",
    "connector_out_db": "con_out",
    "reference_loss_db": "span_loss_ref",
    "power_slope": "power_slope",
    "voa_margin_db": "voa_margin",
    "voa_step_db": "voa_step",
}
SI = {
    "symbol_rate_gbaud": ("baud_rate", 1e9),
    "spacing_ghz": ("spacing", 1e9),
    "power_dbm": ("power_dbm", 1),
    "roll_off": ("roll_off", 1),
    "tx_osnr_db": ("tx_osnr", 1),
    "system_margin_db": ("sys_margins", 1),
}


@pytest.mark.parametrize("file", EQUIPMENT)
def test_design_figures_are_those_of_gnpy(libraries, file):
    ours, theirs = libraries[file]
    span, known = ours.spans["default"], theirs["Span"]["default"]
    for field, key in SPAN.items():
        same(getattr(span, field), getattr(known, key))
    sweep = span.launch_offset
    same((sweep.lowest_db, sweep.highest_db, sweep.step_db), known.delta_power_range_db)
    assert list(ours.spectra) == list(theirs["SI"])
    for name, spectrum in ours.spectra.items():
        known = theirs["SI"][name]
        same_band(spectrum.band, known.f_min, known.f_max)
        for field, (key, factor) in SI.items():
            same(getattr(spectrum, field) * factor, getattr(known, key))
        same(spectrum.tx_power_dbm, known.tx_power_dbm)
        assert spectrum.counts_channels_of_band == known.use_si_channel_count_for_design
        sweep = spectrum.power_sweep
        same((sweep.lowest_db, sweep.highest_db, sweep.step_db), known.power_range_db)


def test_extra_equipment_and_configurations_are_read_as_gnpy_does(tmp_path):
    config = json.loads((DATA / CONFIGS[1]).read_text(encoding="utf-8"))
    (tmp_path / USER_CONFIG).write_text(json.dumps(config), encoding="utf-8")
    base, extra, configs = DATA / "eqpt_config.json", [DATA / EXTRA], [tmp_path / USER_CONFIG]
    ours = read_gnpy_equipment(base, extra_equipment=extra, extra_configs=configs)
    theirs = gnpy_io.load_equipments_and_configs(base, extra, configs)
    library = ours.required()
    assert not ours.findings
    assert set(library.amplifier_types) == set(theirs["Edfa"])
    for name, amplifier in library.amplifier_types.items():
        same_amplifier(amplifier, theirs["Edfa"][name])
    for name, transceiver in library.transceiver_types.items():
        same_transceiver(transceiver, theirs["Transceiver"][name])
