"""Which power does a ROADM send into a line, whatever came in?"""

import numpy as np
from jaxtyping import Float


def roadm_output_power_w(
    *,
    input_power_w: Float[np.ndarray, "*line channel"],
    loss: Float[np.ndarray, "*#line #channel"],
    target_power_w: Float[np.ndarray, "*#line #channel"],
) -> Float[np.ndarray, "*line channel"]:
    """Output power of each channel [W]: the target, or less where the input is too weak.

    A ROADM attenuates and never amplifies: P_out = min(P_in / loss, target). The noise
    shares of a channel do not change. Where every channel meets its target, the line that
    follows starts from a known profile and its noise does not depend on the path before.

    Parameters
    ----------
    input_power_w
        Total power of each channel, noise included [W].
    loss
        Insertion loss of the passage, input over output power [1], >= 1.
    target_power_w
        Equalisation target [W]: equal for all channels (constant power), or proportional to
        the symbol rate (constant power spectral density).
    """
    assert (loss >= 1.0).all()
    assert (target_power_w > 0.0).all()
    return np.asarray(np.minimum(input_power_w / loss, target_power_w))
