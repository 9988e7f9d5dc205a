"""Amplifiers against GNPy 3.0.1: every type of its example libraries at random settings."""

import warnings

import numpy as np
import pytest

from karakoram.engines.optics.amplified import (
    AmplifierSettings,
    BandAmplifiers,
    amplification,
    amplified_in_bands,
    band_channels,
)
from karakoram.engines.optics.amplifier_types import ChannelColumns, prepared_amplifiers
from karakoram.engines.optics.shares import NoiseShares
from karakoram.engines.optics.two_coil import two_coil_noise_figure
from tests.against.gnpy_devices import (
    LIBRARIES,
    channels_within,
    db,
    example_library,
    gnpy_edfa,
    gnpy_spectrum,
    our_type,
    ratio,
    with_noise,
)
from tests.support.optics_devices import some_shares

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gnpy.core.elements import Multiband_amplifier
    from gnpy.core.exceptions import EquipmentConfigError
    from gnpy.core.science_utils import estimate_nf_model

ROWS = 8
AS_SHIPPED_DB = 0.01
CONVERGED_DB = 1e-9
ASE, NLI = 0.01, 0.02


class Drawn:
    """Rows of amplifiers of one type at random settings, for both tools."""

    def __init__(self, rng, *, gain_min, gain_max, channels):
        place = np.linspace(-0.5, 0.5, channels.frequency_hz.size)
        self.gain_db = rng.uniform(gain_min - 2.0, gain_max + 3.0, ROWS)
        self.tilt_db = rng.uniform(-2.5, 2.5, ROWS)
        self.input_voa_db = rng.uniform(0.0, 2.0, ROWS)
        self.output_voa_db = rng.uniform(0.0, 3.0, ROWS)
        self.power_w = 1e-3 * ratio(
            rng.uniform(-24.0, -14.0, (ROWS, 1))
            + rng.uniform(-2.5, 2.5, (ROWS, 1)) * place
            + rng.normal(0.0, 0.3, (ROWS, place.size))
        )

    def settings(self):
        return AmplifierSettings(
            kind=np.zeros(ROWS, dtype=int),
            gain=ratio(self.gain_db),
            tilt=ratio(self.tilt_db),
            input_loss=ratio(self.input_voa_db),
            output_loss=ratio(self.output_voa_db),
        )

    def edfa(self, entry, row, *, converged):
        return gnpy_edfa(
            entry,
            gain_db=self.gain_db[row],
            tilt_db=self.tilt_db[row],
            input_voa_db=self.input_voa_db[row],
            output_voa_db=self.output_voa_db[row],
            converged=converged,
        )


def amplifier_entries(library):
    return [
        (name, entry)
        for name, entry in example_library(library)["Edfa"].items()
        if entry.type_def != "multi_band"
    ]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("converged", [True, False], ids=["converged", "as shipped"])
def test_every_amplifier_type_at_random_settings_agrees_per_channel(library, converged):
    rng = np.random.default_rng(len(library))
    for name, entry in amplifier_entries(library):
        mixed = not entry.type_def.startswith("openroadm")
        channels = channels_within(entry.f_min, entry.f_max, rng, mixed=mixed)
        drawn = Drawn(rng, gain_min=entry.gain_min, gain_max=entry.gain_flatmax, channels=channels)
        ours = amplification(
            drawn.power_w,
            some_shares(ROWS, channels.frequency_hz.size, ase=ASE * (1 - NLI), nli=NLI),
            amplifiers=prepared_amplifiers([our_type(entry)], channels),
            settings=drawn.settings(),
        )
        for row in range(ROWS):
            spectrum = with_noise(gnpy_spectrum(channels, drawn.power_w[row]), ASE, NLI)
            edfa = drawn.edfa(entry, row, converged=converged)
            with np.errstate(divide="ignore"):
                spectrum = edfa(spectrum)
                figure_db = db(ours.noise_factor[row])
            np.testing.assert_allclose(figure_db, edfa.nf, atol=1e-9, err_msg=name)
            np.testing.assert_allclose(ours.effective_gain[row], ratio(edfa.effective_gain))
            np.testing.assert_allclose(ours.shares.osnr[row], spectrum.snr_lin, rtol=1e-9)
            np.testing.assert_allclose(ours.shares.gsnr[row], spectrum.gsnr, rtol=1e-9)
            apart_db = np.abs(db(ours.power_w[row] / spectrum.pch)).max()
            assert apart_db < (CONVERGED_DB if converged else AS_SHIPPED_DB), name


