"""Amplifiers, ROADMs and receivers against GNPy 3.0.1, every type of its example libraries."""

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
from karakoram.engines.optics.mode_choice import (
    ModeFailure,
    ReceivedColumns,
    TransceiverMode,
    mode_choice,
)
from karakoram.engines.optics.receiver import PenaltyCurve
from karakoram.engines.optics.roadm import (
    ConstantPower,
    ConstantSignalDensity,
    ConstantSlotDensity,
    equalised,
)
from karakoram.engines.optics.roadm_path import (
    RoadmBand,
    add_or_drop_osnr,
    roadm_impairments,
    stacked_impairments,
)
from karakoram.engines.optics.shares import NoiseShares
from karakoram.engines.optics.two_coil import two_coil_noise_figure
from tests.against.gnpy_devices import (
    LIBRARIES,
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
    from gnpy.core.elements import Multiband_amplifier, Roadm, Transceiver
    from gnpy.core.exceptions import EquipmentConfigError
    from gnpy.core.parameters import TransceiverRole
    from gnpy.core.science_utils import estimate_nf_model

ROWS = 8
AS_SHIPPED_DB = 0.01
CONVERGED_DB = 1e-9
ASE, NLI = 0.01, 0.02


def db(linear):
    return 10 * np.log10(linear)


def channels_within(f_min_hz, f_max_hz, rng, *, mixed):
    """Channels that fill a band, of one or of several widths."""
    widths_hz = [37.5e9, 50e9, 75e9, 100e9] if mixed else [rng.choice([50e9, 75e9])]
    slots_hz = rng.choice(widths_hz, 200)
    edges_hz = f_min_hz + np.concatenate([[0.0], np.cumsum(slots_hz)])
    count = int((edges_hz[1:] <= f_max_hz).sum())
    slots_hz = slots_hz[:count]
    return ChannelColumns(
        frequency_hz=edges_hz[:count] + slots_hz / 2,
        symbol_rate_hz=slots_hz * 0.64,
        slot_width_hz=slots_hz,
    )


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


EQUALISATIONS = {
    "target_pch_out_db": lambda value: ConstantPower(power_w=1e-3 * float(ratio(value))),
    "target_psd_out_mWperGHz": lambda value: ConstantSignalDensity(density_w_per_hz=value * 1e-12),
    "target_out_mWperSlotWidth": lambda value: ConstantSlotDensity(density_w_per_hz=value * 1e-12),
}
PER_DEGREE = {
    "target_pch_out_db": "per_degree_pch_out_db",
    "target_psd_out_mWperGHz": "per_degree_psd_out_mWperGHz",
    "target_out_mWperSlotWidth": "per_degree_psd_out_mWperSlotWidth",
}


class RoadmCase:
    """A random ROADM, path and spectrum for both tools."""

    def __init__(self, rng):
        self.channels = channels_within(191.3e12, 196.1e12, rng, mixed=True)
        count = self.channels.frequency_hz.size
        self.rule = str(rng.choice(list(EQUALISATIONS)))
        self.value = (
            rng.uniform(-24.0, -12.0)
            if self.rule == "target_pch_out_db"
            else 10 ** rng.uniform(-4.2, -3.0)
        )
        self.per_degree = bool(rng.random() < 0.5)
        self.kind = str(rng.choice(["express", "add", "drop"]))
        self.detailed = bool(rng.random() < 0.7)
        middle_hz = rng.uniform(192e12, 195e12)
        self.bands = [
            {
                "lower": lower,
                "upper": upper,
                "maxloss": rng.uniform(3.0, 18.0),
                "pmd": rng.uniform(0.0, 3e-12),
                "pdl": rng.uniform(0.0, 1.5),
                "osnr": rng.uniform(30.0, 45.0),
            }
            for lower, upper in ((191e12, middle_hz), (middle_hz, 197e12))
        ]
        self.pmd_s, self.pdl_db = rng.uniform(0.0, 3e-12), rng.uniform(0.0, 1.5)
        self.osnr_db = rng.uniform(30.0, 40.0)
        self.offset_db = rng.choice([-1.0, 0.0, 0.5, 2.0], count)
        self.power_w = 1e-3 * ratio(rng.uniform(-25.0, 3.0) + rng.normal(0.0, 2.0, count))
        self.before_pmd_s = rng.uniform(0.0, 5e-12)
        self.before_pdl_db = rng.uniform(0.0, 2.0)

    def ours(self):
        if self.detailed:
            bands = [
                RoadmBand(
                    f_min_hz=band["lower"],
                    f_max_hz=band["upper"],
                    insertion_loss=float(ratio(band["maxloss"])),
                    pmd_s=band["pmd"],
                    pdl_db=band["pdl"],
                    osnr=float(ratio(band["osnr"])),
                )
                for band in self.bands
            ]
        else:
            noisy = {} if self.kind == "express" else {"osnr": self.half_osnr()}
            bands = [RoadmBand(pmd_s=self.pmd_s, pdl_db=self.pdl_db, **noisy)]
        return roadm_impairments(bands, self.channels.frequency_hz)

    def half_osnr(self):
        return add_or_drop_osnr(float(ratio(self.osnr_db)))

    def element(self):
        everywhere = "target_pch_out_db" if self.per_degree else self.rule
        params = {
            everywhere: -60.0 if self.per_degree else self.value,
            "add_drop_osnr": self.osnr_db,
            "pmd": self.pmd_s,
            "pdl": self.pdl_db,
            "restrictions": {},
            "roadm-path-impairments": self.profiles() if self.detailed else [],
        }
        if self.per_degree:
            params[PER_DEGREE[self.rule]] = {"out": self.value}
        roadm = Roadm(uid="roadm", params=params)
        roadm.ref_carrier = type("Reference", (), {"baud_rate": 32e9, "slot_width": 50e9})
        roadm.ref_pch_in_dbm = {"in": 0.0}
        roadm.set_roadm_paths("in", "out", self.kind, 7 if self.detailed else None)
        return roadm

    def profiles(self):
        bands = [
            {
                "frequency-range": {"lower-frequency": b["lower"], "upper-frequency": b["upper"]},
                "roadm-maxloss": b["maxloss"],
                "roadm-pmd": b["pmd"],
                "roadm-pdl": b["pdl"],
                "roadm-osnr": b["osnr"],
            }
            for b in self.bands
        ]
        return [{"roadm-path-impairments-id": 7, f"roadm-{self.kind}-path": bands}]


def test_random_roadms_agree_in_power_noise_and_polarisation():
    rng = np.random.default_rng(8)
    worst_db = 0.0
    for _ in range(300):
        case = RoadmCase(rng)
        impairments = case.ours()
        ours_w, shares = equalised(
            case.power_w[None, :],
            some_shares(1, case.power_w.size, ase=ASE * (1 - NLI), nli=NLI),
            target_w=(
                EQUALISATIONS[case.rule](case.value).target_power_w(case.channels)
                * ratio(case.offset_db)
            )[None, :],
            impairments=stacked_impairments([impairments]),
            channels=case.channels,
        )
        spectrum = with_noise(
            gnpy_spectrum(
                case.channels,
                case.power_w,
                delta_pdb_per_channel=case.offset_db,
                pmd=case.before_pmd_s,
                pdl=case.before_pdl_db,
            ),
            ASE,
            NLI,
        )
        roadm = case.element()
        spectrum = roadm(spectrum, degree="out", from_degree="in")
        worst_db = max(worst_db, np.abs(db(ours_w[0] / spectrum.pch)).max())
        np.testing.assert_allclose(shares.gsnr[0], spectrum.gsnr, rtol=1e-12)
        np.testing.assert_allclose(np.hypot(case.before_pmd_s, impairments.pmd_s), spectrum.pmd)
        np.testing.assert_allclose(np.hypot(case.before_pdl_db, impairments.pdl_db), spectrum.pdl)
        osnr_db = roadm.get_impairment("roadm-osnr", spectrum.frequency, "in", "out")
        if osnr_db is None:
            assert np.isinf(impairments.osnr).all()
        else:
            np.testing.assert_allclose(db(impairments.osnr), osnr_db)
    assert worst_db < CONVERGED_DB


def modes_of(library):
    """Every mode of every transceiver in a library of GNPy."""
    transceivers = example_library(library)["Transceiver"].values()
    return [mode for transceiver in transceivers for mode in transceiver.mode]


def our_mode(mode, **changes):
    def curve(name, unit):
        given = mode["penalties"].get(name)
        return given and PenaltyCurve(
            impairment=np.asarray(given["up_to_boundary"], dtype=float) * unit,
            penalty_db=np.asarray(given["penalty_value"], dtype=float),
        )

    return TransceiverMode(
        bit_rate_bps=float(mode["bit_rate"]),
        symbol_rate_hz=float(mode["baud_rate"]),
        slot_width_hz=float(mode["min_spacing"]),
        osnr_required=float(ratio(mode["OSNR"])),
        transmitter_osnr=float(ratio(mode["tx_osnr"])),
        cost=float(mode["cost"]),
        dispersion_penalty=curve("chromatic_dispersion", 1e-3),
        pmd_penalty=curve("pmd", 1e-12),
        pdl_penalty=curve("pdl", 1.0),
        **changes,
    )


@pytest.mark.parametrize("library", ["eqpt_config.json", "eqpt_config_openroadm_ver5.json"])
def test_margins_and_failures_of_every_mode_agree(library):
    rng = np.random.default_rng(9)
    margin_db, paths = 1.5, 60
    theirs = modes_of(library)
    window_dbm = (-18.0, -4.0)
    ours = [
        our_mode(
            mode,
            power_min_w=1e-3 * float(ratio(window_dbm[0])),
            power_max_w=1e-3 * float(ratio(window_dbm[1])),
        )
        for mode in theirs
    ]
    drawn = {
        "gsnr": ratio(rng.uniform(5.0, 30.0, (paths, 1))),
        "dispersion_s_per_m": rng.uniform(-2.0, 60.0, (paths, 1)),
        "pmd_s": rng.uniform(0.0, 35e-12, (paths, 1)),
        "pdl_db": rng.uniform(0.0, 6.5, (paths, 1)),
        "power_w": 1e-3 * ratio(rng.uniform(-22.0, 0.0, (paths, 1))),
    }
    roadm_osnr_db = rng.uniform(30.0, 40.0, (paths, 3))
    found = mode_choice(
        ours,
        ReceivedColumns(
            inverse_osnr=(1 / ratio(roadm_osnr_db)).sum(axis=1, keepdims=True),
            slot_width_hz=np.full((paths, 1), 1e12),
            **drawn,
        ),
        margin_db=margin_db,
    )
    channels = ChannelColumns(
        frequency_hz=191.5e12 + 0.2e12 * np.arange(20),
        symbol_rate_hz=np.full(20, 60e9),
        slot_width_hz=np.full(20, 150e9),
    )
    closed = 0
    for column, mode in enumerate(theirs):
        # GNPy takes many channels of one mode at once: each of our paths is one of them.
        for start in range(0, paths, 20):
            here = slice(start, start + 20)
            receiver = received_by_gnpy(
                mode, channels, {k: v[here, 0] for k, v in drawn.items()}, window_dbm, margin_db
            )
            receiver.update_snr(*roadm_osnr_db[here].T, mode["tx_osnr"])
            receiver.calc_feasibility(receiver.spectrum)
            expected_db = receiver.remaining_margin
            finite = np.isfinite(receiver.total_penalty)
            in_window = receiver.penalties["rx_power_dbm"] == 0.0
            np.testing.assert_allclose(
                found.margin_db[here, column][finite], expected_db[finite], atol=1e-9
            )
            failure = found.failure[here, column]
            np.testing.assert_array_equal((failure & int(ModeFailure.POWER)) == 0, in_window)
            np.testing.assert_array_equal(failure == 0, expected_db >= 0.0)
            closed += int((expected_db >= 0.0).sum())
    assert closed > 20


def received_by_gnpy(mode, channels, drawn, window_dbm, margin_db):
    """GNPy's receiver after channels with the drawn impairments reached it in one mode."""
    columns = ChannelColumns(
        frequency_hz=channels.frequency_hz,
        symbol_rate_hz=np.full(20, mode["baud_rate"]),
        slot_width_hz=channels.slot_width_hz,
    )
    spectrum = gnpy_spectrum(
        columns,
        drawn["power_w"],
        chromatic_dispersion=drawn["dispersion_s_per_m"],
        pmd=drawn["pmd_s"],
        pdl=drawn["pdl_db"],
        required_osnr_db_01nm=mode["OSNR"],
        penalties=mode["penalties"],
        rx_channel_power_min_dbm=window_dbm[0],
        rx_channel_power_max_dbm=window_dbm[1],
        detailed_rx={},
    )
    spectrum.add_nli(spectrum.pch / (1 + drawn["gsnr"]))
    receiver = Transceiver(uid="receiver", params={"system_margin": margin_db})
    with np.errstate(divide="ignore"):
        receiver(spectrum, role=TransceiverRole.RECEIVER)
    receiver.spectrum = spectrum
    return receiver


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
