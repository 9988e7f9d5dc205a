"""Light along paths against GNPy 3.0.1: its examples, its spectra, its models, random lines.

GNPy designs each network and propagates; its designed network is saved as its own JSON, which we
read and take as it is. What it saves is rounded to a millionth of a dB.
"""

import json

import numpy as np
import pytest

from tests.against.gnpy_lines import (
    AMPLIFIERS,
    SHAPED,
    equipment_file,
    generator,
    line_file,
    spectrum_file,
)
from tests.against.gnpy_paths import DATA, differences_db, gnpy_run, our_command, our_run

SAME_DB = 5e-5
"""What the rounding of saved gains, tilts and lengths leaves."""
CLOSE_DB = 0.01
MODELS = ("gn_model_analytic", "ggn_spectrally_separated", "ggn_approx")
FINE_SCATTERING = {
    "flag": True,
    "method": "perturbative",
    "order": 4,
    "result_spatial_resolution": 2e3,
    "solver_spatial_resolution": 2e3,
}

EXAMPLES = [
    ("edfa_example_network.json", "eqpt_config.json", ("Site_A", "Site_B")),
    ("meshTopologyExampleV2.json", "eqpt_config.json", ("trx Brest_KLA", "trx Vannes_KBE")),
    ("meshTopologyExampleV2.json", "eqpt_config.json", ("trx Lorient_KMA", "trx Lannion_CAS")),
    (
        "Sweden_OpenROADMv4_example_network.json",
        "eqpt_config_openroadm_ver4.json",
        ("trx_Stockholm", "trx_Gothenburg"),
    ),
    (
        "Sweden_OpenROADMv5_example_network.json",
        "eqpt_config_openroadm_ver5.json",
        ("trx_Stockholm", "trx_Gothenburg"),
    ),
    (
        "multiband_example_network.json",
        "eqpt_config_multiband.json",
        ("trx Site_A", "trx Site_D"),
    ),
    (
        "fused_roadm_example_network.json",
        "eqpt_config.json",
        ("trx Site_A", "trx Site_C"),
    ),
    ("CORONET_CONUS_Topology.json", "eqpt_config.json", ("trx Abilene", "trx Albany")),
    ("meshTopologyExampleV2.xls", "eqpt_config.json", ("trx Lannion_CAS", "trx Vannes_KBE")),
    ("juniperTopologyExampleV2J.xls", "eqpt_config.json", ("trx Brest_KLA", "trx Rennes_STA")),
]


def settings_file(folder, settings):
    """Simulation parameters as a file for us, as GNPy gets them in memory."""
    if settings is None:
        return None
    path = folder / "sim.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    return path


def whole_command(case, run, spectrum=None):
    """Largest differences when the design is ours too."""
    network, equipment, ends = case
    file = None if spectrum is None else DATA / spectrum
    ours = our_command(DATA / network, DATA / equipment, ends=ends, spectrum=file)
    return differences_db(run, ours)


def compared(folder, case, *, settings=None, spectrum=None):
    """Both runs of a case, and the largest differences."""
    network, equipment, ends = case
    data = {"ends": ends, "spectrum": None if spectrum is None else DATA / spectrum}
    theirs = gnpy_run(folder, DATA / network, DATA / equipment, sim_params=settings, **data)
    ours = our_run(
        theirs,
        DATA / equipment,
        sim_params=settings_file(folder, settings),
        scatters=settings is not None,
        **data,
    )
    assert [element.uid for element in theirs.path] == list(ours.path)
    return theirs, ours, differences_db(theirs, ours)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case[0][:14]}-{case[2][1]}")
