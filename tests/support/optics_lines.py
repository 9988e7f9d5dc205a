"""What do the simplest amplifiers of a batch of lines look like?"""

import numpy as np

from karakoram.engines.optics import AmplifierColumns, LineColumns


def loss_matched_amplifiers(
    lines: LineColumns,
    *,
    booster_gain: float,
    noise_factor: float,
    output_power_max_w: float,
    restores_profile: bool = False,
) -> AmplifierColumns:
    """Equal amplifiers whose gain is the nominal loss of the section before them."""
    boosters = np.full((lines.section_count.size, 1), booster_gain)
    gain = np.concatenate([boosters, lines.fibre.loss], axis=1)
    return AmplifierColumns(
        gain=gain,
        noise_factor=np.full_like(gain, noise_factor),
        output_power_max_w=np.full_like(gain, output_power_max_w),
        restores_profile=np.full(gain.shape, restores_profile),
    )