def test_the_difference_is_one_step_along_the_dynamic_tilt_and_ours_has_the_right_total():
    entry = example_library("eqpt_config.json")["Edfa"]["high_detail_model_example"]
    rng = np.random.default_rng(5)
    channels = channels_within(entry.f_min, entry.f_max, rng, mixed=True)
    drawn = Drawn(rng, gain_min=18.0, gain_max=24.0, channels=channels)
    drawn.tilt_db = 2.0 * drawn.tilt_db
    ours = amplification(
        drawn.power_w,
        some_shares(ROWS, channels.frequency_hz.size),
        amplifiers=prepared_amplifiers([our_type(entry)], channels),
        settings=drawn.settings(),
    )
    worst_db = 0.0
    for row in range(ROWS):
        edfa = drawn.edfa(entry, row, converged=False)
        edfa(gnpy_spectrum(channels, drawn.power_w[row]))
        along = (db(ours.channel_gain[row]) - edfa.gprofile) / edfa.interpol_dgt
        assert np.ptp(along) < 1e-9
        power_w = drawn.power_w[row]
        for gain, ours_it_is in ((ours.channel_gain[row], True), (ratio(edfa.gprofile), False)):
            total_db = db((power_w * gain).sum() / power_w.sum())
            missed_db = abs(total_db - edfa.effective_gain)
            if ours_it_is:
                assert missed_db < 1e-10
            else:
                worst_db = max(worst_db, missed_db)
    assert worst_db > 1e-3, "GNPy has mended its step: the tolerance can fall"


def test_multi_band_amplifiers_agree():
    library = example_library("eqpt_config_multiband.json")["Edfa"]
    rng = np.random.default_rng(6)
    lower, upper = library["std_low_gain_L"], library["std_low_gain"]
    parts = [channels_within(one.f_min, one.f_max, rng, mixed=True) for one in (lower, upper)]
    channels = ChannelColumns(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("frequency_hz", "symbol_rate_hz", "slot_width_hz")
        }
    )
    bands, drawn = [], []
    for entry, part in zip((lower, upper), parts, strict=True):
        drawn.append(Drawn(rng, gain_min=8.0, gain_max=16.0, channels=part))
        place = band_channels(channels, f_min_hz=entry.f_min, f_max_hz=entry.f_max)
        bands.append(
            BandAmplifiers(
                channels=place,
                amplifiers=prepared_amplifiers([our_type(entry)], channels.part(place)),
                settings=drawn[-1].settings(),
            )
        )
    power_w = np.concatenate([one.power_w for one in drawn], axis=1)
    ours_w, shares = amplified_in_bands(
        power_w, some_shares(ROWS, power_w.shape[1], ase=0.0, nli=0.0), bands=bands
    )
    for row in range(ROWS):
        amplifiers = [
            {
                "params": dict(vars(entry)),
                "uid": "a",
                "operational": {
                    "gain_target": one.gain_db[row],
                    "tilt_target": one.tilt_db[row],
                    "in_voa": one.input_voa_db[row],
                    "out_voa": one.output_voa_db[row],
                },
            }
            for entry, one in zip((lower, upper), drawn, strict=True)
        ]
        for one in amplifiers:
            one.pop("uid")
        element = Multiband_amplifier(
            uid="both", params={"bands": [], "type_variety": "both"}, amplifiers=amplifiers
        )
        spectrum = element(gnpy_spectrum(channels, power_w[row]))
        assert np.abs(db(ours_w[row] / spectrum.pch)).max() < AS_SHIPPED_DB
        np.testing.assert_allclose(shares.osnr[row], spectrum.snr_lin, rtol=1e-9)


def test_the_coils_agree_or_both_refuse_them():
    rng = np.random.default_rng(7)
    agreed = refused = 0
    for _ in range(500):
        gain_min = rng.uniform(5.0, 25.0)
        gain_max = gain_min + rng.uniform(3.0, 14.0)
        least = rng.uniform(4.0, 9.0)
        most = least + rng.uniform(0.2, 6.0)
        try:
            first, second, gap = estimate_nf_model("x", gain_min, gain_max, least, most)
        except EquipmentConfigError:
            first = None
        given = {
            "factor_min": float(ratio(least)),
            "factor_max": float(ratio(most)),
            "gain_min": float(ratio(gain_min)),
            "gain_max": float(ratio(gain_max)),
        }
        if first is None:
            with pytest.raises(ValueError, match="can exist"):
                two_coil_noise_figure(**given)
            refused += 1
            continue
        ours = two_coil_noise_figure(**given)
        found_db = db(np.array([ours.first_factor, ours.second_factor, ours.second_stage_gain]))
        np.testing.assert_allclose(found_db, [first, second, gap], atol=1e-9)
        agreed += 1
    assert agreed > 50
    assert refused > 50


def test_the_shares_that_enter_are_those_of_gnpy():
    channels = channels_within(191.3e12, 196.1e12, np.random.default_rng(1), mixed=True)
    count = channels.frequency_hz.size
    spectrum = with_noise(gnpy_spectrum(channels, np.full(count, 1e-3)), ASE, NLI)
    ours = NoiseShares(
        signal=np.full(count, (1 - ASE) * (1 - NLI)),
        ase=np.full(count, ASE * (1 - NLI)),
        nli=np.full(count, NLI),
    )
    np.testing.assert_allclose(ours.osnr, spectrum.snr_lin)
    np.testing.assert_allclose(ours.gsnr, spectrum.gsnr)
    np.testing.assert_allclose(spectrum.pch, 1e-3)