def test_the_example_networks_agree_per_channel(tmp_path, case):
    theirs, ours, found = compared(tmp_path, case)
    assert max(found.values()) < SAME_DB * max(1, len(ours.path) / 20)
    # One example has rippled amplifiers, whose gain GNPy finds in one step.
    bound_db = SAME_DB if case[0].startswith("juniper") else 1e-9
    assert max(whole_command(case, theirs).values()) < bound_db
    receiver = theirs.receiver
    np.testing.assert_allclose(ours.received.cd_ps_per_nm, receiver.chromatic_dispersion, rtol=1e-6)
    np.testing.assert_allclose(ours.received.pmd_ps, receiver.pmd, rtol=1e-6)
    np.testing.assert_allclose(ours.received.pdl_db, receiver.pdl, rtol=1e-6)
    np.testing.assert_allclose(ours.latency_ms, receiver.latency, rtol=1e-6)


@pytest.mark.parametrize("spectrum", ["initial_spectrum1.json", "initial_spectrum2.json"])
def test_spectra_of_several_symbol_rates_powers_and_offsets_agree(tmp_path, spectrum):
    *_, found = compared(tmp_path, EXAMPLES[1], spectrum=spectrum)
    assert max(found.values()) < SAME_DB


def test_the_c_and_l_bands_agree_together(tmp_path):
    theirs, ours, found = compared(tmp_path, EXAMPLES[5], spectrum="multiband_spectrum.json")
    designed = whole_command(EXAMPLES[5], theirs, "multiband_spectrum.json")
    assert max(designed.values()) < 1e-9
    assert max(found.values()) < SAME_DB
    assert np.ptp(ours.frequency_thz) > 8.0


@pytest.mark.parametrize(
    ("case", "spectrum", "bound_db"),
    [
        (EXAMPLES[1], None, 1e-4),
        (EXAMPLES[3], None, 5e-4),
        (EXAMPLES[5], "multiband_spectrum.json", 5e-4),
    ],
)
def test_raman_scattering_between_channels_agrees_with_a_fine_solver(
    tmp_path, case, spectrum, bound_db
):
    settings = {"raman_params": FINE_SCATTERING}
    *_, found = compared(tmp_path, case, settings=settings, spectrum=spectrum)
    assert max(found.values()) < bound_db


def test_what_the_solver_as_shipped_is_off_is_stated(tmp_path):
    # Its perturbative solution of order 2 in steps of 10 km; ours is converged.
    *_, found = compared(tmp_path, EXAMPLES[3], settings={"raman_params": {"flag": True}})
    assert 1e-4 < max(found.values()) < CLOSE_DB


RAMAN = ("raman_edfa_example_network.json", "eqpt_config.json", ("Site_A", "Site_B"))


def raman_settings(**interference):
    """Those of GNPy's Raman example, with another model of interference."""
    settings = json.loads((DATA / "sim_params.json").read_text(encoding="utf-8"))
    return {**settings, "nli_params": {**settings["nli_params"], **interference}}


def test_the_raman_example_agrees_within_the_error_of_gnpys_steps(tmp_path):
    settings = raman_settings(method="gn_model_analytic", computed_channels=None)
    *_, found = compared(tmp_path, RAMAN, settings=settings)
    assert max(found.values()) < 0.05
    assert found["gsnr"] < 0.02


def exact_raman_run(folder, theirs):
    """Ours of GNPy's Raman example, in which no steps are asked for."""
    settings = settings_file(folder, raman_settings(computed_channels=None))
    equipment = DATA / RAMAN[1]
    return our_run(theirs, equipment, ends=RAMAN[2], sim_params=settings, scatters=True)


def test_the_raman_example_as_shipped_agrees_at_every_channel(tmp_path):
    # Power every 10 km, five channels, the others interpolated: the file asks for that.
    settings = raman_settings()
    theirs, _, found = compared(tmp_path, RAMAN, settings=settings)
    assert max(found.values()) < 0.05
    assert found["gsnr"] < 0.02
    # And this is what those steps are off.
    exact = exact_raman_run(tmp_path, theirs)
    off_db = np.abs(exact.received.gsnr_db - theirs.receiver.snr)
    computed = np.array(settings["nli_params"]["computed_channels"]) - 1
    assert 0.03 < off_db[computed].max() < 0.1
    assert 0.2 < off_db.max() < 0.3


