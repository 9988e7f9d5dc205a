"""Light along a small line: what is refused, what is left out, what is told."""

import copy
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.core.errors import InvalidDataError
from karakoram.engines.optics import PropagationMethod, RamanModel
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.network.photonic.spectrum import SpectrumPart
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.lit_channels import channels_of_comb, channels_of_parts
from karakoram.planning.photonic.propagation import propagated
from tests.support.light_files import amplifier, equipment, joined, line, span, write_files
from tests.support.no_interference import NoInterference

NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)
PUMPS = {
    "temperature": 283,
    "raman_pumps": [
        {"power": 0.2, "frequency": 205e12, "propagation_direction": "counterprop"},
        {"power": 0.1, "frequency": 201e12, "propagation_direction": "coprop"},
    ],
}


def ends(*inner):
    return joined(
        [
            {"uid": "Site_A", "type": "Transceiver"},
            *inner,
            {"uid": "Site_B", "type": "Transceiver"},
        ]
    )


def light(folder, network, *, library=None, method=NO_RAMAN, lit=None):
    files = write_files(folder, network=network, library=library or equipment())
    given = GnpyFiles(network=files[0], equipment=files[1]).read_photonics()
    path = shortest_path(given.network, from_id="Site_A", to_id="Site_B")
    lit = lit or channels_of_comb(given.library.spectra["default"])
    return propagated(given.network, given.library, path=path, spectrum=lit, method=method)


def refusal(folder, network, **more):
    with pytest.raises(InvalidDataError) as refused:
        light(folder, network, **more)
    return refused.value.findings


def told(findings):
    return [(found.code, found.place.record, found.place.field) for found in findings]


def test_every_element_of_the_path_has_its_figures(tmp_path):
    found = light(tmp_path, line("TF", "T"))
    assert [element.element_id for element in found.elements] == list(found.path)
    kinds = [element.kind for element in found.elements]
    assert kinds == [
        *("Transceiver", "Roadm", "Edfa", "Fiber", "Edfa", "Fiber", "Edfa"),
        *("Roadm", "Edfa", "Fiber", "Edfa", "Roadm", "Transceiver"),
    ]
    assert [element.position_km for element in found.elements][-1] == found.length_km == 240.0
    booster = found.elements[2]
    assert booster.type_id == "std_medium_gain"
    assert booster.details["gain_db"] == pytest.approx(20.0)
    assert booster.details["noise_figure_db"] == pytest.approx(6.58, abs=0.01)
    assert np.isinf(found.elements[1].channels.osnr_db).all()


def test_noise_only_grows_along_the_way(tmp_path):
    found = light(tmp_path, line("TTT", "FF"), method=PropagationMethod())
    ratios = [element.channels.gsnr_db for element in found.elements]
    for before, after in pairwise(ratios):
        assert (after <= before + 1e-9).all()
    assert (found.received.gsnr_db < ratios[-1]).all(), "terminals add noise of their own"
    assert (found.received.gsnr_db < found.received.osnr_db).all()


def test_without_interference_gsnr_is_osnr(tmp_path):
    quiet = PropagationMethod(nonlinear=NoInterference(), raman=RamanModel.NONE)
    found = light(tmp_path, line("TT"), method=quiet)
    np.testing.assert_allclose(found.received.gsnr_db, found.received.osnr_db)


def test_settings_that_are_not_stated_are_told_element_by_element(tmp_path):
    network = line("TT")
    for element in network["elements"]:
        if element["uid"] == "edfa 1":
            del element["operational"]["gain_target"]
        if element["uid"] == "booster 0":
            element["operational"] = {"gain_target": 20.0}
        if element["uid"] == "edfa 2":
            element["type_variety"] = ""
    assert told(refusal(tmp_path, network)) == [
        ("not-set", "booster 0", "settings.tilt_db"),
        ("not-set", "booster 0", "settings.output_voa_db"),
        ("not-set", "edfa 1", "settings.gain_db"),
        ("not-set", "edfa 2", "amplifier_type_id"),
    ]


def multiband(uid, *amplifiers):
    return {
        "uid": uid,
        "type": "Multiband_amplifier",
        "type_variety": "both",
        "amplifiers": list(amplifiers),
    }


def two_bands():
    library = equipment()
    for name, f_min, f_max in (("C", 191.2e12, 196.2e12), ("L", 186.0e12, 190.2e12)):
        library["Edfa"].append(
            {**library["Edfa"][0], "type_variety": name, "f_min": f_min, "f_max": f_max}
        )
    library["Edfa"].append(
        {"type_variety": "both", "type_def": "multi_band", "amplifiers": ["C", "L"]}
    )
    return library


