"""How strong is each channel along the fibre, relative to what it was at the input?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.products import row_products

SMOOTH_NODES = 25
"""Enough for 1e-3 dB of interference at 24 dBm in 9.6 THz, 2e-4 dB at 20 dBm; pumps need more."""

STRAIGHT_M = 1e3
"""Distance of the nodes that describe power which is straight between nodes far apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LumpedLosses:
    """Losses at points inside spans: splices, bends, couplers.

    Rows with fewer losses than others are padded with a loss of 1, anywhere in the span.
    """

    position_m: Float[np.ndarray, "row loss"]
    """Distance from the fibre's input; ascending in each row."""
    loss: Float[np.ndarray, "row loss"]
    """Input over output power [1], >= 1."""

    def __post_init__(self) -> None:
        for name in ("position_m", "loss"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert (self.loss >= 1.0).all(), "a lumped loss does not amplify"
        assert (self.position_m >= 0.0).all(), "a lumped loss stands inside its span"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpanNodes:
    """Positions along fibres at which powers are stated.

    Two nodes may stand at one place: before and after a lumped loss.
    """

    position_m: Float[np.ndarray, "row node"]
    """Ascending from 0 to the fibre's length; one row serves any number of equal spans."""
    lumped_loss: Float[np.ndarray, "row interval"]
    """Input over output power of what is lumped between a node and the next [1]."""

    def __post_init__(self) -> None:
        for name in ("position_m", "lumped_loss"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        rows, nodes = self.position_m.shape
        assert nodes > 1, "a span has two ends"
        assert self.lumped_loss.shape == (rows, nodes - 1)
        steps_m = np.diff(self.position_m, axis=1)
        assert (self.position_m[:, 0] == 0.0).all(), "a profile begins at the fibre's input"
        assert (steps_m >= 0.0).all(), "nodes ascend"
        assert ((steps_m == 0.0) | (self.lumped_loss == 1.0)).all(), (
            "a lumped loss stands between two nodes of the same position"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PowerProfile:
    """Power along fibres over power at their input, as any solver found it."""

    position_m: Float[np.ndarray, "#row node"]
    """Ascending from 0 to the fibre's length; a jump has two nodes at one place."""
    ratio: Float[np.ndarray, "row node channel"]
    """P(z) / P(0) [1]."""

    def __post_init__(self) -> None:
        for name in ("position_m", "ratio"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert self.position_m.shape[1] == self.ratio.shape[1] > 1, "a span has two ends"
        assert self.position_m.shape[0] in {1, self.ratio.shape[0]}
        assert (np.diff(self.position_m, axis=1) >= 0.0).all(), "nodes ascend"
        assert (self.ratio > 0.0).all(), "power stays positive"

    @property
    def transmission(self) -> Float[np.ndarray, "row channel"]:
        """Power at the end of the fibre over power at its input [1]."""
        return self.ratio[:, -1]


def span_nodes(
    *,
    length_m: Float[np.ndarray, " row"],
    decay_per_m: float,
    count: int = SMOOTH_NODES,
    lumped: LumpedLosses | None = None,
) -> SpanNodes:
    """Nodes that lie close where power is high, and on both sides of every lumped loss.

    The nodes are equally far apart in (1 - exp(-decay z / 2)): closest where most of the
    interference arises, and not too far apart where a long span ends.

    Parameters
    ----------
    length_m
        Fibre length of each row [m], > 0.
    decay_per_m
        Power attenuation coefficient, typical of the channels [1/m].
    count
        Number of nodes per span, those at lumped losses left out, >= 2.
    lumped
        Losses inside the spans, one row per span; all positions up to the length.
    """
    assert count > 1, "a span has two ends"
    half_per_m = decay_per_m / 2.0
    whole = -np.expm1(-half_per_m * length_m)
    position_m = -np.log1p(-whole[:, None] * np.linspace(0.0, 1.0, count)) / half_per_m
    position_m[:, 0], position_m[:, -1] = 0.0, length_m
    if lumped is None:
        return SpanNodes(
            position_m=position_m, lumped_loss=np.ones((length_m.size, position_m.shape[1] - 1))
        )
    assert (lumped.position_m <= length_m[:, None]).all(), "a lumped loss stands inside its span"
    # Every loss brings a node before and a node after it; a stable sort keeps them together.
    twice_m = np.repeat(lumped.position_m, 2, axis=1)
    after = np.repeat(lumped.loss, 2, axis=1)
    after[:, ::2] = 1.0
    # The span's own ends come first and last, also where a loss stands at an end.
    joined_m = np.concatenate([position_m[:, :-1], twice_m, position_m[:, -1:]], axis=1)
    arrives = np.concatenate(
        [np.ones((length_m.size, count - 1)), after, np.ones((length_m.size, 1))], axis=1
    )
    order = np.argsort(joined_m, axis=1, kind="stable")
    return SpanNodes(
        position_m=np.take_along_axis(joined_m, order, axis=1),
        lumped_loss=np.take_along_axis(arrives, order, axis=1)[:, 1:],
    )


def attenuated_profile(
    *, nodes: SpanNodes, attenuation_per_m: Float[np.ndarray, "row channel"]
) -> PowerProfile:
    """Profile of fibre that only attenuates: exp(-alpha z) over the lumped losses passed.

    Parameters
    ----------
    nodes
        Where to state it, one row of nodes for all or one per row.
    attenuation_per_m
        Power attenuation coefficient of each row and channel [1/m].
    """
    passed = np.concatenate(
        [np.ones((nodes.lumped_loss.shape[0], 1)), np.cumprod(nodes.lumped_loss, axis=1)], axis=1
    )
    exponent = -attenuation_per_m[:, None, :] * nodes.position_m[:, :, None]
    return PowerProfile(position_m=nodes.position_m, ratio=np.exp(exponent) / passed[:, :, None])


def coarse_profile(profile: PowerProfile, row: int, *, step_m: float) -> PowerProfile:
    """One row of a profile at every step, at the fibre's end, and before each lumped loss.

    What is lost at a place is so spread over the step behind it.

    Parameters
    ----------
    profile, row
        Power along fibres, exponential between the nodes that are there, and which of them.
    step_m
        Distance of the nodes that are left [m].
    """
    shared = profile.position_m.shape[0] == 1
    position_m = profile.position_m[0 if shared else row]
    end_m = float(position_m[-1])
    jumps_m = position_m[1:][np.diff(position_m) == 0.0]
    places_m = np.unique(np.concatenate([np.arange(0.0, end_m, step_m), jumps_m, [end_m]]))
    # The first of two nodes at one place stands before the loss.
    after = np.clip(np.searchsorted(position_m, places_m, side="left"), 1, None)
    start_m, width_m = position_m[after - 1], position_m[after] - position_m[after - 1]
    share = (places_m - start_m) / np.where(width_m > 0.0, width_m, 1.0)
    log_ratio = np.log(profile.ratio[row])
    low, high = log_ratio[after - 1], log_ratio[after]
    return PowerProfile(
        position_m=places_m[None], ratio=np.exp(low + share[:, None] * (high - low))[None]
    )


def straightened_profile(
    profile: PowerProfile, attenuation_per_m: Float[np.ndarray, " channel"]
) -> PowerProfile:
    """A profile of one row with more nodes, P(z) exp(alpha z) straight between the given ones."""
    position_m = profile.position_m[0]
    length_m = np.diff(position_m)
    parts = np.ceil(length_m / STRAIGHT_M).astype(np.int64)
    cell = np.repeat(np.arange(parts.size), parts)
    within = np.arange(cell.size) - np.repeat(np.cumsum(parts) - parts, parts)
    share = within / parts[cell]
    fine_m = np.append(position_m[cell] + length_m[cell] * share, position_m[-1])
    cell, share = np.append(cell, parts.size - 1), np.append(share, 1.0)[:, None]
    flat = profile.ratio[0] * np.exp(position_m[:, None] * attenuation_per_m)
    fine = flat[cell] + share * (flat[cell + 1] - flat[cell])
    return PowerProfile(
        position_m=fine_m[None], ratio=(fine * np.exp(-fine_m[:, None] * attenuation_per_m))[None]
    )


def raman_power_profile(
    *,
    power_w: Float[np.ndarray, "row channel"],
    attenuation_per_m: Float[np.ndarray, "row #channel"],
    gain_per_w_m: Float[np.ndarray, "channel channel"],
    nodes: SpanNodes,
) -> PowerProfile:
    """Profile of channels that attenuate and pump each other by Raman scattering.

        dP_i/dz = (-alpha_i + sum_j C_ij P_j) P_i

    One step of Runge-Kutta of order 4 per interval, in the logarithm of power and in the
    coordinate u = (1 - exp(-b z)) / b counted from each node, b being the mean attenuation:

        P_i = P_i,k exp(-alpha_i z + y_i),  dy_i/du = sum_j C_ij P_j,k exp(y_j - (alpha_j - b) z)

    Parameters
    ----------
    power_w
        Channel powers at the fibre's input, after its connector [W].
    attenuation_per_m
        Power attenuation coefficient of each row, one for all channels or one each [1/m].
    gain_per_w_m
        Raman gain matrix of the fibre type.
    nodes
        Where to state the powers; also the steps of integration. One row of nodes for all
        rows or one each. Steps of :func:`span_nodes` are converged to 1e-6 dB up to 24 dBm.
    """
    rows, channels = power_w.shape
    decay_per_m = attenuation_per_m.mean(axis=-1, keepdims=True)
    excess_per_m = attenuation_per_m - decay_per_m
    length_m = np.diff(nodes.position_m, axis=1)
    log_ratio = np.zeros((rows, nodes.position_m.shape[1], channels))
    for place in range(length_m.shape[1]):
        step_m = length_m[:, place, None]
        before = log_ratio[:, place]
        gain = np.zeros_like(before)
        if step_m.any():
            half_m = -np.log1p(np.expm1(-decay_per_m * step_m) / 2.0) / decay_per_m
            start_w = power_w * np.exp(before)
            gain = _raman_log_gain(
                start_w=start_w,
                half_w=start_w * np.exp(-excess_per_m * half_m),
                end_w=start_w * np.exp(-excess_per_m * step_m),
                step_u_m=-np.expm1(-decay_per_m * step_m) / decay_per_m,
                gain_per_w_m=gain_per_w_m,
            )
        lost = attenuation_per_m * step_m + np.log(nodes.lumped_loss[:, place, None])
        log_ratio[:, place + 1] = before - lost + gain
    return PowerProfile(position_m=nodes.position_m, ratio=np.exp(log_ratio))


def _raman_log_gain(
    *,
    start_w: Float[np.ndarray, "row channel"],
    half_w: Float[np.ndarray, "row channel"],
    end_w: Float[np.ndarray, "row channel"],
    step_u_m: Float[np.ndarray, "#row 1"],
    gain_per_w_m: Float[np.ndarray, "channel channel"],
) -> Float[np.ndarray, "row channel"]:
    """Logarithmic Raman gain of one step [Np]; powers without decay and without Raman gain."""
    first = row_products(start_w, gain_per_w_m)
    second = row_products(half_w * np.exp(0.5 * step_u_m * first), gain_per_w_m)
    third = row_products(half_w * np.exp(0.5 * step_u_m * second), gain_per_w_m)
    fourth = row_products(end_w * np.exp(step_u_m * third), gain_per_w_m)
    return np.asarray(step_u_m / 6.0 * (first + 2.0 * (second + third) + fourth))