def test_so_does_its_approximate_model_for_a_number_of_channels(tmp_path):
    asked = {"computed_channels": None, "computed_number_of_channels": 4}
    settings = raman_settings(method=MODELS[2], **asked)
    *_, found = compared(tmp_path, RAMAN, settings=settings)
    assert max(found.values()) < 0.05
    assert found["gsnr"] < 0.03


def test_the_raman_example_agrees_with_the_generalised_model_where_it_computes_it(tmp_path):
    # Every kilometre instead of every ten, at the same steps in frequency.
    chosen = [1, 37]
    settings = raman_settings(computed_channels=chosen, phase_shift_tolerance=0.1)
    settings["raman_params"]["result_spatial_resolution"] = 1e3
    theirs, ours, _ = compared(tmp_path, RAMAN, settings=settings)
    at = np.array(chosen) - 1
    for found in (ours, exact_raman_run(tmp_path, theirs)):
        assert np.abs(found.received.gsnr_db - theirs.receiver.snr)[at].max() < 0.02


SPANS = (1, 2, 3, 5, 8, 13, 21, 40, 60)


def line_compared(folder, seed, *, spans, settings=None, amplifiers=AMPLIFIERS, **more):
    """Both runs of a random line with a random spectrum, and the largest differences."""
    rng = generator(seed)
    equipment = equipment_file(folder)
    data = {
        "ends": ("A", "Z"),
        "spectrum": spectrum_file(folder, rng, channels=more.get("channels")),
    }
    lumped = more.get("lumped", True)
    network = line_file(folder, rng, spans=spans, amplifiers=amplifiers, lumped=lumped)
    theirs = gnpy_run(folder, network, equipment, sim_params=settings, **data)
    ours = our_run(
        theirs,
        equipment,
        sim_params=settings_file(folder, settings),
        scatters=settings is not None,
        **data,
    )
    return differences_db(theirs, ours)


@pytest.mark.parametrize("spans", SPANS)
def test_random_lines_agree_per_channel(tmp_path, spans):
    found = line_compared(tmp_path, spans, spans=spans)
    assert max(found.values()) < SAME_DB


@pytest.mark.parametrize("spans", SPANS[::2])
def test_random_lines_with_raman_scattering_agree_with_a_fine_solver(tmp_path, spans):
    settings = {"raman_params": FINE_SCATTERING}
    found = line_compared(tmp_path, 100 + spans, spans=spans, settings=settings)
    assert max(found.values()) < 5e-4


@pytest.mark.parametrize("spans", [5, 60])
def test_random_lines_agree_with_the_solver_as_shipped_too(tmp_path, spans):
    settings = {"raman_params": {"flag": True}}
    found = line_compared(tmp_path, 200 + spans, spans=spans, settings=settings)
    assert max(found.values()) < CLOSE_DB


@pytest.mark.parametrize("spans", [3, 30])
def test_lines_of_rippled_amplifiers_agree(tmp_path, spans):
    # GNPy takes one step towards the set gain, which leaves up to hundredths of a dB.
    found = line_compared(tmp_path, 300 + spans, spans=spans, amplifiers=SHAPED)
    assert max(found.values()) < CLOSE_DB


@pytest.mark.parametrize("method", MODELS[1:])
def test_random_lines_agree_in_the_generalised_models(tmp_path, method):
    # Ours converge; GNPy takes its power every 10 km and short steps in frequency.
    settings = {
        "raman_params": {**FINE_SCATTERING, "result_spatial_resolution": 10e3},
        "nli_params": {
            "method": method,
            "dispersion_tolerance": 4,
            "phase_shift_tolerance": 0.1,
        },
    }
    found = line_compared(tmp_path, 401, spans=2, settings=settings, channels=6, lumped=False)
    assert max(found.values()) < 5e-4