def stated(name, **settings):
    more = {"gain_target": 18.0, "tilt_target": 0, "out_voa": 0, **settings}
    return {"type_variety": name, "operational": more}


def test_bands_of_a_multiband_amplifier_are_told_one_by_one(tmp_path):
    network = ends(span("span 1"), multiband("both 1", stated("C"), stated("L", gain_target=None)))
    findings = refusal(tmp_path, network, library=two_bands())
    assert told(findings) == [("not-set", "both 1", "bands[1].settings.gain_db")]
    findings = refusal(tmp_path, ends(span("span 1"), multiband("both 1")), library=two_bands())
    assert told(findings) == [("not-set", "both 1", "bands")]


def part(low_thz, high_thz):
    return SpectrumPart(
        label="",
        band=FrequencyBand(lower_thz=low_thz, upper_thz=high_thz),
        slot_ghz=100.0,
        symbol_rate_gbaud=64.0,
        roll_off=0.15,
        tx_osnr_db=40.0,
        tx_power_dbm=0.0,
        launch_offset_db=0.0,
    )


def spectrum(*bands):
    return channels_of_parts([part(*band) for band in bands])


def test_both_bands_are_lit_and_what_no_amplifier_passes_is_left_out(tmp_path):
    network = ends(span("span 1"), multiband("both 1", stated("C"), stated("L")))
    lit = spectrum((186.5, 188.0), (190.5, 190.9), (192.0, 195.0))
    found = light(tmp_path, network, library=two_bands(), lit=lit, method=PropagationMethod())
    assert found.unlit_thz == pytest.approx((190.5, 190.6, 190.7, 190.8, 190.9))
    assert found.frequency_thz.size == lit.frequency_hz.size - 5
    assert found.elements[2].kind == "Multiband_amplifier"


def test_a_band_without_channels_is_passed_over(tmp_path):
    network = ends(span("span 1"), multiband("both 1", stated("C"), stated("L")))
    found = light(tmp_path, network, library=two_bands(), lit=spectrum((192.0, 195.0)))
    assert found.unlit_thz == ()


def test_light_that_no_amplifier_passes_is_refused_at_the_first_that_does_not(tmp_path):
    findings = refusal(tmp_path, line("TT"), lit=spectrum((187.0, 188.0)))
    assert told(findings) == [("no-light-in-band", None, None)]
    assert "'booster 0'" in findings[0].message


def test_amplifiers_that_cannot_exist_are_refused(tmp_path):
    library = equipment()
    library["Edfa"][1]["nf_max"] = 5.8
    findings = refusal(tmp_path, line("TT"), library=library)
    assert told(findings) == [("impossible-amplifier", "edfa 1", "amplifier_type_id")]


def pumped(**changes):
    return {**span("span 1"), "type": "RamanFiber", "operational": {**PUMPS, **changes}}


def test_pumps_amplify(tmp_path):
    plain = light(tmp_path, ends(span("span 1")), method=PropagationMethod())
    found = light(tmp_path, ends(pumped()), method=PropagationMethod())
    assert found.elements[1].kind == "RamanFiber"
    assert (found.received.power_dbm > plain.received.power_dbm + 2.0).all()
    assert np.isfinite(found.received.osnr_db).all()


def test_pumps_need_scattering(tmp_path):
    findings = refusal(tmp_path, ends(pumped()), method=NO_RAMAN)
    assert told(findings) == [("pumps-without-scattering", "span 1", "raman_pumping")]


def test_pumps_that_no_solution_stands_are_refused(tmp_path):
    wild = [
        {"power": 10.0, "frequency": hz, "propagation_direction": "counterprop"}
        for hz in (202e12, 203e12, 204e12, 205e12, 206e12, 207e12)
    ]
    findings = refusal(tmp_path, ends(pumped(raman_pumps=wild)), method=PropagationMethod())
    assert told(findings) == [("not-solved", "span 1", "raman_pumping")]


def loss_profile(first_thz, last_thz):
    values = ((first_thz, 0.2), (last_thz, 0.21))
    return [{"frequency": thz * 1e12, "loss_coef_value": db} for thz, db in values]


def profiled(first_thz, last_thz):
    element = span("span 1", loss_coef_per_frequency=loss_profile(first_thz, last_thz))
    del element["params"]["loss_coef"]
    return element


