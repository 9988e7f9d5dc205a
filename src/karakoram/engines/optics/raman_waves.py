"""Which waves cross a pumped fibre, and what is their power along it?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.collocation import Collocation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RamanWaves:
    """Fibres, one per row, and the waves launched into each from either end."""

    launch_power_w: Float[np.ndarray, "row wave"]
    """Power inside the fibre at the end where the wave enters, >= 0; 0 where it is absent."""
    is_counter: Bool[np.ndarray, " wave"]
    """Whether the wave enters at the far end and travels backwards."""
    attenuation_per_m: Float[np.ndarray, "row wave"]
    """Power attenuation coefficient at the wave's own frequency."""
    length_m: Float[np.ndarray, " row"]
    gain_per_w_m: Float[np.ndarray, "type wave wave"]
    """What one watt in wave j adds to the gain of wave i, row i, column j, by fibre type."""
    type_index: Int[np.ndarray, " row"]
    """Which gain matrix each fibre has."""
    lumped_position_m: Float[np.ndarray, "row place"]
    """Where loss is concentrated, from the near end, ascending; the axis may be empty."""
    lumped_loss: Float[np.ndarray, "row place"]
    """Input over output power there [1], >= 1; 1 pads the rows with fewer places."""

    def __post_init__(self) -> None:
        for name in (
            "launch_power_w",
            "attenuation_per_m",
            "length_m",
            "gain_per_w_m",
            "lumped_position_m",
            "lumped_loss",
        ):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        assert self.attenuation_per_m.shape == self.launch_power_w.shape
        assert (self.launch_power_w >= 0.0).all()
        assert (self.attenuation_per_m > 0.0).all()
        assert (self.length_m >= 0.0).all()
        assert (self.lumped_loss >= 1.0).all()
        assert (np.diff(self.edges_m, axis=-1) >= 0.0).all(), (
            "lumped losses stand within the fibre, in ascending order"
        )

    @property
    def edges_m(self) -> Float[np.ndarray, "row edge"]:
        """Near end, lumped losses, far end [m]."""
        ends_m = self.length_m[:, None]
        return np.concatenate([np.zeros_like(ends_m), self.lumped_position_m, ends_m], axis=1)

    def of(self, rows: Int[np.ndarray, " some"]) -> "RamanWaves":
        """Some of the rows."""
        return RamanWaves(
            launch_power_w=self.launch_power_w[rows],
            is_counter=self.is_counter,
            attenuation_per_m=self.attenuation_per_m[rows],
            length_m=self.length_m[rows],
            gain_per_w_m=self.gain_per_w_m,
            type_index=self.type_index[rows],
            lumped_position_m=self.lumped_position_m[rows],
            lumped_loss=self.lumped_loss[rows],
        )

    def passive_log_gain(
        self, position_m: Float[np.ndarray, "row at"], *, passed: Int[np.ndarray, "row at"]
    ) -> Float[np.ndarray, "row at wave"]:
        """Logarithm of power over launch power without Raman scattering.

        Parameters
        ----------
        position_m
            Distance from the near end.
        passed
            How many lumped losses lie between the near end and each position.
        """
        lumped = np.pad(np.cumsum(np.log(self.lumped_loss), axis=-1), ((0, 0), (1, 0)))
        before = np.take_along_axis(lumped, passed, axis=-1)
        travelled_m = np.where(
            self.is_counter,
            self.length_m[:, None, None] - position_m[..., None],
            position_m[..., None],
        )
        met = np.where(self.is_counter, (lumped[:, -1:] - before)[..., None], before[..., None])
        return np.asarray(-self.attenuation_per_m[:, None, :] * travelled_m - met)

    def passive_log_gain_at_nodes(
        self, collocation: Collocation
    ) -> Float[np.ndarray, "row node wave"]:
        """The same at the points of each segment: its end lies before the loss there."""
        position_m = collocation.positions_m(self.edges_m)
        passed = np.repeat(np.arange(collocation.segments), collocation.points)
        return self.passive_log_gain(position_m, passed=np.broadcast_to(passed, position_m.shape))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RamanPowerProfile:
    """Power of every wave along every fibre; a row without a solution is not-a-number.

    Nodes ascend in position; at a lumped loss two nodes share one, before and after it.
    """

    waves: RamanWaves
    collocation: Collocation
    position_m: Float[np.ndarray, "row node"]
    power_w: Float[np.ndarray, "row node wave"]
    log_raman_gain: Float[np.ndarray, "row node wave"]
    """Logarithm of power over what passive loss alone would leave: smooth everywhere."""
    residual_db: Float[np.ndarray, " row"]
    """By how much the last iteration still moved the powers."""
    tail_db: Float[np.ndarray, " row"]
    """Estimated error of the polynomials between the nodes."""
    is_solved: Bool[np.ndarray, " row"]
    """Whether iteration and resolution both met the tolerance."""

    @property
    def output_power_w(self) -> Float[np.ndarray, "row wave"]:
        """Power inside the fibre at the end where each wave leaves [W]."""
        return np.where(self.waves.is_counter, self.power_w[:, 0], self.power_w[:, -1])

    @property
    def total_gain(self) -> Float[np.ndarray, "row node wave"]:
        """Power over launch power along the fibre [1], for absent waves too."""
        log_gain = self.log_raman_gain + self.waves.passive_log_gain_at_nodes(self.collocation)
        return np.asarray(np.exp(log_gain))

    def total_gain_at(
        self, position_m: Float[np.ndarray, "row at"]
    ) -> Float[np.ndarray, "row at wave"]:
        """Power over launch power at any positions [1].

        At a lumped loss it is the power behind the loss; where a position stands twice or
        more in a row, all but the last mean the power before it.

        Parameters
        ----------
        position_m
            Distances from the near end, within the fibre, ascending.
        """
        behind = np.diff(position_m, axis=-1, append=np.inf) > 0.0
        lumped_m = self.waves.lumped_position_m[:, None]
        passed = np.where(
            behind,
            (position_m[..., None] >= lumped_m).sum(axis=-1),
            (position_m[..., None] > lumped_m).sum(axis=-1),
        )
        log_gain = self.collocation.interpolated(
            self.log_raman_gain, edges_m=self.waves.edges_m, position_m=position_m
        )
        return np.asarray(np.exp(log_gain + self.waves.passive_log_gain(position_m, passed=passed)))

    def integral(self, values: Float[np.ndarray, "row node wave"]) -> Float[np.ndarray, "row wave"]:
        """Integral over the fibre of what is given at the nodes [unit of the values times m]."""
        half_m = self.collocation.half_lengths_m(self.waves.edges_m)
        return np.asarray(
            np.einsum("n,rn,rnw->rw", self.collocation.integration()[-1], half_m, values)
        )

    @property
    def failures(self) -> tuple[str, ...]:
        """One sentence for each row that has no solution, naming the row."""
        return tuple(
            f"row {row}: the Raman equations of this fibre were not solved: powers still move by "
            f"{self.residual_db[row]:.2g} dB, {self.collocation.points} points per segment leave "
            f"{self.tail_db[row]:.2g} dB; pumps of less power would be"
            for row in np.flatnonzero(~self.is_solved).tolist()
        )
