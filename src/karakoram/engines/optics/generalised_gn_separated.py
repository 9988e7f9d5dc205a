"""How much interference arises where power along the fibre follows any profile?"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.gn import CROSS_WEIGHT, SELF_WEIGHT
from karakoram.engines.optics.mixing import mixing_table
from karakoram.engines.optics.mixing_bands import mixing_bands
from karakoram.engines.optics.mixing_plan import MixingPlan, far_plan, near_plan, self_plan
from karakoram.engines.optics.nonlinear import FibreType, PreparedNonlinear
from karakoram.engines.optics.power_profile import PowerProfile, straightened_profile
from karakoram.engines.optics.profiled_gn import PreparedProfiledGn, ProfiledGn, row_blocks
from karakoram.engines.optics.spectrum import Comb

NEAR_PER_M = 5.0 * 50e9 * 32e9 * 21.3e-27
"""|beta2| R_j |df| up to which a pair is near: 250 GHz at 32 GBd in G.652 fibre (GNPy 3.0.1)."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatedGeneralisedGn(ProfiledGn):
    """Generalised Gaussian-noise model, spectrally separated.

        psi_ij = integral over f1 in j, f2 in i, f1 + f2 - f_i in j of
                 |integral of P_j(z)/P_j(0) exp(i k (f1 - f_i)(f2 - f_i) z) dz|²
        P_NLI,i / P_i = gamma_i² sum_j w_ij psi_ij (P_j / R_j)²,  k = 4 pi² b

    with b = beta2_i + pi beta3_i (f1 - f_i), of the parabola that fits beta2 at the channels
    best. Products of three different channels are left out.

    References
    ----------
    .. [1] M. Cantono et al., arXiv:1710.02225, equation 21.
    """

    whole_bands: bool = False
    """Integrate over the bands of far pairs too, in place of the mean of the band's ends.

    The ends are what GNPy 3.0.1 takes. They overstate all interference by 0.01 dB at 32 GBd, but
    by up to 0.23 dB at 90 GBd and 100 GHz spacing, where direct neighbours count as far."""

    def prepared(self, fibre: FibreType, comb: Comb) -> PreparedNonlinear:
        """The quadrature of every pair of channels."""
        rate_hz, frequency_hz = comb.symbol_rate_hz, comb.frequency_hz
        bands = mixing_bands(fibre, comb)
        offset_hz = np.abs(frequency_hz[:, None] - frequency_hz)
        spread = np.abs(bands.beta2_s2_per_m[:, None]) * rate_hz * offset_hz
        near = spread <= (np.inf if self.whole_bands else NEAR_PER_M)
        own = np.eye(comb.channel_count, dtype=bool)
        plans = [self_plan(bands)]
        for chosen, plan in ((near & ~own, near_plan), (~near, far_plan)):
            channel, interferer = np.nonzero(chosen)
            if channel.size:
                plans.append(plan(bands, channel=channel, interferer=interferer))
        gamma_per_w_m = fibre.gamma_per_w_m(frequency_hz)
        weight = np.where(own, SELF_WEIGHT, CROSS_WEIGHT)
        return PreparedSeparatedGn(
            attenuation_per_m=np.broadcast_to(fibre.attenuation_per_m, rate_hz.shape),
            decay_per_m=fibre.decay_per_m,
            kernel=weight * (gamma_per_w_m[:, None] / rate_hz) ** 2,
            plans=tuple(plans),
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedSeparatedGn(PreparedProfiledGn):
    """The spectrally separated model for one fibre type and comb."""

    kernel: Float[np.ndarray, "channel interferer"]
    """Interference over psi times power squared [1/(W² m² Hz²)]."""
    plans: tuple[MixingPlan, ...]

    def profiled_ratio(
        self, *, square_w2: Float[np.ndarray, "row channel"], profile: PowerProfile
    ) -> Float[np.ndarray, "row channel"]:
        """Interference over power [1]."""
        ratio = np.empty_like(square_w2)
        for rows, part in row_blocks(profile):
            table = mixing_table(profile=part, decay_per_m=self.decay_per_m)
            psi = np.zeros((part.ratio.shape[0], *self.kernel.shape))
            for plan in self.plans:
                psi[:, plan.channel, plan.interferer] = plan.overlap_m2_hz2(table)
            ratio[rows] = ((self.kernel * psi) @ square_w2[rows][..., None])[..., 0]
        return ratio

    def stepped_ratio(
        self, *, square_w2: Float[np.ndarray, "1 channel"], profile: PowerProfile
    ) -> Float[np.ndarray, "1 channel"]:
        """Interference over power [1]."""
        straight = straightened_profile(profile, self.attenuation_per_m)
        return self.profiled_ratio(square_w2=square_w2, profile=straight)
