"""How much faster are the nonlinear models than GNPy, on the same span in the same run?

One span of 80 km of G.652 fibre with Raman scattering. GNPy runs with its default solver
settings, the spectrally separated model on three channels of a comb of 24, whose time is
scaled to all. Ours is the time per span: power profile and interference, once the fibre type
and comb are prepared; preparation, which serves every span of the type, is printed beside it.
"""

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.isrs_gn import IsrsGn
from karakoram.engines.optics.nonlinear import FibreType, NonlinearModel
from karakoram.engines.optics.power_profile import PowerProfile, raman_power_profile, span_nodes
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from gnpy.core.elements import Fiber
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import SimParams
    from gnpy.core.science_utils import NliSolver, RamanSolver

LENGTH_M = 80e3
LOSS_DB_PER_KM = 0.2
DISPERSION_S_PER_M2 = 16.7e-6
AREA_M2 = 83e-12
FIBRE = FibreType(
    attenuation_per_m=np.array([LOSS_DB_PER_KM * np.log(10.0) / 1e4]),
    dispersion_ref_s_per_m2=DISPERSION_S_PER_M2,
    dispersion_slope_s_per_m3=np.nan,
    reference_area_m2=AREA_M2,
)


def cpu_s(compute: Callable[[], object], *, repeats: int) -> float:
    """Median CPU time of one call [s]."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def comb_of(channels: int) -> Comb:
    return Comb(
        frequency_hz=191.35e12 + 50e9 * np.arange(channels),
        symbol_rate_hz=np.full(channels, 32e9),
        launch_power_w=np.full(channels, 1e-3),
    )


def gnpy_ratio(comb: Comb, method: str, computed: list[int] | None) -> np.ndarray:
    """Interference over power by GNPy."""
    SimParams.set_params(
        {
            "nli_params": {"method": method, "computed_channels": computed},
            "raman_params": {"flag": True},
        }
    )
    fibre = Fiber(
        uid="fibre",
        params={
            "length": LENGTH_M / 1e3,
            "length_units": "km",
            "loss_coef": LOSS_DB_PER_KM,
            "con_in": 0.0,
            "con_out": 0.0,
            "dispersion": DISPERSION_S_PER_M2,
            "effective_area": AREA_M2,
            "pmd_coef": 0.0,
        },
    )
    power_w = np.array(comb.launch_power_w)
    spectrum = create_arbitrary_spectral_information(
        frequency=np.array(comb.frequency_hz),
        pch=power_w,
        baud_rate=np.array(comb.symbol_rate_hz),
        slot_width=np.full(comb.channel_count, 50e9),
        tx_osnr=100.0,
        tx_power=power_w,
    )
    with np.errstate(divide="ignore"):
        raman = RamanSolver.calculate_stimulated_raman_scattering(spectrum, fibre)
        return np.asarray(NliSolver.compute_nli(spectrum, raman, fibre) / power_w)


def profile_of(comb: Comb, power_w: np.ndarray) -> PowerProfile:
    gain = raman_gain_per_w_m(reference_area_m2=AREA_M2, frequency_hz=comb.frequency_hz)
    return raman_power_profile(
        power_w=power_w,
        attenuation_per_m=np.broadcast_to(FIBRE.attenuation_per_m, (power_w.shape[0], 1)),
        gain_per_w_m=gain,
        nodes=span_nodes(length_m=np.array([LENGTH_M]), decay_per_m=FIBRE.decay_per_m),
    )


def compare(
    name: str,
    *,
    model: NonlinearModel,
    method: str,
    channels: int,
    computed: list[int] | None,
) -> None:
    comb = comb_of(channels)
    power_w = comb.launch_power_w[None]
    prepared = model.prepared(FIBRE, comb)
    prepare_s = cpu_s(lambda: model.prepared(FIBRE, comb), repeats=5)

    def ours() -> np.ndarray:
        return prepared.interference_ratio(
            power_w=power_w, length_m=np.array([LENGTH_M]), profile=profile_of(comb, power_w)
        )[0]

    ours_s = cpu_s(ours, repeats=15)
    theirs_s = cpu_s(lambda: gnpy_ratio(comb, method, computed), repeats=2)
    places = slice(None) if computed is None else np.array(computed) - 1
    theirs_s *= 1.0 if computed is None else channels / len(computed)
    apart_db = np.abs(10 * np.log10(ours() / gnpy_ratio(comb, method, computed)))[places].max()
    print(
        f"{name:<34}{1e3 * theirs_s:>10.0f}{1e3 * ours_s:>9.2f}{1e3 * prepare_s:>9.2f}"
        f"{theirs_s / ours_s:>8.0f} x{apart_db:>9.4f}"
    )


def batches(rows: int) -> None:
    """Many launch profiles of one span, ours only."""
    comb = comb_of(96)
    rng = np.random.default_rng(20261122)
    power_w = comb.launch_power_w * rng.uniform(0.5, 1.5, (rows, 96))
    length_m = np.full(rows, LENGTH_M)
    for model in (GeneralisedGn(), SeparatedGeneralisedGn(), IsrsGn()):
        prepared = model.prepared(FIBRE, comb)

        def ours(prepared=prepared, model=model) -> np.ndarray:
            return prepared.interference_ratio(
                power_w=power_w,
                length_m=length_m,
                profile=profile_of(comb, power_w) if model.needs_profile else None,
            )

        each_s = cpu_s(ours, repeats=1) / rows
        print(f"{type(model).__name__:<34}{1e3 * each_s:>9.3f} ms per launch profile")


def main() -> int:
    print(f"{'one span, CPU ms':<34}{'GNPy':>10}{'ours':>9}{'prepare':>9}{'ratio':>10}{'dB':>9}")
    compare(
        "approximate, 96 channels",
        model=GeneralisedGn(),
        method="ggn_approx",
        channels=96,
        computed=None,
    )
    compare(
        "spectrally separated, 24 channels",
        model=SeparatedGeneralisedGn(),
        method="ggn_spectrally_separated",
        channels=24,
        computed=[1, 12, 24],
    )
    print("\n200 launch profiles of that span at once, 96 channels, ours only")
    batches(200)
    return 0


if __name__ == "__main__":
    sys.exit(main())
