"""An amplifier that does the same to every channel."""

import numpy as np

from karakoram.engines.optics.amplifier_types import AmplifierType


def flat_amplifier_type(*, noise, output_power_max_w, f_min_hz, f_max_hz):
    """A type with the same gain and noise at every channel."""
    one = np.ones(1)
    return AmplifierType(
        noise=noise,
        output_power_max_w=output_power_max_w,
        f_min_hz=f_min_hz,
        f_max_hz=f_max_hz,
        tilt_response=one,
        ripple=one,
        noise_ripple=one,
    )
