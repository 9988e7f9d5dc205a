"""Which launch powers let the channels of a line carry most by a list of transceiver modes?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.launch_goals import LeastMargin, ShannonCapacity
from karakoram.engines.optics.launch_power import LaunchPlan, optimal_launch_power
from karakoram.engines.optics.launched_lines import LaunchedLines


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModeLadder:
    """Modes from the slowest to the fastest, each of which needs more than the one before."""

    required_gsnr: Float[np.ndarray, " mode"]
    bit_rate_bit_per_s: Float[np.ndarray, " mode"]

    def __post_init__(self) -> None:
        for name in ("required_gsnr", "bit_rate_bit_per_s"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert (np.diff(getattr(self, name)) > 0.0).all(), f"{name} ascends"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModeLaunch:
    """Launch powers, and the mode that each channel runs with."""

    plan: LaunchPlan
    mode_index: Int[np.ndarray, " channel"]
    bit_rate_bit_per_s: float
    """Of all channels together."""


def mode_launch(
    line: LaunchedLines,
    ladder: ModeLadder,
    *,
    symbol_rate_hz: Float[np.ndarray, " channel"],
    start_w: Float[np.ndarray, "1 channel"],
) -> ModeLaunch | None:
    """The launch powers with which one line carries most; ``None`` where the slowest mode fails.

    Channels climb the ladder in the order of their GSNRs at Shannon's optimum, all to one mode
    before the first to the next. Whether so many can is a question of the least margin, which is
    answered exactly; as what is asked only grows, halving finds the highest rung. The order is a
    choice: another one may carry a little more, on lines whose channels differ much.

    Parameters
    ----------
    line
        A single line.
    ladder
        Modes, which are the same for all channels.
    symbol_rate_hz
        Of the channels.
    start_w
        Launch powers to begin with [W].
    """
    assert len(start_w) == 1, "one line at a time"
    shannon = ShannonCapacity(symbol_rate_hz=symbol_rate_hz)
    order = np.argsort(-optimal_launch_power(line, shannon, start_w=start_w).gsnr[0])
    low, best = 0, _rung(line, ladder, rung=0, order=order, start_w=start_w)
    if best is None:
        return None
    high = order.size * (ladder.bit_rate_bit_per_s.size - 1) + 1
    while high - low > 1:
        middle = (low + high) // 2
        found = _rung(line, ladder, rung=middle, order=order, start_w=best.plan.launch_power_w)
        if found is None:
            high = middle
        else:
            low, best = middle, found
    return best


def _rung(
    line: LaunchedLines,
    ladder: ModeLadder,
    *,
    rung: int,
    order: Int[np.ndarray, " channel"],
    start_w: Float[np.ndarray, "1 channel"],
) -> ModeLaunch | None:
    """Powers with which ``rung`` steps up are taken by the channels together, if there are any."""
    mode, ahead = divmod(rung, order.size)
    index = np.full(order.size, mode)
    index[order[:ahead]] += 1
    goal = LeastMargin(required_gsnr=ladder.required_gsnr[index])
    plan = optimal_launch_power(line, goal, start_w=start_w)
    if plan.score[0] < 0.0:
        return None
    return ModeLaunch(
        plan=plan,
        mode_index=index,
        bit_rate_bit_per_s=float(ladder.bit_rate_bit_per_s[index].sum()),
    )
