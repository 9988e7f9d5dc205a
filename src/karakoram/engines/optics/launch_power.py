"""Which launch power of every channel is best for a line, within what its amplifiers can give?

Newton's method in the logarithm of power, all lines at once. The noise-to-signal ratio of a
channel is nearly a sum of products of launch powers (spontaneous emission over P_i, interference
with P_j squared), so its logarithm is convex in the logarithms of power, and its second
derivatives follow from the first:

    noise_i = sum_k c_k exp(v_k . y)   =>   Hess g_i = E[v v^T] - E[v] E[v]^T,  grad g_i = E[v]

The slopes are those of the full propagation; only the curvature is that of this picture, so
where the search ends nothing is approximated.
"""

from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.launch_goals import GoalSlopes, LaunchGoal
from karakoram.engines.optics.launched_lines import LaunchedLines, LaunchResponse

STEPS_MAX = 30
"""Newton steps in each stage of a goal; five to ten are usual."""
STEP_NEPER_MAX = 1.0
"""Largest change of a channel's log power in one step: the picture is good about so far."""
HALVINGS_MAX = 12
_PROMISE_MIN = 1e-7
"""A step that promises less of the goal [Np] is not worth taking."""
_PROMISE_MIN_BEFORE_LAST = 1e-4
"""The same, in stages that only lead to the last."""
_ROOM_TOLERANCE = 1e-9
"""Of ln power, by which rounding may leave a bound broken."""
_DAMPING = 1e-6
"""Of the diagonal, added to the curvature so that it can be solved for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaunchPlan:
    """Launch powers that are best for a goal."""

    launch_power_w: Float[np.ndarray, "line channel"]
    gsnr: Float[np.ndarray, "line channel"]
    """At the output of the preamplifier [1]."""
    score: Float[np.ndarray, " line"]
    """Of the goal, larger is better, in its unit."""
    score_before: Float[np.ndarray, " line"]
    """Of the powers that the search began with."""
    power_price: Float[np.ndarray, "line band"]
    """What one neper more of amplifier power would bring to the goal [Np]; 0 where it is not
    used up."""
    residual: Float[np.ndarray, " line"]
    """Largest slope of the goal that the bounds do not explain [Np/Np]: 0 at the best."""

    def __post_init__(self) -> None:
        for name in ("launch_power_w", "gsnr", "score", "score_before", "power_price", "residual"):
            object.__setattr__(self, name, read_only(getattr(self, name)))


def optimal_launch_power(
    lines: LaunchedLines, goal: LaunchGoal, *, start_w: Float[np.ndarray, "line channel"]
) -> LaunchPlan:
    """The launch powers of each line that make ``goal`` best.

    Parameters
    ----------
    lines
        Lines, and the largest power of their amplifiers.
    goal
        What is to be best.
    start_w
        Powers to begin with, those of the power rule [W]; where they are more than the
        amplifiers give they are lowered in proportion first.

    Returns
    -------
    Powers, the GSNRs they give and how sure they are the best. Never worse than the start.
    """
    begin_w = _within_bounds(lines, start_w, np.arange(len(start_w)))
    begin_gsnr = lines.gsnr(begin_w)
    power_w, last = begin_w, None
    for stage in range(goal.stage_count):
        power_w, last = _descended(lines, goal, power_w, stage=stage)
    assert last is not None, "a goal has a stage at least"
    gsnr = lines.gsnr(power_w)
    score, score_before = goal.score(gsnr), goal.score(begin_gsnr)
    worse = (score < score_before)[:, None]
    return LaunchPlan(
        launch_power_w=np.where(worse, begin_w, power_w),
        gsnr=np.where(worse, begin_gsnr, gsnr),
        score=np.maximum(score, score_before),
        score_before=score_before,
        power_price=last.price,
        residual=last.residual,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Optimality:
    """How far from the best the last look at each line was."""

    price: Float[np.ndarray, "line band"]
    residual: Float[np.ndarray, " line"]


def _descended(
    lines: LaunchedLines,
    goal: LaunchGoal,
    power_w: Float[np.ndarray, "line channel"],
    *,
    stage: int,
) -> tuple[Float[np.ndarray, "line channel"], _Optimality]:
    """Newton steps until none is worth taking; lines that are done rest."""
    power_w = power_w.copy()
    is_last = stage == goal.stage_count - 1
    promise_min = _PROMISE_MIN if is_last else _PROMISE_MIN_BEFORE_LAST
    price, residual = np.zeros(lines.power_max_w.shape), np.zeros(len(power_w))
    at_work = np.arange(len(power_w))
    for _ in range(STEPS_MAX):
        response = lines.response(power_w[at_work], at_work)
        slopes = goal.slopes(response.log_noise, stage=stage)
        now_w = power_w[at_work]
        step = _newton_step(
            np.einsum("rc,rcs->rs", slopes.first, response.slope),
            _curvature(response, slopes, share=now_w / now_w.sum(axis=1, keepdims=True)),
            _power_bound(lines, now_w, at_work),
        )
        price[at_work], residual[at_work] = step.price, step.residual
        worth = step.promise > promise_min
        at_work = at_work[worth]
        if at_work.size == 0:
            break
        search = _Search(goal=goal, stage=stage, value=slopes.value[worth])
        moved_w, better = _searched(
            lines, search, power_w[at_work], of_line=at_work, change=step.change[worth]
        )
        power_w[at_work] = moved_w
        at_work = at_work[better]
        if at_work.size == 0:
            break
    return power_w, _Optimality(price=price, residual=residual)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _PowerBound:
    """The bound on each band's power to first order: shares . change <= room."""

    shares: Float[np.ndarray, "row band channel"]
    """Of the band's power, what each channel has [1]."""
    room: Float[np.ndarray, "row band"]
    """ln(most / launched), >= 0."""


