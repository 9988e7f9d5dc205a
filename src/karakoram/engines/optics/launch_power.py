"""Which launch power of every channel is best for a line, within what its amplifiers can give?

Newton's method in the logarithm of power, all lines at once. The noise-to-signal ratio of a
channel is nearly a sum of products of launch powers (spontaneous emission over P_i, interference
with P_j squared), so its logarithm is convex in the logarithms of power, and its second
derivatives follow from the first:

    noise_i = sum_k c_k exp(v_k . y)   =>   Hess g_i = E[v v^T] - E[v] E[v]^T,  grad g_i = E[v]

The picture carries the search over several steps; then the slopes of the full propagation are
looked at again. Every step lowers the true goal, and the search ends by the true slopes, so
nothing is approximated where it ends.
"""

from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.launch_goals import GoalSlopes, LaunchGoal
from karakoram.engines.optics.launched_lines import LaunchedLines, LaunchResponse
from karakoram.engines.optics.small_systems import batch_products, batch_solutions

LOOKS_MAX = 8
"""Times that the true slopes are asked for; three to five are usual."""
STEPS_MAX = 30
"""Newton steps in each stage of a goal between two looks; five to ten are usual."""
STEP_NEPER_MAX = 1.0
"""Largest change of a channel's log power in one step: the picture is good about so far."""
HALVINGS_MAX = 12
_PROMISE_MIN = 1e-7
"""A step that promises less of the goal [Np] is not worth taking."""
_PROMISE_MIN_BEFORE_LAST = 1e-4
"""The same, in stages that only lead to the last."""
_FAR = 0.05
"""A line whose slopes are steeper [Np/Np] goes through all stages again."""
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
    power_w, last = _descended(lines, goal, begin_w)
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
    lines: LaunchedLines, goal: LaunchGoal, begin_w: Float[np.ndarray, "line channel"]
) -> tuple[Float[np.ndarray, "line channel"], _Optimality]:
    """A look at the true slopes, then as many steps as the picture is good for, and again.

    Ends where the true slopes promise nothing more; lines that are done rest.
    """
    power_w, last = begin_w.copy(), goal.stage_count - 1
    price, residual = np.zeros(lines.power_max_w.shape), np.zeros(len(power_w))
    at_work = np.arange(len(power_w))
    for look in range(LOOKS_MAX):
        spot = _Spot(
            of_line=at_work,
            power_w=power_w[at_work],
            response=lines.response(power_w[at_work], at_work),
        )
        step = _newton_step(lines, spot, goal.slopes(spot.response.log_noise, stage=last))
        price[at_work], residual[at_work] = step.price, step.residual
        worth = step.promise > _PROMISE_MIN
        is_far = (step.residual > _FAR) | (look == 0)
        for rows, first in ((worth & is_far, 0), (worth & ~is_far, last)):
            power_w[at_work[rows]] = _through_stages(lines, goal, spot.of(rows), first=first)
        at_work = at_work[worth]
        if at_work.size == 0:
            break
    return power_w, _Optimality(price=price, residual=residual)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Spot:
    """Where some lines are in the search, and how they respond there."""

    of_line: Int[np.ndarray, " row"]
    power_w: Float[np.ndarray, "row channel"]
    response: LaunchResponse

    def of(self, rows: Bool[np.ndarray, " row"]) -> "_Spot":
        """Some of the rows."""
        return _Spot(
            of_line=self.of_line[rows],
            power_w=self.power_w[rows],
            response=self.response.of(rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Aim:
    """A goal, as sharp as it is at a stage."""

    goal: LaunchGoal
    stage: int

    @property
    def promise_min(self) -> float:
        """What a step must promise to be worth taking [Np]."""
        is_last = self.stage == self.goal.stage_count - 1
        return _PROMISE_MIN if is_last else _PROMISE_MIN_BEFORE_LAST

    def slopes(self, log_noise: Float[np.ndarray, "row channel"]) -> GoalSlopes:
        """The goal and its derivatives."""
        return self.goal.slopes(log_noise, stage=self.stage)


def _through_stages(
    lines: LaunchedLines, goal: LaunchGoal, spot: _Spot, *, first: int
) -> Float[np.ndarray, "row channel"]:
    """Powers [W] at the end of the last stage, by the picture; stages begin with ``first``."""
    for stage in range(first, goal.stage_count):
        if spot.of_line.size == 0:
            break
        power_w = _stage_end(lines, _Aim(goal=goal, stage=stage), spot)
        spot = _moved(lines, spot, power_w)
    return spot.power_w


def _stage_end(lines: LaunchedLines, aim: _Aim, spot: _Spot) -> Float[np.ndarray, "row channel"]:
    """Powers [W] where the picture promises no more; every step lowers the true goal."""
    power_w = spot.power_w.copy()
    places = np.arange(len(power_w))
    for _ in range(STEPS_MAX):
        slopes = aim.slopes(spot.response.log_noise)
        step = _newton_step(lines, spot, slopes)
        worth = step.promise > aim.promise_min
        if not worth.any():
            break
        spot, places = spot.of(worth), places[worth]
        tried_w, better = _searched(
            lines, aim, spot, change=step.change[worth], value=slopes.value[worth]
        )
        spot, places = spot.of(better), places[better]
        power_w[places] = tried_w[better]
        if places.size == 0:
            break
        spot = _moved(lines, spot, tried_w[better])
    return power_w


def _moved(lines: LaunchedLines, spot: _Spot, power_w: Float[np.ndarray, "row channel"]) -> _Spot:
    """The same lines with other powers: true noise, and slopes as the picture continues them.

    What is in the slopes besides the picture (scattering) is carried on in proportion.
    """
    before = spot.response
    log_noise = -np.log(lines.gsnr(power_w, spot.of_line))
    relative = np.exp(before.log_noise - log_noise)
    louder = power_w / spot.power_w
    total = (power_w.sum(axis=1) / spot.power_w.sum(axis=1))[:, None]
    after = _Picture.of(before, share=_share(spot.power_w)).moved(
        relative=relative, louder=louder, total=total, share=_share(power_w)
    )
    return _Spot(
        of_line=spot.of_line,
        power_w=power_w,
        response=LaunchResponse(
            log_noise=log_noise,
            ase_part=after.ase_part,
            booster_part=after.booster_part,
            slope=after.slope,
        ),
    )


def _share(power_w: Float[np.ndarray, "row channel"]) -> Float[np.ndarray, "row channel"]:
    return np.asarray(power_w / power_w.sum(axis=1, keepdims=True))


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


def _newton_step(lines: LaunchedLines, spot: _Spot, slopes: GoalSlopes) -> _Step:
    """The step to the least value of the goal's second-order picture within the bounds."""
    slope = np.einsum("rc,rcs->rs", slopes.first, spot.response.slope)
    picture = _Picture.of(spot.response, share=_share(spot.power_w))
    bound = _power_bound(lines, spot.power_w, spot.of_line)
    sides = np.concatenate([slope[:, None, :], bound.shares], axis=1)
    hessian = picture.curvature(slopes)
    solved = batch_solutions(hessian, sides.transpose(0, 2, 1)).transpose(0, 2, 1)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Picture:
    """Noise as a sum of products of launch powers, as the slopes tell it.

    Noise i is a sum of emission after the booster, where v = -e_i; of the booster, whose gain is
    the sum of the powers, where v = e_j - e_i; and of interference, where v = 2 e_j.
    """

    ase_part: Float[np.ndarray, "row channel"]
    """Of both kinds."""
    booster_part: Float[np.ndarray, "row channel"]
    boosted: Float[np.ndarray, "row channel source"]
    """Weight of the booster's emission that source j has by its part in the gain."""
    pairs: Float[np.ndarray, "row channel source"]
    """Weight of interference by source j."""
    rest: Float[np.ndarray, "row channel source"]
    """What is in the slopes besides."""

    @classmethod
    def of(cls, response: LaunchResponse, *, share: Float[np.ndarray, "row channel"]) -> "_Picture":
        """The picture that gives these slopes.

        Parameters
        ----------
        response
            Slopes, and what part of the noise is emission.
        share
            Of the launch power, what each channel has [1].
        """
        here = np.arange(share.shape[1])
        boosted = response.booster_part[:, :, None] * share[:, None, :]
        twice = response.slope - boosted
        twice[:, here, here] += response.ase_part
        return cls(
            ase_part=response.ase_part,
            booster_part=response.booster_part,
            boosted=boosted,
            pairs=np.maximum(twice, 0.0) / 2.0,
            rest=np.minimum(twice, 0.0),
        )

    @property
    def slope(self) -> Float[np.ndarray, "row channel source"]:
        """d(-ln GSNR of channel) / d(ln power of source) [1]."""
        return np.asarray(self._mean + self.rest)

    @property
    def _mean(self) -> Float[np.ndarray, "row channel source"]:
        """E[v] of each channel's noise."""
        here = np.arange(self.ase_part.shape[1])
        mean = 2.0 * self.pairs + self.boosted
        mean[:, here, here] -= self.ase_part
        return np.asarray(mean)

    def moved(
        self,
        *,
        relative: Float[np.ndarray, "row channel"],
        louder: Float[np.ndarray, "row channel"],
        total: Float[np.ndarray, "row 1"],
        share: Float[np.ndarray, "row channel"],
    ) -> "_Picture":
        """The picture at other powers.

        Parameters
        ----------
        relative
            Noise-to-signal ratio there over here [1], inverted.
        louder, total
            Power of each channel, and of all, there over here [1].
        share
            Of the launch power there, what each channel has [1].
        """
        line_part = (self.ase_part - self.booster_part) * relative / louder
        booster_part = self.booster_part * relative * total / louder
        source = louder[:, None, :] ** 2 * relative[:, :, None]
        return _Picture(
            ase_part=line_part + booster_part,
            booster_part=booster_part,
            boosted=booster_part[:, :, None] * share[:, None, :],
            pairs=self.pairs * source,
            rest=self.rest * louder[:, None, :],
        )

    def curvature(self, slopes: GoalSlopes) -> Float[np.ndarray, "row channel channel"]:
        """Second derivatives of a goal over ln power; positive definite by construction.

        As the weights need not add up to 1 (scattering), the covariance is taken as
        E[v v^T] - E[v] E[v]^T / E[1], which has no negative direction.
        """
        first, mean = slopes.first, self._mean
        weight = self.ase_part + self.pairs.sum(axis=2)
        hessian = -first[:, :, None] * self.boosted
        hessian = hessian + hessian.transpose(0, 2, 1)
        hessian -= batch_products(mean.transpose(0, 2, 1), (first / weight)[:, :, None] * mean)
        if slopes.curvature.any():
            slope = self.slope
            bent = slopes.curvature[:, :, None] * slope
            hessian += batch_products(slope.transpose(0, 2, 1), bent)
        if slopes.coupling:
            whole = np.einsum("rc,rcs->rs", first, self.slope)
            hessian -= slopes.coupling * whole[:, :, None] * whole[:, None, :]
        diagonal = first * self.ase_part
        diagonal += np.einsum("rc,rcs->rs", first, 4.0 * self.pairs + self.boosted)
        damping = _DAMPING * (diagonal + diagonal.mean(axis=1, keepdims=True))
        here = np.arange(first.shape[1])
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


def _searched(
    lines: LaunchedLines,
    aim: _Aim,
    spot: _Spot,
    *,
    change: Float[np.ndarray, "row channel"],
    value: Float[np.ndarray, " row"],
) -> tuple[Float[np.ndarray, "row channel"], Bool[np.ndarray, " row"]]:
    """Powers after the longest of the step, its half, its quarter ... that lowers the true goal.

    And for which rows one does.
    """
    found_w, better = spot.power_w.copy(), np.zeros(len(value), dtype=np.bool_)
    length = 1.0
    for _ in range(HALVINGS_MAX):
        rest = np.flatnonzero(~better)
        of_line = spot.of_line[rest]
        tried_w = spot.power_w[rest] * np.exp(length * change[rest])
        tried_w = _within_bounds(lines, tried_w, of_line)
        log_noise = -np.log(lines.gsnr(tried_w, of_line))
        lower = aim.slopes(log_noise).value < value[rest]
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
