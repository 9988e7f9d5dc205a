"""How is the Gaussian-noise model in closed form used as one of several models?"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.gn import (
    effective_length_m,
    interference_kernel,
    interference_ratio,
)
from karakoram.engines.optics.nonlinear import FibreType, NonlinearModel, PreparedNonlinear
from karakoram.engines.optics.power_profile import PowerProfile
from karakoram.engines.optics.spectrum import Comb


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticGn(NonlinearModel):
    """Gaussian-noise model in closed form, arXiv:1209.0394, equations 120 and 123."""

    @property
    def needs_profile(self) -> bool:
        """Powers at the fibre's input are enough."""
        return False

    def prepared(self, fibre: FibreType, comb: Comb) -> PreparedNonlinear:
        """One kernel per fibre type, whatever the span's length and powers."""
        return PreparedAnalyticGn(
            attenuation_per_m=fibre.attenuation_per_m,
            kernel=interference_kernel(
                comb=comb,
                attenuation_per_m=fibre.attenuation_per_m,
                beta2_s2_per_m=fibre.beta2_s2_per_m(comb.frequency_hz),
                reference_area_m2=fibre.reference_area_m2,
            ),
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedAnalyticGn(PreparedNonlinear):
    """The kernel of one fibre type and comb."""

    attenuation_per_m: Float[np.ndarray, " #channel"]
    kernel: Float[np.ndarray, "channel interferer"]
    """Interference over (effective length times power) squared [1/(W² m²)]."""

    def __post_init__(self) -> None:
        # Column by column in memory, as products of many rows with it are fastest.
        object.__setattr__(self, "kernel", read_only(np.asfortranarray(self.kernel)))

    def interference_ratio(
        self,
        *,
        power_w: Float[np.ndarray, "row channel"],
        length_m: Float[np.ndarray, " row"],
        profile: PowerProfile | None = None,  # noqa: ARG002
        span_count: Float[np.ndarray, " row"] | None = None,  # noqa: ARG002
    ) -> Float[np.ndarray, "row channel"]:
        """Interference over power [1]; the profile is taken as pure attenuation."""
        return interference_ratio(
            power_w=power_w,
            length_eff_m=effective_length_m(
                attenuation_per_m=np.tile(self.attenuation_per_m, (length_m.size, 1)),
                length_m=length_m[:, None],
            ),
            kernel=self.kernel,
        )