def _power_bound(
    lines: LaunchedLines,
    power_w: Float[np.ndarray, "row channel"],
    of_line: Int[np.ndarray, " row"],
) -> _PowerBound:
    total_w = lines.band_power_w(power_w)
    room = np.log(lines.power_max_w[of_line] / total_w)
    shares = power_w[:, None, :] * lines.is_in_band / total_w[..., None]
    return _PowerBound(shares=shares, room=np.maximum(0.0, room))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Step:
    change: Float[np.ndarray, "row channel"]
    """Of ln power."""
    promise: Float[np.ndarray, " row"]
    """By what the goal should fall [Np]."""
    price: Float[np.ndarray, "row band"]
    residual: Float[np.ndarray, " row"]


def _newton_step(
    slope: Float[np.ndarray, "row channel"],
    hessian: Float[np.ndarray, "row channel channel"],
    bound: _PowerBound,
) -> _Step:
    """The step to the least value of the goal's second-order picture within the bounds."""
    sides = np.concatenate([slope[:, None, :], bound.shares], axis=1)
    solved = np.linalg.solve(hessian, sides.transpose(0, 2, 1)).transpose(0, 2, 1)
    free, back = -solved[:, 0], solved[:, 1:]
    price = _prices(bound, free=free, back=back)
    change = free - np.einsum("rb,rbc->rc", price, back)
    largest = np.abs(change).max(axis=1, keepdims=True)
    change *= np.minimum(1.0, STEP_NEPER_MAX / np.maximum(largest, STEP_NEPER_MAX * 1e-3))
    unexplained = slope + np.einsum("rb,rbc->rc", price, bound.shares)
    return _Step(
        change=change,
        promise=-np.einsum("rc,rc->r", slope, change),
        price=price,
        residual=np.abs(unexplained).max(axis=1),
    )


