"""How is the gain of an amplifier spread over its channels?

An erbium amplifier has a shape it was built with (its ripple, after gain-flattening filters)
and one way to change it: when the inversion moves, gain moves at every frequency in
proportion to the *dynamic gain tilt* d(f). In nepers (ln of gain), with r the ripple,

    ln G(f) = r(f) - t(f) + c + x d(f)                                              (1)

t(f) = d(f) ln(tilt) / (slope of d over the band) sets the tilt asked for, the uniform part c
sets the mean gain of equal channels, and x is the change of inversion by which the *total*
power is right for the channels that are really there:

    sum P_i G(f_i) = G sum P_i                                                      (2)

The logarithm of (2) is convex and rising in x, so that Newton's method always converges.
Source: R. di Muro, J. Lightwave Technol. 18(3), 343 (2000).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only

LAST_STEP_NEPER = 1e-6
"""A step from an error below this is linear to 1e-12: total gain is met to 4e-12 dB."""

STEPS_MAX = 50
"""Newton's steps; 2 or 3 are usual."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GainShape:
    """The shapes of a row of amplifiers, at their channels; one shape may stand for all rows."""

    tilt_response: Float[np.ndarray, "row channel"]
    """Dynamic gain tilt d: change of gain at a channel over that of the reference [1], > 0."""
    tilt_response_span: Float[np.ndarray, " row"]
    """Slope of d over the band: its straight-line fit, upper less lower band edge [1]."""
    log_ripple: Float[np.ndarray, "row channel"]
    """Ripple r: natural logarithm of gain over flat gain [1]."""

    def __post_init__(self) -> None:
        for name in ("tilt_response", "tilt_response_span", "log_ripple"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert (self.tilt_response > 0.0).all(), "more inversion is more gain at every channel"


def tilt_response_span(
    *,
    tilt_response: Float[np.ndarray, "row channel"],
    frequency_hz: Float[np.ndarray, " channel"],
    band_width_hz: Float[np.ndarray, " row"],
) -> Float[np.ndarray, " row"]:
    """Straight-line fit of the dynamic gain tilt: upper less lower band edge [1].

    Zero for one channel, which cannot be tilted.

    >>> tilt_response_span(tilt_response=np.array([[1.0, 1.5, 2.0]]),
    ...                    frequency_hz=np.array([191e12, 192e12, 193e12]),
    ...                    band_width_hz=np.array([4e12])).tolist()
    [2.0]
    """
    offset_hz = frequency_hz - frequency_hz.mean()
    spread = np.square(offset_hz).sum()
    if spread == 0.0:
        return np.zeros(tilt_response.shape[0])
    # Values are centred first, so that a flat response has a slope of exactly 0.
    centred = tilt_response - tilt_response[:, :1]
    return np.asarray((centred @ offset_hz) / spread * band_width_hz)


def shaped_gain(
    *,
    shape: GainShape,
    input_power_w: Float[np.ndarray, "row channel"],
    gain: Float[np.ndarray, " row"],
    tilt: Float[np.ndarray, " row"],
) -> Float[np.ndarray, "row channel"]:
    """Gain of every channel [1], by (1), so that the total output power is right, by (2).

    Parameters
    ----------
    shape
        Ripple and dynamic gain tilt at the channels, of one row or of all.
    input_power_w
        Total channel power at the input [W].
    gain
        Total output over total input power [1].
    tilt
        Gain at the lower edge of the band over gain at its upper edge that equal channels are
        to have, ripple apart [1]; without effect where the dynamic gain tilt is flat.

    Raises
    ------
    ArithmeticError
        Where Newton's method does not converge, for figures no amplifier has.
    """
    response = shape.tilt_response
    span = shape.tilt_response_span
    scale = np.divide(-np.log(tilt), span, out=np.zeros_like(tilt), where=span != 0.0)
    log_shape = shape.log_ripple + scale[:, None] * response
    found = np.exp(log_shape - log_shape.max(axis=1, keepdims=True))
    found *= (gain / found.mean(axis=1))[:, None]
    power_w = input_power_w * found
    wanted_w = gain * input_power_w.sum(axis=1)
    # Figures that run away are told below, in our words.
    with np.errstate(all="ignore"):
        for _ in range(STEPS_MAX):
            total_w = power_w.sum(axis=1)
            error = np.log(wanted_w / total_w)
            change = (error * total_w / (power_w * response).sum(axis=1))[:, None] * response
            if np.abs(error).max() < LAST_STEP_NEPER:
                return np.asarray(found * (1.0 + change))
            factor = np.exp(change)
            found *= factor
            power_w *= factor
    raise ArithmeticError(
        f"the gain shape did not converge: dynamic gain tilt of {response.min():.3g} to "
        f"{response.max():.3g} and tilt of {tilt.min():.3g} to {tilt.max():.3g}; amplifiers have "
        "1 to 4 and 0.5 to 2"
    )
