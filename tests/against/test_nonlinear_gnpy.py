"""Nonlinear models against GNPy 3.0.1 on random spans, channel by channel.

GNPy's result depends on the steps it takes in frequency and along the fibre; here they are
so small that it has converged to a few thousandths of a dB. To pay for that it computes a few
channels of each comb. GNPy chooses its models by a process-wide singleton; the fixture sets
it and puts it back.
"""

import dataclasses
import warnings

import numpy as np
import pytest

from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.power_profile import (
    LumpedLosses,
    PowerProfile,
    raman_power_profile,
    span_nodes,
)
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gnpy.core.elements import Fiber
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import SimParams
    from gnpy.core.science_utils import NliSolver, RamanSolver

AGREEMENT_DB = 0.01
DB_PER_NEPER = 10.0 / np.log(10.0)


@pytest.fixture(autouse=True)
def simulation():
    """GNPy's process-wide parameters, put back afterwards."""
    before = dict(SimParams._shared_dict)
    yield
    SimParams._shared_dict.update(before)


class Case:
    """One random span and comb, described once, built for both tools."""

    def __init__(self, seed, *, channels):
        rng = np.random.default_rng(seed)
        self.length_m = rng.uniform(20e3, 120e3)
        roll_off = rng.choice([0.0, 0.15])
        self.dispersion, self.area, loss = [
            (16.7e-6, 83e-12, 0.2),
            (20.9e-6, 125e-12, 0.165),
            (4.5e-6, 72e-12, 0.21),
        ][rng.integers(3)]
        self.slope = float(rng.choice([np.nan, 60.0]))
        first_hz = rng.choice([186.2e12, 188.5e12, 191.4e12])
        rates_hz = rng.choice([32e9, 64e9, 90e9], 2)
        rate_hz = np.repeat(rates_hz, [channels // 2, channels - channels // 2])
        # A gap in the middle, as between the L and C bands.
        slots_hz = np.where(rate_hz < 60e9, 50e9, np.where(rate_hz < 80e9, 75e9, 112.5e9))
        begins_hz = np.cumsum(slots_hz) - slots_hz
        begins_hz[channels // 2 :] += rng.choice([0.0, 400e9])
        self.comb = Comb(
            frequency_hz=first_hz + begins_hz + slots_hz / 2,
            symbol_rate_hz=rate_hz,
            launch_power_w=1e-3 * (rate_hz / 32e9) * rng.uniform(0.6, 1.6, channels),
            # GNPy leaves the last of its steps out where a rectangle ends.
            roll_off=rng.choice([0.05, 0.15, 0.4], channels) if seed % 2 else np.array([roll_off]),
        )
        # Loss that differs over the band, as of old fibre.
        self.loss_db_per_km = loss * (1 + 0.06 * rng.random() * np.linspace(-1, 1, channels) ** 2)
        self.tested = np.unique([0, channels // 2, channels - 1])
        self.profile = None

    def bent(self, rng):
        """The same with dispersion by frequency, over 9 THz: falling, and as rough as measured."""
        channels = self.comb.channel_count
        frequency_hz = 186.6e12 + 9.2e12 * np.arange(channels) / channels
        self.comb = dataclasses.replace(self.comb, frequency_hz=frequency_hz)
        points_hz = np.linspace(185e12, 197e12, 13)
        straight = 7e-6 + 60.0 * (299_792_458.0 / points_hz - 1550e-9)
        rough = straight * rng.uniform(0.95, 1.05, points_hz.size)
        self.profile = {"frequency": points_hz.tolist(), "value": rough.tolist()}
        return self

    def fibre_type(self):
        offset = None
        if self.profile is not None:
            each = np.interp(self.comb.frequency_hz, *self.profile.values())
            offset, self.dispersion, self.slope = each - each[0], float(each[0]), 0.0
        return FibreType(
            attenuation_per_m=self.loss_db_per_km / DB_PER_NEPER / 1e3,
            dispersion_ref_s_per_m2=self.dispersion,
            dispersion_slope_s_per_m3=self.slope,
            reference_area_m2=self.area,
            dispersion_offset_s_per_m2=offset,
        )

    def ours(self, model, lumped=None):
        fibre = self.fibre_type()
        power_w, length_m = self.comb.launch_power_w[None], np.array([self.length_m])
        profile = raman_power_profile(
            power_w=power_w,
            attenuation_per_m=fibre.attenuation_per_m[None],
            gain_per_w_m=raman_gain_per_w_m(
                reference_area_m2=self.area, frequency_hz=self.comb.frequency_hz
            ),
            nodes=span_nodes(length_m=length_m, decay_per_m=fibre.decay_per_m, lumped=lumped),
        )
        return self.with_profile(model, profile)

    def with_profile(self, model, profile):
        return model.prepared(self.fibre_type(), self.comb).interference_ratio(
            power_w=self.comb.launch_power_w[None],
            length_m=np.array([self.length_m]),
            profile=profile,
        )[0, self.tested]

    def theirs(self, name, *, step_m=4e3, phase=1.2e-5, lumped=()):
        """GNPy's figures, and the powers along the fibre that it took."""
        SimParams.set_params(
            {
                "nli_params": {
                    "method": name,
                    "phase_shift_tolerance": phase * step_m,
                    "computed_channels": (self.tested + 1).tolist(),
                },
                "raman_params": {
                    "flag": True,
                    "method": "perturbative",
                    "order": 4,
                    "result_spatial_resolution": step_m,
                    "solver_spatial_resolution": min(step_m, 1e3),
                },
            }
        )
        given = {
            "length": self.length_m / 1e3,
            "length_units": "km",
            "loss_coef": {
                "frequency": self.comb.frequency_hz.tolist(),
                "value": self.loss_db_per_km.tolist(),
            },
            "con_in": 0.0,
            "con_out": 0.0,
            "dispersion": self.dispersion,
            "effective_area": self.area,
            "pmd_coef": 0.0,
            "lumped_losses": [{"position": km, "loss": loss_db} for km, loss_db in lumped],
        }
        if self.profile is not None:
            given["dispersion_per_frequency"] = self.profile
        elif not np.isnan(self.slope):
            given["dispersion_slope"] = self.slope
        fibre = Fiber(uid="fibre", params=given)
        rate_hz, power_w = np.array(self.comb.symbol_rate_hz), np.array(self.comb.launch_power_w)
        spectrum = create_arbitrary_spectral_information(
            frequency=np.array(self.comb.frequency_hz),
            pch=power_w,
            baud_rate=rate_hz,
            slot_width=rate_hz,
            roll_off=np.array(self.comb.roll_off),
            tx_osnr=100.0,
            tx_power=power_w,
        )
        # A roll-off of 0 makes GNPy divide by it, before it leaves the quotient out.
        with np.errstate(divide="ignore"):
            raman = RamanSolver.calculate_stimulated_raman_scattering(spectrum, fibre)
            ratio = NliSolver.compute_nli(spectrum, raman, fibre) / power_w
        taken = PowerProfile(
            position_m=raman.z[None], ratio=np.ascontiguousarray(raman.loss_profile.T)[None]
        )
        return ratio[self.tested], taken


def assert_close_db(ours, theirs):
    difference_db = np.abs(10 * np.log10(ours / theirs)).max()
    assert difference_db < AGREEMENT_DB, f"{difference_db:.4f} dB apart"


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 5])
def test_approximate_generalised_model_agrees_on_a_random_span(seed):
    case = Case(seed, channels=60)
    theirs, _ = case.theirs("ggn_approx", phase=8e-6)
    assert_close_db(case.ours(GeneralisedGn()), theirs)


@pytest.mark.parametrize("seed", range(20, 24))
def test_spectrally_separated_model_agrees_on_a_random_span(seed):
    case = Case(seed, channels=8)
    theirs, _ = case.theirs("ggn_spectrally_separated")
    assert_close_db(case.ours(SeparatedGeneralisedGn()), theirs)


@pytest.mark.parametrize("seed", [20, 21, 22])
@pytest.mark.parametrize(
    ("name", "model"),
    [("ggn_approx", GeneralisedGn()), ("ggn_spectrally_separated", SeparatedGeneralisedGn())],
)
def test_dispersion_by_frequency_enters_channel_by_channel(name, model, seed):
    # Channels so far apart that mixing goes by dispersion between them, which is cheap for GNPy.
    case = Case(seed, channels=24).bent(np.random.default_rng(seed))
    theirs, _ = case.theirs(name, step_m=5e3, phase=4e-6)
    assert_close_db(case.ours(model), theirs)


def test_a_lumped_loss_inside_the_span_agrees():
    case = Case(20, channels=4)
    places = [(0.3 * case.length_m / 1e3, 2.0)]
    theirs, _ = case.theirs("ggn_spectrally_separated", step_m=500.0, phase=2e-5, lumped=places)
    lumped = LumpedLosses(
        position_m=np.array([[1e3 * km for km, _ in places]]),
        loss=10 ** (np.array([[loss_db for _, loss_db in places]]) / 10),
    )
    assert_close_db(case.ours(SeparatedGeneralisedGn(), lumped), theirs)


def test_the_approximate_model_agrees_on_the_nodes_that_gnpy_took():
    # A loss that GNPy spreads over one of its steps counts between channels as such a step.
    case = Case(5, channels=40)
    places = [(0.3 * case.length_m / 1e3, 2.0)]
    theirs, taken = case.theirs("ggn_approx", step_m=2e3, phase=8e-6, lumped=places)
    ours = case.with_profile(GeneralisedGn(), taken)
    assert_close_db(ours, theirs)
