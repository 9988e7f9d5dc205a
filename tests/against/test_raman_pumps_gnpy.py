"""Raman-pumped fibre against GNPy 3.0.1, an independent implementation with its own solvers.

GNPy integrates by explicit Euler steps; at 50 m, as its examples are shipped, it is itself
0.04 dB off a converged solution, at 20 m about 0.02 dB. It takes pump power before the
output connector, and chooses its models by a process-wide singleton.
"""

import warnings
from dataclasses import dataclass, field

import numpy as np
import pytest

from karakoram.core.units import db_from_linear
from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.power_profile import LumpedLosses
from karakoram.engines.optics.raman_pumps import RamanPumpColumns, raman_passage
from karakoram.engines.optics.spontaneous_raman import spontaneous_raman_input_power_w

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    from gnpy.core.elements import RamanFiber
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import SimParams

NEPER_PER_DB = np.log(10.0) / 10.0
AGREEMENT_DB = 0.05
EXTRAPOLATED_DB = 0.0005
C_BAND_HZ = 191.35e12 + 100e9 * np.arange(38)
LOSS_HZ = np.array([184.0, 190.0, 193.4, 197.0, 202.0, 208.0, 214.0]) * 1e12
LOSS_DB_PER_KM = np.array([0.21, 0.195, 0.19, 0.192, 0.215, 0.25, 0.28])
EXAMPLE_PUMPS = ((205e12, 0.224403, True), (201e12, 0.231135, True))
"""As in raman_edfa_example_network.json of GNPy."""


