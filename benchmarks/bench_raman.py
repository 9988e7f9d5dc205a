"""How much faster is a Raman-pumped span here than in GNPy, in the same run?

Prints CPU time of both, their ratio, and how far each is from a solution converged to 1e-7 dB.
GNPy runs with the solver settings of its own Raman example: steps of 50 m. The batch is one
call for many spans of different lengths and powers.
"""

import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.raman_pumps import RamanPassage, RamanPumpColumns, raman_passage
from karakoram.engines.optics.spontaneous_raman import spontaneous_raman_input_power_w

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from gnpy.core.elements import RamanFiber
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import SimParams

SEED = 20261122
BATCH_SIZE = 100
KELVIN = 283.0
CONNECTOR = 10**0.05
LOSS_PER_M = 0.2e-3 * np.log(10.0) / 10.0
EXACT = RamanCollocation(tolerance_db=1e-7)
STANDARD = RamanCollocation()


@dataclass(frozen=True, kw_only=True)
class Span:
    """Channels and pumps of one kind of span; every pump is counter-propagating."""

    name: str
    frequency_hz: np.ndarray
    power_w: float
    length_km: float
    pumps: tuple[tuple[float, float], ...]


SPANS = (
    Span(
        name="C band, 96 channels, 2 pumps, 80 km",
        frequency_hz=191.35e12 + 50e9 * np.arange(96),
        power_w=1e-3,
        length_km=80.0,
        pumps=((205e12, 0.224403), (201e12, 0.231135)),
    ),
    Span(
        name="C+L, 120 channels, 4 pumps, 100 km",
        frequency_hz=186.1e12 + 84e9 * np.arange(120),
        power_w=1.6e-3,
        length_km=100.0,
        pumps=((208.5e12, 0.2), (205.5e12, 0.2), (201.5e12, 0.15), (198.7e12, 0.15)),
    ),
)


def cpu_s(compute: Callable[[], object], *, repeats: int) -> float:
    """Median CPU time of one call [s]."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def ours(
    span: Span, *, method: RamanCollocation, length_km: np.ndarray, power_w: np.ndarray
) -> tuple[RamanPassage, np.ndarray]:
    """Powers and spontaneous emission at the output of spans."""
    wide = np.ones(length_km.size)
    pumps = np.array(span.pumps)
    passage = raman_passage(
        FibreColumns(
            length_m=1e3 * length_km,
            attenuation_per_m=LOSS_PER_M * wide,
            input_loss=CONNECTOR * wide,
            output_loss=CONNECTOR * wide,
            dispersion_s_per_m2=16.7e-6 * wide,
            dispersion_slope_s_per_m3=np.nan * wide,
            effective_area_m2=83e-12 * wide,
            pmd_s_per_sqrt_m=0.0 * wide,
        ),
        RamanPumpColumns(
            frequency_hz=pumps[:, 0],
            is_counter=np.full(len(pumps), fill_value=True),
            power_w=np.tile(pumps[:, 1] / CONNECTOR, (length_km.size, 1)),
            attenuation_per_m=np.full((length_km.size, len(pumps)), LOSS_PER_M),
        ),
        frequency_hz=span.frequency_hz,
        power_w=np.repeat(power_w[:, None], span.frequency_hz.size, axis=1),
        method=method,
    )
    assert passage.is_solved.all()
    ase_w = spontaneous_raman_input_power_w(
        passage,
        symbol_rate_hz=np.full(span.frequency_hz.size, 32e9),
        temperature_k=KELVIN * wide,
    )
    return passage, ase_w * passage.fibre_transfer / CONNECTOR


def theirs(span: Span) -> np.ndarray:
    """Channel powers at the output of GNPy's Raman fibre, without the emission added there."""
    power_w = np.full(span.frequency_hz.size, span.power_w)
    spectrum = create_arbitrary_spectral_information(
        frequency=span.frequency_hz,
        pch=power_w,
        baud_rate=32e9,
        slot_width=50e9,
        tx_osnr=100.0,
        tx_power=power_w,
    )
    fibre = RamanFiber(
        uid="fibre",
        params={
            "length": span.length_km,
            "length_units": "km",
            "loss_coef": 0.2,
            "con_in": 0.5,
            "con_out": 0.5,
            "dispersion": 16.7e-6,
            "effective_area": 83e-12,
            "pmd_coef": 0.0,
        },
        operational={
            "temperature": KELVIN,
            "raman_pumps": [
                {"power": power, "frequency": hz, "propagation_direction": "counterprop"}
                for hz, power in span.pumps
            ],
        },
    )
    fibre.propagate(spectrum)
    return np.asarray(spectrum.pch - spectrum.ase)


def largest_db(ratio: np.ndarray) -> float:
    return float(np.abs(10.0 * np.log10(ratio)).max())


def compare(span: Span) -> None:
    """One line for one span, one for the batch."""
    one = {"length_km": np.array([span.length_km]), "power_w": np.array([span.power_w])}
    exact_w = ours(span, method=EXACT, **one)[0].output_power_w[0]
    ours_db = largest_db(ours(span, method=STANDARD, **one)[0].output_power_w[0] / exact_w)
    theirs_db = largest_db(theirs(span) / exact_w)
    theirs_s = cpu_s(lambda: theirs(span), repeats=3)
    ours_s = cpu_s(lambda: ours(span, method=STANDARD, **one), repeats=51)
    rng = np.random.default_rng(SEED)
    many = {
        "length_km": rng.uniform(60.0, 120.0, BATCH_SIZE),
        "power_w": span.power_w * rng.uniform(0.5, 2.0, BATCH_SIZE),
    }
    batch_s = cpu_s(lambda: ours(span, method=STANDARD, **many), repeats=3) / BATCH_SIZE
    print(f"{span.name:<40}{'CPU ms':>10}{'ratio':>9}{'off by dB':>12}")
    print(f"{'  GNPy, steps of 50 m':<40}{1e3 * theirs_s:>10.1f}{1:>9}{theirs_db:>12.1e}")
    print(f"{'  here':<40}{1e3 * ours_s:>10.2f}{theirs_s / ours_s:>9.0f}{ours_db:>12.1e}")
    print(f"{f'  here, each of {BATCH_SIZE}':<40}{1e3 * batch_s:>10.2f}{theirs_s / batch_s:>9.0f}")


def main() -> int:
    """Print the comparisons."""
    SimParams.set_params(
        {
            "nli_params": {"method": "gn_model_analytic"},
            "raman_params": {
                "flag": True,
                "method": "perturbative",
                "order": 2,
                "result_spatial_resolution": 10e3,
                "solver_spatial_resolution": 50,
            },
        }
    )
    for span in SPANS:
        compare(span)
    return 0


if __name__ == "__main__":
    sys.exit(main())
