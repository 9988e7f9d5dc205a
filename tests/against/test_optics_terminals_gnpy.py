"""ROADMs and receivers against GNPy 3.0.1, over random paths and every mode of its libraries."""

import warnings

import numpy as np
import pytest

from karakoram.engines.optics.amplifier_types import ChannelColumns
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
from tests.against.gnpy_devices import (
    channels_within,
    db,
    example_library,
    gnpy_spectrum,
    ratio,
    with_noise,
)
from tests.support.optics_devices import some_shares

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gnpy.core.elements import Roadm, Transceiver
    from gnpy.core.parameters import TransceiverRole

CONVERGED_DB = 1e-9
ASE, NLI = 0.01, 0.02


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
        bit_rate_bit_per_s=float(mode["bit_rate"]),
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
