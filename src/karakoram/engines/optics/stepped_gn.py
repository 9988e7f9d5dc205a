"""What does a generalised model give in steps as coarse as a file of another tool asks for?"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float, Int

from karakoram.engines.optics.nonlinear import FibreType, NonlinearModel, PreparedNonlinear
from karakoram.engines.optics.power_profile import PowerProfile, coarse_profile
from karakoram.engines.optics.profiled_gn import PreparedProfiledGn, ProfiledGn
from karakoram.engines.optics.spectrum import Comb


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedGn(NonlinearModel):
    """A generalised model that computes a few channels, or takes power at a few places.

    Density of interference is interpolated between the channels that are computed, and the
    nearest one's holds beyond them. Power relative to plain attenuation is straight between the
    places at which it is taken. This is how GNPy 3.0.1 saves time; it gives that tool's answer,
    and only the model itself gives the exact one.
    """

    model: ProfiledGn
    computed: tuple[int, ...] = ()
    """Numbers, from 0, of the channels that are computed, as far as lit; empty for all."""
    computed_count: int | None = None
    """How many channels are computed, evenly over the comb; None for what ``computed`` says."""
    profile_step_m: float | None = None
    """Distance of the places at which power along the fibre is taken; None: wherever stated."""

    def __post_init__(self) -> None:
        if any(number < 0 for number in self.computed):
            raise ValueError(f"computed must count from 0, got {min(self.computed)}")
        if self.computed_count is not None and self.computed_count < 1:
            raise ValueError(f"computed_count must be at least 1, got {self.computed_count}")
        if self.profile_step_m is not None and not self.profile_step_m > 0.0:
            raise ValueError(f"profile_step_m must be > 0, got {self.profile_step_m}")

    @property
    def needs_profile(self) -> bool:
        """As the model itself."""
        return self.model.needs_profile

    def prepared(self, fibre: FibreType, comb: Comb) -> PreparedNonlinear:
        """The model made ready, and which channels it is asked for."""
        prepared = self.model.prepared(fibre, comb)
        assert isinstance(prepared, PreparedProfiledGn)
        return PreparedSteppedGn(
            prepared=prepared,
            frequency_hz=comb.frequency_hz,
            symbol_rate_hz=comb.symbol_rate_hz,
            computed=self._numbers(comb.channel_count),
            profile_step_m=self.profile_step_m,
        )

    def _numbers(self, channels: int) -> Int[np.ndarray, " computed"]:
        """Which channels of a comb are computed, ascending."""
        every = np.arange(channels, dtype=np.int64)
        if self.computed_count is not None:
            count = self.computed_count
            if count == 1:
                return every[:1]
            # Halves to the even number, as GNPy rounds them.
            shares = np.arange(count) * (channels - 1) / (count - 1)
            return np.unique(np.rint(shares).astype(np.int64))
        lit = np.unique([number for number in self.computed if number < channels])
        return lit.astype(np.int64) if lit.size else every


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedSteppedGn(PreparedNonlinear):
    """A generalised model in coarse steps for one fibre type and comb."""

    prepared: PreparedProfiledGn
    frequency_hz: Float[np.ndarray, " channel"]
    symbol_rate_hz: Float[np.ndarray, " channel"]
    computed: Int[np.ndarray, " computed"]
    profile_step_m: float | None

    def interference_ratio(
        self,
        *,
        power_w: Float[np.ndarray, "row channel"],
        length_m: Float[np.ndarray, " row"],
        profile: PowerProfile | None = None,
        span_count: Float[np.ndarray, " row"] | None = None,
    ) -> Float[np.ndarray, "row channel"]:
        """Interference over power, interpolated between the channels that are computed [1]."""
        if profile is None or self.profile_step_m is None:
            ratio = self.prepared.interference_ratio(
                power_w=power_w, length_m=length_m, profile=profile, span_count=span_count
            )
        else:
            # Fibres of unequal length have unequal numbers of places.
            ratio = np.concatenate(
                [
                    self.prepared.stepped_ratio(
                        square_w2=np.square(power_w[row : row + 1]),
                        profile=coarse_profile(profile, row, step_m=self.profile_step_m),
                    )
                    for row in range(power_w.shape[0])
                ]
            )
        if self.computed.size == self.frequency_hz.size:
            return ratio
        density = ratio * power_w / self.symbol_rate_hz
        known_hz = self.frequency_hz[self.computed]
        between = [np.interp(self.frequency_hz, known_hz, one[self.computed]) for one in density]
        return np.asarray(np.stack(between) * self.symbol_rate_hz / power_w)