def _curvature(
    response: LaunchResponse, slopes: GoalSlopes, *, share: Float[np.ndarray, "row channel"]
) -> Float[np.ndarray, "row channel channel"]:
    """Second derivatives of the goal over ln power; positive definite by construction.

    Noise i is a sum of emission after the booster, where v = -e_i; of the booster, whose gain is
    the sum of the powers, where v = e_j - e_i; and interference, where v = 2 e_j, with the
    weights that the slopes tell. As they need not add up to 1 (scattering), the covariance is
    E[v v^T] - E[v] E[v]^T / E[1], which has no negative direction.
    """
    first, ase, booster = slopes.first, response.ase_part, response.booster_part
    here = np.arange(ase.shape[1])
    boosted = booster[:, :, None] * share[:, None, :]
    pairs = response.slope - boosted
    pairs[:, here, here] += ase
    pairs = np.maximum(pairs, 0.0) / 2.0
    mean = 2.0 * pairs + boosted
    mean[:, here, here] -= ase
    weight = ase + pairs.sum(axis=2)
    mixed = -first[:, :, None] * boosted
    diagonal = first * ase + np.einsum("rc,rcs->rs", first, 4.0 * pairs + boosted)
    hessian = mixed + mixed.transpose(0, 2, 1)
    hessian -= mean.transpose(0, 2, 1) @ ((first / weight)[:, :, None] * mean)
    hessian += response.slope.transpose(0, 2, 1) @ (slopes.curvature[:, :, None] * response.slope)
    if slopes.coupling:
        whole = np.einsum("rc,rcs->rs", first, response.slope)
        hessian -= slopes.coupling * whole[:, :, None] * whole[:, None, :]
    damping = _DAMPING * (diagonal + diagonal.mean(axis=1, keepdims=True))
    hessian[:, here, here] += diagonal + damping
    return np.asarray(hessian)


def _prices(
    bound: _PowerBound,
    *,
    free: Float[np.ndarray, "row channel"],
    back: Float[np.ndarray, "row band channel"],
) -> Float[np.ndarray, "row band"]:
    """Multipliers of the bounds that the step would break, for every set of bands.

    Of all sets whose multipliers are not negative and whose step keeps within the bounds, the
    first; there is one, as the picture is convex.
    """
    over = np.einsum("rbc,rc->rb", bound.shares, free) - bound.room
    mutual = np.einsum("rbc,rdc->rbd", bound.shares, back)
    rows, bands = over.shape
    chosen, is_chosen = np.zeros((rows, bands)), np.zeros(rows, dtype=np.bool_)
    every = chain.from_iterable(combinations(range(bands), count) for count in range(bands + 1))
    for held in map(list, every):
        price = np.zeros((rows, bands))
        if held:
            inner = mutual[:, held][:, :, held]
            price[:, held] = np.linalg.solve(inner, over[:, held][..., None])[..., 0]
        left = over - np.einsum("rbd,rd->rb", mutual, price)
        fits: Bool[np.ndarray, " row"] = (price >= 0.0).all(axis=1) & (left <= _ROOM_TOLERANCE).all(
            axis=1
        )
        chosen = np.where((fits & ~is_chosen)[:, None], price, chosen)
        is_chosen |= fits
    return chosen


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Search:
    """What a step must lower, and from where."""

    goal: LaunchGoal
    stage: int
    value: Float[np.ndarray, " row"]


def _searched(
    lines: LaunchedLines,
    search: _Search,
    power_w: Float[np.ndarray, "row channel"],
    *,
    of_line: Int[np.ndarray, " row"],
    change: Float[np.ndarray, "row channel"],
) -> tuple[Float[np.ndarray, "row channel"], Bool[np.ndarray, " row"]]:
    """After the longest of the step, its half, its quarter ... that lowers the goal, if any."""
    found_w, better = power_w.copy(), np.zeros(len(power_w), dtype=np.bool_)
    length = 1.0
    for _ in range(HALVINGS_MAX):
        rest = np.flatnonzero(~better)
        tried_w = _within_bounds(
            lines, power_w[rest] * np.exp(length * change[rest]), of_line[rest]
        )
        log_noise = -np.log(lines.gsnr(tried_w, of_line[rest]))
        lower = search.goal.slopes(log_noise, stage=search.stage).value < search.value[rest]
        found_w[rest[lower]] = tried_w[lower]
        better[rest[lower]] = True
        if better.all():
            break
        length /= 2.0
    return found_w, better


def _within_bounds(
    lines: LaunchedLines,
    power_w: Float[np.ndarray, "row channel"],
    of_line: Int[np.ndarray, " row"],
) -> Float[np.ndarray, "row channel"]:
    """Each band lowered to what its amplifiers give."""
    height = np.minimum(1.0, lines.power_max_w[of_line] / lines.band_power_w(power_w))
    return np.asarray(power_w * (height @ lines.is_in_band.astype(np.float64)))
