"""Where do the powers of waves settle that cross a fibre in both directions?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.optics.collocation import POINTS_MIN, Collocation
from karakoram.engines.optics.fixed_point import resting_point
from karakoram.engines.optics.products import row_products
from karakoram.engines.optics.raman_waves import RamanPowerProfile, RamanWaves

DB_PER_NEPER = float(10.0 / np.log(10.0))

_BLOCK_SIZE = 2**15
"""Numbers in the state of the rows that are solved together: history and all fit in a cache."""

_STEP_MAX = 2.0
"""Largest step of one iteration [neper]: the first guess, no Raman gain, may be 40 dB off."""

_LOG_GAIN_MAX = 100.0
"""Bound on the exponent [neper], far above any gain that light survives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RamanCollocation:
    """Method: polynomials in the logarithm of power, brought to rest by Anderson's method.

    With s = +1 for waves that enter at the near end and -1 for the others,

        s_i dP_i/dz = (-alpha_i + sum_j C_ij P_j) P_i

    is two-point: each power is known where its wave enters. The logarithm of power over
    passive power is the integral of sum_j C_ij P_j from there; it is put on Chebyshev points,
    so that one iteration is an exponential and two matrix products, and iterated until it
    rests. Where the last coefficients are not small, half as many points again are taken.
    """

    tolerance_db: float = 1e-4
    """Largest tail of the polynomials; the iteration goes a hundred times below it."""
    iterations_max: int = 200
    points_first: int = 16
    points_max: int = 130

    def __post_init__(self) -> None:
        if not self.tolerance_db > 0.0:
            raise ValueError(f"tolerance_db must be > 0, got {self.tolerance_db}")
        if self.iterations_max < 1:
            raise ValueError(f"iterations_max must be >= 1, got {self.iterations_max}")
        if not POINTS_MIN <= self.points_first <= self.points_max:
            raise ValueError(
                f"points must be {POINTS_MIN} <= points_first <= points_max, got "
                f"{self.points_first} and {self.points_max}"
            )

    def power_profile(self, waves: RamanWaves) -> RamanPowerProfile:
        """Power of every wave along every fibre.

        A row that does not come to rest within ``iterations_max``, or that ``points_max`` do
        not resolve, is marked in ``is_solved`` and its powers are not-a-number.
        """
        parts = [part for rows in self._blocks(waves) for part in self._refined(waves, rows=rows)]
        return _profile(waves, parts)

    def _blocks(self, waves: RamanWaves) -> Iterator[Int[np.ndarray, " some"]]:
        """Rows of the same fibre type, few enough at a time to stay in a cache."""
        size = _segments(waves) * self.points_first * waves.is_counter.size
        block = max(1, _BLOCK_SIZE // size)
        for kind in np.unique(waves.type_index).tolist():
            rows = np.flatnonzero(waves.type_index == kind)
            for start in range(0, rows.size, block):
                yield rows[start : start + block]

    def _refined(self, waves: RamanWaves, *, rows: Int[np.ndarray, " some"]) -> Iterator["_Part"]:
        """Solutions of some rows of one fibre type, each with as many points as it needs."""
        points = self.points_first
        size = _segments(waves) * points * waves.is_counter.size
        start = np.zeros((rows.size, size))
        while True:
            part = self._solved(waves, rows=rows, points=points, start=start)
            done = part.is_solved | (points >= self.points_max)
            yield part.of(done)
            if done.all():
                return
            coarse = part.of(~done)
            rows, points = coarse.rows, min(points + points // 2, self.points_max)
            finer = coarse.collocation.resampled(coarse.log_raman_gain, points=points)
            start = np.where(
                coarse.residual_db[:, None] <= self._rest_db, finer.reshape(rows.size, -1), 0.0
            )

    @property
    def _rest_db(self) -> float:
        return 1e-2 * self.tolerance_db

    def _solved(
        self,
        waves: RamanWaves,
        *,
        rows: Int[np.ndarray, " some"],
        points: int,
        start: Float[np.ndarray, "some size"],
    ) -> "_Part":
        collocation = Collocation(segments=_segments(waves), points=points)
        some = waves.of(rows)
        iterated = _LogGainMap.of(some, collocation)
        rest = resting_point(
            iterated.next_state,
            start=start,
            tolerance=self._rest_db / DB_PER_NEPER,
            iterations_max=self.iterations_max,
            step_max=_STEP_MAX,
        )
        log_gain = rest.value.reshape(rows.size, -1, waves.is_counter.size)
        # Powers that rest on the bound obey other equations: they count as never at rest.
        residual_db = np.where(iterated.is_bounded(log_gain), rest.residual * DB_PER_NEPER, np.inf)
        tail_db = collocation.tail(log_gain) * DB_PER_NEPER
        return _Part(
            rows=rows,
            collocation=collocation,
            log_raman_gain=log_gain,
            residual_db=residual_db,
            tail_db=tail_db,
            is_solved=(residual_db <= self._rest_db) & (tail_db <= self.tolerance_db),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _LogGainMap:
    """One iteration: from the Raman gain that the powers have to the gain that they cause."""

    passive_power_w: Float[np.ndarray, "row node wave"]
    power_max_w: Float[np.ndarray, "row 1 1"]
    gain_per_w_m: Float[np.ndarray, "wave wave"]
    half_length_m: Float[np.ndarray, "row node 1"]
    integration: Float[np.ndarray, "node node"]
    counter: Int[np.ndarray, " counter"]

    @classmethod
    def of(cls, waves: RamanWaves, collocation: Collocation) -> "_LogGainMap":
        passive = np.exp(waves.passive_log_gain_at_nodes(collocation))
        entering_w = waves.launch_power_w.sum(axis=1)
        return cls(
            passive_power_w=waves.launch_power_w[:, None] * passive,
            # No more travels either way than was launched. The bound keeps an early iteration,
            # whose pumps are not yet depleted, from running away.
            power_max_w=2.0 * np.maximum(entering_w, np.finfo(float).tiny)[:, None, None],
            gain_per_w_m=waves.gain_per_w_m[waves.type_index[0]],
            half_length_m=collocation.half_lengths_m(waves.edges_m)[..., None],
            integration=collocation.integration(),
            counter=np.flatnonzero(waves.is_counter),
        )

    def next_state(
        self, rows: Int[np.ndarray, " some"], state: Float[np.ndarray, "some size"]
    ) -> Float[np.ndarray, "some size"]:
        passive_w, half_m = self.passive_power_w[rows], self.half_length_m[rows]
        power_w = np.exp(np.minimum(state, _LOG_GAIN_MAX)).reshape(passive_w.shape)
        power_w *= passive_w
        total_w = power_w.sum(axis=-1, keepdims=True)
        power_w *= self.power_max_w[rows] / np.maximum(total_w, self.power_max_w[rows])
        waves = passive_w.shape[-1]
        gain_per_m = row_products(power_w.reshape(-1, waves), self.gain_per_w_m)
        gained = self.integration @ (gain_per_m.reshape(passive_w.shape) * half_m)
        counter = self.counter
        gained[..., counter] = gained[:, -1:, counter] - gained[..., counter]
        return np.asarray(gained.reshape(state.shape))

    def is_bounded(self, log_gain: Float[np.ndarray, "row node wave"]) -> Bool[np.ndarray, " row"]:
        """Whether the powers stay below the bound that is put on them."""
        power_w = self.passive_power_w * np.exp(np.minimum(log_gain, _LOG_GAIN_MAX))
        total_w = power_w.sum(axis=-1, keepdims=True)
        return np.asarray((total_w <= self.power_max_w).all(axis=(1, 2)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """Some rows, held on the same points."""

    rows: Int[np.ndarray, " some"]
    collocation: Collocation
    log_raman_gain: Float[np.ndarray, "some node wave"]
    residual_db: Float[np.ndarray, " some"]
    tail_db: Float[np.ndarray, " some"]
    is_solved: Bool[np.ndarray, " some"]

    def of(self, kept: Bool[np.ndarray, " some"]) -> "_Part":
        return _Part(
            rows=self.rows[kept],
            collocation=self.collocation,
            log_raman_gain=self.log_raman_gain[kept],
            residual_db=self.residual_db[kept],
            tail_db=self.tail_db[kept],
            is_solved=self.is_solved[kept],
        )


def _segments(waves: RamanWaves) -> int:
    return int(waves.lumped_loss.shape[1]) + 1


def _profile(waves: RamanWaves, parts: Sequence[_Part]) -> RamanPowerProfile:
    """All rows on the points of the finest."""
    points = max(part.collocation.points for part in parts if part.rows.size)
    collocation = Collocation(segments=_segments(waves), points=points)
    rows, count = waves.launch_power_w.shape
    log_gain = np.full((rows, collocation.segments * points, count), np.nan)
    residual_db, tail_db = np.full(rows, np.nan), np.full(rows, np.nan)
    is_solved = np.zeros(rows, dtype=np.bool_)
    for part in parts:
        residual_db[part.rows], tail_db[part.rows] = part.residual_db, part.tail_db
        is_solved[part.rows] = part.is_solved
        good = part.of(part.is_solved)
        log_gain[good.rows] = good.collocation.resampled(good.log_raman_gain, points=points)
    passive = waves.passive_log_gain_at_nodes(collocation)
    return RamanPowerProfile(
        waves=waves,
        collocation=collocation,
        position_m=collocation.positions_m(waves.edges_m),
        power_w=waves.launch_power_w[:, None] * np.exp(log_gain + passive),
        log_raman_gain=log_gain,
        residual_db=residual_db,
        tail_db=tail_db,
        is_solved=is_solved,
    )
