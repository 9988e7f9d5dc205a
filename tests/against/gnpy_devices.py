"""GNPy's amplifiers, ROADMs and receivers, and its example libraries in our terms."""

import warnings
from pathlib import Path

import numpy as np

from karakoram.engines.optics.amplifier_types import AmplifierType, ChannelColumns
from karakoram.engines.optics.dual_stage import DualStageNoiseFigure
from karakoram.engines.optics.noise_figure import FixedNoiseFigure, NoiselessAmplifier
from karakoram.engines.optics.openroadm_noise_figure import OpenRoadmInline, OpenRoadmPreamplifier
from karakoram.engines.optics.polynomial_noise_figure import PolynomialNoiseFigure
from karakoram.engines.optics.two_coil import two_coil_noise_figure

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore", DeprecationWarning)
    import gnpy
    from gnpy.core.elements import Edfa
    from gnpy.core.info import create_arbitrary_spectral_information
    from gnpy.tools.json_io import load_equipment

LIBRARIES = (
    "eqpt_config.json",
    "eqpt_config_multiband.json",
    "eqpt_config_openroadm_ver4.json",
    "eqpt_config_openroadm_ver5.json",
)


class ConvergedEdfa(Edfa):
    """GNPy's amplifier, whose one secant step along the dynamic gain tilt is repeated.

    As shipped it misses the gain it is set to by up to hundredths of a dB where both tilt and
    input power are uneven.
    """

    def _gain_profile(self, pin, *args, **kwargs):
        gain_db = super()._gain_profile(pin, *args, **kwargs)
        for _ in range(60):
            out_w = pin * 10 ** (gain_db / 10)
            missing_db = self.effective_gain - 10 * np.log10(out_w.sum() / pin.sum())
            slope = (out_w * self.interpol_dgt).sum() / out_w.sum()
            gain_db = gain_db + self.interpol_dgt * missing_db / slope
        return gain_db


def example_library(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_equipment(Path(gnpy.__file__).parent / "example-data" / name)


def ratio(value_db):
    return 10 ** (np.asarray(value_db, dtype=float) / 10)


def our_noise(entry, prefix=""):
    """The noise-figure model of an entry of GNPy's library."""

    def of(name):
        return getattr(entry, prefix + name)

    if of("type_def") == "dual_stage":
        return DualStageNoiseFigure(
            preamplifier=our_noise(entry, "preamp_"),
            booster=our_noise(entry, "booster_"),
            preamplifier_gain=float(ratio(entry.preamp_gain_flatmax)),
        )
    given = of("nf_model")
    least = {"gain_min": float(ratio(of("gain_min")))}
    both = {**least, "gain_max": float(ratio(of("gain_flatmax")))}
    return {
        "fixed_gain": lambda: FixedNoiseFigure(factor=float(ratio(given.nf0)), **least),
        "variable_gain": lambda: two_coil_noise_figure(
            factor_min=float(ratio(given.orig_nf_min)),
            factor_max=float(ratio(given.orig_nf_max)),
            **both,
        ),
        "advanced_model": lambda: PolynomialNoiseFigure(
            coefficients_db=tuple(float(c) for c in of("nf_fit_coeff")), **both
        ),
        "openroadm": lambda: OpenRoadmInline(
            osnr_coefficients_db=tuple(float(c) for c in given.nf_coef), **least
        ),
        "openroadm_preamp": lambda: OpenRoadmPreamplifier(**least),
        "openroadm_booster": NoiselessAmplifier,
    }[of("type_def")]()


def our_type(entry):
    """An entry of GNPy's library as an amplifier type."""

    def curve(values):
        return ratio(np.atleast_1d(np.asarray(values, dtype=float)))

    return AmplifierType(
        noise=our_noise(entry),
        output_power_max_w=1e-3 * float(ratio(entry.p_max)),
        f_min_hz=float(entry.f_min),
        f_max_hz=float(entry.f_max),
        tilt_response=np.asarray(entry.dgt, dtype=float),
        ripple=curve(entry.gain_ripple),
        noise_ripple=curve(entry.nf_ripple),
    )


def gnpy_edfa(entry, *, gain_db, tilt_db=0.0, input_voa_db=0.0, output_voa_db=0.0, converged):
    return (ConvergedEdfa if converged else Edfa)(
        uid="amplifier",
        params=dict(vars(entry)),
        operational={
            "gain_target": gain_db,
            "tilt_target": tilt_db,
            "in_voa": input_voa_db,
            "out_voa": output_voa_db,
        },
    )


def gnpy_spectrum(channels, power_w, **more):
    return create_arbitrary_spectral_information(
        frequency=np.array(channels.frequency_hz),
        pch=np.array(power_w),
        baud_rate=np.array(channels.symbol_rate_hz),
        slot_width=np.array(channels.slot_width_hz),
        tx_osnr=100.0,
        tx_power=np.array(power_w),
        **more,
    )


def with_noise(spectrum, ase, nli):
    """The same spectrum, of which parts are noise already."""
    spectrum.add_ase(spectrum.pch * ase / (1 - ase))
    spectrum.pch *= 1 - ase
    spectrum.add_nli(spectrum.pch * nli)
    return spectrum


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