@pytest.fixture
def gnpy_resolution():
    """Sets GNPy's Raman solver and puts it back."""
    before = dict(SimParams._shared_dict)

    def set_to(step_m, method="perturbative", result_m=500.0):
        SimParams.set_params(
            {
                "nli_params": {"method": "gn_model_analytic"},
                "raman_params": {
                    "flag": True,
                    "method": method,
                    "order": 4,
                    "result_spatial_resolution": result_m,
                    "solver_spatial_resolution": step_m,
                },
            }
        )

    yield set_to
    SimParams._shared_dict.update(before)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One pumped fibre, described once, built for both tools."""

    length_km: float = 80.0
    pumps: tuple = EXAMPLE_PUMPS
    frequency_hz: np.ndarray = field(default_factory=lambda: C_BAND_HZ)
    launch_w: float | np.ndarray = 2e-3
    uneven_loss: bool = False
    lumped: tuple = ()
    area_m2: float = 83e-12
    temperature_k: float = 283.0

    @property
    def loss_db_per_km(self):
        return LOSS_DB_PER_KM if self.uneven_loss else np.full(LOSS_HZ.size, 0.2)

    @property
    def power_w(self):
        return np.full(self.frequency_hz.size, 1.0) * self.launch_w

    def attenuation_per_m(self, frequency_hz):
        return np.interp(frequency_hz, LOSS_HZ, self.loss_db_per_km) * NEPER_PER_DB / 1e3

    def ours(self):
        attenuation_per_m = self.attenuation_per_m(self.frequency_hz)
        pump_hz = np.array([pump[0] for pump in self.pumps])
        connector = 10**0.05
        passage = raman_passage(
            FibreColumns(
                length_m=np.array([self.length_km * 1e3]),
                attenuation_per_m=attenuation_per_m[:1],
                attenuation_offset_per_m=(attenuation_per_m - attenuation_per_m[0])[None],
                input_loss=np.array([connector]),
                output_loss=np.array([connector]),
                dispersion_s_per_m2=np.array([16.7e-6]),
                dispersion_slope_s_per_m3=np.array([np.nan]),
                effective_area_m2=np.array([self.area_m2]),
                pmd_s_per_sqrt_m=np.array([0.0]),
            ),
            RamanPumpColumns(
                frequency_hz=pump_hz,
                is_counter=np.array([pump[2] for pump in self.pumps]),
                power_w=np.array([[pump[1] for pump in self.pumps]]) / connector,
                attenuation_per_m=self.attenuation_per_m(pump_hz)[None],
            ),
            frequency_hz=self.frequency_hz,
            power_w=self.power_w[None],
            lumped=LumpedLosses(
                position_m=1e3 * np.array([[km for km, _ in self.lumped]]),
                loss=10 ** (0.1 * np.array([[loss_db for _, loss_db in self.lumped]])),
            )
            if self.lumped
            else None,
        )
        assert passage.is_solved.all()
        ase_w = passage.fibre_transfer * spontaneous_raman_input_power_w(
            passage,
            symbol_rate_hz=np.full(self.frequency_hz.size, 32e9),
            temperature_k=np.array([self.temperature_k]),
        )
        return passage.output_power_w[0], ase_w[0] / connector

    def theirs(self):
        spectrum = create_arbitrary_spectral_information(
            frequency=self.frequency_hz,
            pch=self.power_w,
            baud_rate=32e9,
            slot_width=50e9,
            tx_osnr=100.0,
            tx_power=self.power_w,
        )
        fibre = RamanFiber(
            uid="fibre",
            params={
                "length": self.length_km,
                "length_units": "km",
                "loss_coef": {
                    "value": list(self.loss_db_per_km),
                    "frequency": list(LOSS_HZ),
                },
                "con_in": 0.5,
                "con_out": 0.5,
                "dispersion": 16.7e-6,
                "effective_area": self.area_m2,
                "pmd_coef": 0.0,
                "lumped_losses": [{"position": km, "loss": loss_db} for km, loss_db in self.lumped],
            },
            operational={
                "temperature": self.temperature_k,
                "raman_pumps": [
                    {
                        "power": power_w,
                        "frequency": pump_hz,
                        "propagation_direction": "counterprop" if counter else "coprop",
                    }
                    for pump_hz, power_w, counter in self.pumps
                ],
            },
        )
        fibre.propagate(spectrum)
        return spectrum

    def differences_db(self):
        """Ours over theirs in channel power and in spontaneous emission at the output."""
        power_w, ase_w = self.ours()
        spectrum = self.theirs()
        return (
            db_from_linear(power_w / (spectrum.pch - spectrum.ase)),
            db_from_linear(ase_w / spectrum.ase),
        )


FOUR_PUMPS = ((206e12, 0.15, False), (203e12, 0.1, False), *EXAMPLE_PUMPS)
"""GNPy wants co-pumps first: see the last test."""

C_L_BAND_HZ = 186.1e12 + 300e9 * np.arange(34)

CASES = {
    "example": {},
    "60 km, tilted launch": {"length_km": 60.0, "launch_w": np.linspace(1e-3, 4e-3, 38)},
    "co- and counter-pumps": {"pumps": FOUR_PUMPS, "temperature_k": 300.0},
    "uneven loss, 150 km": {"length_km": 150.0, "uneven_loss": True, "area_m2": 125e-12},
    "two splices": {"lumped": ((20.0, 0.5), (60.0, 1.0))},
    "C+L band": {
        "frequency_hz": C_L_BAND_HZ,
        "launch_w": 4e-3,
        "uneven_loss": True,
        "pumps": (
            (208.5e12, 0.2, True),
            (205.5e12, 0.2, True),
            (201.5e12, 0.15, True),
            (198.7e12, 0.15, True),
        ),
    },
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_channel_power_and_spontaneous_emission_agree(gnpy_resolution, case):
    gnpy_resolution(25.0)
    power_db, ase_db = Case(**case).differences_db()
    assert np.abs(power_db).max() < AGREEMENT_DB
    assert np.abs(ase_db).max() < AGREEMENT_DB


def test_the_numerical_method_of_gnpy_agrees(gnpy_resolution):
    gnpy_resolution(25.0, method="numerical")
    power_db, ase_db = Case().differences_db()
    assert np.abs(power_db).max() < AGREEMENT_DB
    assert np.abs(ase_db).max() < AGREEMENT_DB


@pytest.mark.parametrize("name", ["example", "co- and counter-pumps", "C+L band"])
def test_what_remains_is_the_step_of_gnpy(gnpy_resolution, name):
    """Its error falls with its step: from two steps to no step at all, nothing is left."""
    differences = []
    for step_m in (100.0, 50.0):
        gnpy_resolution(step_m)
        differences.append(np.array(Case(**CASES[name]).differences_db()))
    coarse_db, fine_db = differences
    assert np.abs(coarse_db).max() > 0.03
    assert np.abs(2.0 * fine_db - coarse_db).max() < EXTRAPOLATED_DB


def test_gnpy_mistakes_the_pump_where_a_counter_pump_is_listed_before_a_co_pump(gnpy_resolution):
    """It then takes the thermal occupation of each pump at the frequency of another.

    Kept as a test so that we learn when it is mended; the powers do not depend on the order.
    """
    gnpy_resolution(50.0)
    sorted_db = Case(pumps=FOUR_PUMPS).differences_db()
    unsorted_db = Case(pumps=FOUR_PUMPS[::-1]).differences_db()
    np.testing.assert_allclose(unsorted_db[0], sorted_db[0], atol=1e-6)
    assert np.abs(unsorted_db[1]).max() > 2.0 * np.abs(sorted_db[1]).max()
