"""How much faster is the optics engine than GNPy, on the same lines in the same run?

Prints CPU seconds of both, their ratio, and the largest difference of GSNR in dB. The cases are
one line of 40 sections, a thousand launch profiles of it, and a network of 80 lines of 1 to 12
sections, which GNPy has to walk one by one. As GNPy's time leaves out the building of its
elements, ours is that of lines made ready beforehand; the time to make them ready, kernels
included, stands beside it, and the ratio with it. GNPy runs with its default solver settings.
"""

import sys
import time
import warnings
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from karakoram.engines.optics import (
    AmplifierColumns,
    Comb,
    FibreColumns,
    LineColumns,
    PreparedLines,
    PropagationMethod,
    RamanModel,
    full_comb,
    line_columns,
    prepared_lines,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from gnpy.core.elements import Edfa, Fiber
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.core.parameters import EdfaParams, SimParams

SEED = 20261122
BOOSTER_GAIN_DB = 20.0
NOISE_FIGURE_DB = 5.0
POWER_MAX_DBM = 23.0
ATTENUATION_DB_PER_KM = (0.2, 0.168)
DISPERSION_S_PER_M2 = (16.7e-6, 20.9e-6)
AREA_M2 = (83e-12, 125e-12)

REPEATS = 21
PROFILES = 1_000

Line = tuple[np.ndarray, np.ndarray]
"""Length in km and index of the fibre type, of each section."""


def cpu_s(compute: Callable[[], object], *, repeats: int) -> float:
    """Median CPU time of one call [s]."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def random_line(rng: np.random.Generator, sections: int) -> Line:
    return rng.uniform(50.0, 95.0, sections), rng.integers(0, 2, sections)


def our_lines(lines: list[Line]) -> LineColumns:
    columns = []
    for length_km, kind in lines:
        ones = np.ones(length_km.size)
        columns.append(
            FibreColumns(
                length_m=length_km * 1e3,
                attenuation_per_m=np.take(ATTENUATION_DB_PER_KM, kind) / 1e4 * np.log(10.0),
                input_loss=ones,
                output_loss=ones,
                dispersion_s_per_m2=np.take(DISPERSION_S_PER_M2, kind),
                dispersion_slope_s_per_m3=ones * np.nan,
                effective_area_m2=np.take(AREA_M2, kind),
                pmd_s_per_sqrt_m=ones * 1e-15,
            )
        )
    return line_columns(columns)


def our_prepared(lines: list[Line], comb: Comb, *, raman: bool) -> PreparedLines:
    columns = our_lines(lines)
    boosters = np.full((len(lines), 1), 10.0 ** (BOOSTER_GAIN_DB / 10.0))
    gain = np.concatenate([boosters, columns.fibre.loss], axis=1)
    amplifiers = AmplifierColumns(
        gain=gain,
        noise_factor=np.full_like(gain, 10.0 ** (NOISE_FIGURE_DB / 10.0)),
        output_power_max_w=np.full_like(gain, 1e-3 * 10.0 ** (POWER_MAX_DBM / 10.0)),
        restores_profile=np.zeros(gain.shape, dtype=bool),
    )
    method = PropagationMethod(raman=RamanModel.STIMULATED if raman else RamanModel.NONE)
    return prepared_lines(columns, comb, amplifiers, method=method)


def gnpy_amplifier(gain_db: float) -> Edfa:
    parameters = {
        **EdfaParams.default_values,
        "type_def": "fixed_gain",
        "f_min": 190e12,
        "f_max": 198e12,
        "gain_flatmax": 45.0,
        "gain_min": 0.0,
        "p_max": POWER_MAX_DBM,
        "nf_model": SimpleNamespace(nf0=NOISE_FIGURE_DB),
        "dgt": np.ones(2),
    }
    operational = {"gain_target": gain_db, "tilt_target": 0.0, "out_voa": 0.0}
    return Edfa(uid="amplifier", params=parameters, operational=operational)


def gnpy_elements(line: Line) -> list[Edfa | Fiber]:
    elements = [gnpy_amplifier(BOOSTER_GAIN_DB)]
    for length_km, kind in zip(*line, strict=True):
        parameters = {
            "length": length_km,
            "length_units": "km",
            "loss_coef": ATTENUATION_DB_PER_KM[kind],
            "con_in": 0.0,
            "con_out": 0.0,
            "dispersion": DISPERSION_S_PER_M2[kind],
            "effective_area": AREA_M2[kind],
            "pmd_coef": 1e-15,
        }
        elements.append(Fiber(uid="fibre", params=parameters))
        elements.append(gnpy_amplifier(length_km * ATTENUATION_DB_PER_KM[kind]))
    return elements


def gnpy_gsnr(lines: list[list[Edfa | Fiber]], comb: Comb) -> list[np.ndarray]:
    """GSNR of every line; building the elements is not counted against GNPy."""
    gsnr = []
    for elements in lines:
        power_w = comb.launch_power_w / 10.0 ** (BOOSTER_GAIN_DB / 10.0)
        spectrum = create_arbitrary_spectral_information(
            frequency=np.array(comb.frequency_hz),
            pch=power_w,
            baud_rate=np.array(comb.symbol_rate_hz),
            slot_width=np.array(comb.symbol_rate_hz),
            tx_osnr=100.0,
            tx_power=power_w,
        )
        for element in elements:
            element.propagate(spectrum)
        gsnr.append(spectrum.gsnr)
    return gsnr


def compare(title: str, lines: list[Line], comb: Comb, *, raman: bool) -> float:
    """Print how we compare; returns GNPy's time [s]."""
    SimParams.set_params({"raman_params": {"flag": raman}})
    elements = [gnpy_elements(line) for line in lines]
    theirs = gnpy_gsnr(elements, comb)
    prepared = our_prepared(lines, comb, raman=raman)
    launch_w = np.tile(comb.launch_power_w, (len(lines), 1))
    ours = prepared.gsnr(launch_w)
    apart_db = max(
        float(np.abs(10.0 * np.log10(mine / peer)).max())
        for mine, peer in zip(ours, theirs, strict=True)
    )
    our_s = cpu_s(lambda: prepared.gsnr(launch_w), repeats=REPEATS)
    ready_s = cpu_s(lambda: our_prepared(lines, comb, raman=raman), repeats=REPEATS)
    their_s = cpu_s(lambda: gnpy_gsnr(elements, comb), repeats=5)
    report(
        f"{title}, Raman {'on' if raman else 'off'}: {our_s * 1e3:.3f} ms, GNPy "
        f"{their_s * 1e3:.1f} ms, ratio {their_s / our_s:.0f} ({their_s / (our_s + ready_s):.0f} "
        f"with {ready_s * 1e3:.2f} ms to make ready), GSNR at most {apart_db:.1e} dB apart"
    )
    return their_s


def compare_profiles(line: Line, comb: Comb, *, gnpy_s: float, raman: bool) -> None:
    """Many launch profiles of one line; GNPy takes its time for each."""
    prepared = our_prepared([line], comb, raman=raman)
    rng = np.random.default_rng(SEED)
    profiles_w = comb.launch_power_w * np.exp(rng.normal(0.0, 0.1, (PROFILES, comb.channel_count)))
    each_s = cpu_s(lambda: prepared.gsnr(profiles_w), repeats=5) / PROFILES
    report(
        f"{PROFILES} launch profiles of that line, Raman {'on' if raman else 'off'}: "
        f"{each_s * 1e6:.1f} us each, ratio {gnpy_s / each_s:.0f} each"
    )


def report(text: str) -> None:
    sys.stdout.write(text + "\n")


def main() -> None:
    rng = np.random.default_rng(SEED)
    comb = full_comb(
        f_min_hz=191.3e12,
        f_max_hz=196.1e12,
        spacing_hz=50e9,
        symbol_rate_hz=32e9,
        psd_w_per_hz=1e-3 / 32e9,
    )
    one = [random_line(rng, 40)]
    network = [random_line(rng, int(sections)) for sections in rng.integers(1, 13, 80)]
    for raman in (False, True):
        gnpy_s = compare("one line of 40 sections, 96 channels", one, comb, raman=raman)
        compare_profiles(one[0], comb, gnpy_s=gnpy_s, raman=raman)
        compare("80 lines of 1 to 12 sections, 96 channels", network, comb, raman=raman)


if __name__ == "__main__":
    main()
