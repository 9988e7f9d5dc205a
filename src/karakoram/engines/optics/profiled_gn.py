"""What do the models share in which power along the fibre follows any profile?"""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.nonlinear import NonlinearModel, PreparedNonlinear
from karakoram.engines.optics.power_profile import (
    SMOOTH_NODES,
    PowerProfile,
    attenuated_profile,
    span_nodes,
)

ROWS_AT_ONCE = 16
"""Keeps the tables of a block of spans at a few megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfiledGn(NonlinearModel):
    """A generalised Gaussian-noise model: any power along the fibre, any shape of spectrum."""

    @property
    def needs_profile(self) -> bool:
        """The power along the fibre matters."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedProfiledGn(PreparedNonlinear):
    """A generalised Gaussian-noise model for one fibre type and comb."""

    attenuation_per_m: Float[np.ndarray, " channel"]
    decay_per_m: float

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                object.__setattr__(self, field.name, read_only(value))

    def interference_ratio(
        self,
        *,
        power_w: Float[np.ndarray, "row channel"],
        length_m: Float[np.ndarray, " row"],
        profile: PowerProfile | None = None,
        span_count: Float[np.ndarray, " row"] | None = None,  # noqa: ARG002
    ) -> Float[np.ndarray, "row channel"]:
        """Interference over power [1]; spans add incoherently."""
        if profile is None:
            profile = _passive_profile(length_m=length_m, attenuation_per_m=self.attenuation_per_m)
        return self.profiled_ratio(square_w2=np.square(power_w), profile=profile)

    @abstractmethod
    def profiled_ratio(
        self, *, square_w2: Float[np.ndarray, "row channel"], profile: PowerProfile
    ) -> Float[np.ndarray, "row channel"]:
        """Interference over power [1], from the square of the power at the fibre's input."""

    @abstractmethod
    def stepped_ratio(
        self, *, square_w2: Float[np.ndarray, "1 channel"], profile: PowerProfile
    ) -> Float[np.ndarray, "1 channel"]:
        """As :meth:`profiled_ratio` of one fibre with P(z) exp(alpha z) straight between nodes."""


def row_blocks(profile: PowerProfile) -> Iterator[tuple[slice, PowerProfile]]:
    """The rows of a profile, a few at a time."""
    shared = profile.position_m.shape[0] == 1
    for start in range(0, profile.ratio.shape[0], ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        position_m = profile.position_m if shared else profile.position_m[rows]
        yield rows, PowerProfile(position_m=position_m, ratio=profile.ratio[rows])


def _passive_profile(
    *, length_m: Float[np.ndarray, " row"], attenuation_per_m: Float[np.ndarray, " channel"]
) -> PowerProfile:
    """Profile of fibre that only attenuates, with as many nodes as its loss needs."""
    flat = bool((attenuation_per_m == attenuation_per_m[0]).all())
    nodes = span_nodes(
        length_m=length_m,
        decay_per_m=float(attenuation_per_m.mean()),
        count=2 if flat else SMOOTH_NODES,
    )
    everywhere = np.broadcast_to(attenuation_per_m, (length_m.size, attenuation_per_m.size))
    return attenuated_profile(nodes=nodes, attenuation_per_m=everywhere)