def test_profiles_must_cover_the_light_pumps_included(tmp_path):
    findings = refusal(tmp_path, ends(profiled(192.0, 197.0)))
    assert told(findings) == [("profile-too-narrow", "span 1", "loss_db_per_km")]
    both = {**pumped(), "params": profiled(190.0, 200.0)["params"]}
    findings = refusal(tmp_path, ends(both), method=PropagationMethod())
    assert told(findings) == [("profile-too-narrow", "span 1", "loss_db_per_km")]


def test_a_loss_profile_is_straight_between_its_points(tmp_path):
    found = light(tmp_path, ends(profiled(191.0, 197.0)))
    expected = -80.0 * np.interp(found.frequency_thz, [191.0, 197.0], [0.2, 0.21])
    np.testing.assert_allclose(found.received.power_dbm, expected)


def test_fibre_without_dispersion_in_the_band_is_refused(tmp_path):
    element = span("span 1", dispersion=0.1e-6, dispersion_slope=60.0)
    findings = refusal(tmp_path, ends(element))
    assert told(findings) == [("no-dispersion", "span 1", "dispersion_ps_per_nm_km")]


def detailed_roadm(upper_hz):
    library = equipment()
    band = {"lower-frequency": 191.0e12, "upper-frequency": upper_hz}
    ways = {
        "roadm-express-path": {"roadm-maxloss": 10.0},
        "roadm-add-path": {"roadm-osnr": 41.0, "roadm-maxloss": 11.5},
        "roadm-drop-path": {"roadm-osnr": 41.0, "roadm-maxloss": 11.5},
    }
    library["Roadm"][0]["roadm-path-impairments"] = [
        {"roadm-path-impairments-id": number, way: [{"frequency-range": band, **values}]}
        for number, (way, values) in enumerate(ways.items())
    ]
    return library


def test_fibre_behind_which_nothing_is_left_is_refused(tmp_path):
    network = line("T")
    network["elements"][3]["params"] |= {"length": 80.0, "loss_coef": 10.0}
    findings = refusal(tmp_path, network)
    assert told(findings) == [("fibre-too-lossy", "span 1", "loss_db_per_km")]


def test_impairments_of_a_roadm_must_be_stated_for_all_light(tmp_path):
    findings = refusal(tmp_path, line("T"), library=detailed_roadm(195.0e12))
    assert [found.code for found in findings] == ["impairment-too-narrow"] * 2
    assert {found.place.record for found in findings} == {"roadm 0", "roadm end"}


def test_detailed_add_and_drop_paths_count_instead_of_the_plain_figure(tmp_path):
    plain = light(tmp_path, line("T"))
    found = light(tmp_path, line("T"), library=detailed_roadm(197e12))
    # 41 dB each is as good as 38 dB both.
    np.testing.assert_allclose(found.received.osnr_db, plain.received.osnr_db, atol=2e-3)


def test_a_tilt_without_a_response_is_straight_and_told(tmp_path):
    network = line("T")
    tilted = copy.deepcopy(network)
    for element in tilted["elements"]:
        if element["uid"] == "edfa 1":
            element["operational"]["tilt_target"] = -1.0
    level, found = light(tmp_path, network), light(tmp_path, tilted)
    assert told(found.warnings) == [("tilt-assumed-straight", "edfa 1", "settings.tilt_db")]
    at = list(found.path).index("edfa 1")
    change = found.elements[at].channels.power_dbm - level.elements[at].channels.power_dbm
    width = np.ptp(found.frequency_thz) / (196.125 - 191.275)
    assert change[-1] - change[0] == pytest.approx(1.0 * width, abs=0.01)


def test_fused_fibre_and_padding_take_power(tmp_path):
    found = light(
        tmp_path,
        ends(
            span("span 1", length=10.0),
            {"uid": "splice", "type": "Fused", "params": {"loss": 3.0}},
            span("span 2", length=10.0, att_in=1.0),
            amplifier("edfa"),
        ),
    )
    assert found.elements[2].details == {"loss_db": 3.0}
    np.testing.assert_allclose(found.elements[3].channels.power_dbm, -8.0)


def test_a_roadm_levels_each_channel_with_its_own_offset(tmp_path):
    shifted = [replace(part(low, low + 0.5), launch_offset_db=db) for low, db in OFFSETS]
    found = light(tmp_path, line("T"), lit=channels_of_parts(shifted))
    expected = np.repeat([-20.0 + db for _, db in OFFSETS], 6)
    np.testing.assert_allclose(found.elements[1].channels.power_dbm, expected)
    np.testing.assert_allclose(found.received.power_dbm, expected)


OFFSETS = ((192.0, -1.0), (193.0, 0.0), (194.0, 2.0))
