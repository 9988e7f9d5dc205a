"""How much interference arises while Raman scattering tilts the channels, in closed form?"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.nonlinear import FibreType, NonlinearModel, PreparedNonlinear
from karakoram.engines.optics.power_profile import PowerProfile
from karakoram.engines.optics.products import row_products
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.srs import raman_gain_per_w_m


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class IsrsGn(NonlinearModel):
    """Gaussian-noise model with Raman scattering between the channels, in closed form.

    Its own first-order account of Raman scattering, a gain that grows linearly with the
    frequency offset, replaces any power profile. For spans long enough that their end does
    not matter (alpha L well above 1) and bands up to 15 THz.

    References
    ----------
    .. [1] D. Semrau, R. I. Killey, P. Bayvel, J. Lightwave Technol. 37, 1924 (2019),
       arXiv:1808.07940, equations 5 and 9 to 11.
    """

    raman_slope_per_w_m_hz: float | None = None
    """Raman gain per offset in frequency [1/(W m Hz)]; None: fitted to the fibre's gain."""
    coherent: bool = True
    """Whether a channel's own interference adds coherently over the spans of a line."""

    @property
    def needs_profile(self) -> bool:
        """Powers at the fibre's input are enough."""
        return False

    def prepared(self, fibre: FibreType, comb: Comb) -> PreparedNonlinear:
        """Offsets, dispersion and the Raman slope of one fibre type and comb."""
        frequency_hz = comb.frequency_hz
        slope = self.raman_slope_per_w_m_hz
        if slope is None:
            slope = fitted_raman_slope_per_w_m_hz(fibre=fibre, frequency_hz=frequency_hz)
        attenuation_per_m = np.broadcast_to(fibre.attenuation_per_m, frequency_hz.shape)
        return PreparedIsrsGn(
            offset_hz=frequency_hz - (frequency_hz[0] + frequency_hz[-1]) / 2.0,
            symbol_rate_hz=comb.symbol_rate_hz,
            attenuation_per_m=attenuation_per_m,
            raman_attenuation_per_m=attenuation_per_m,
            beta2_s2_per_m=fibre.beta2_s2_per_m(frequency_hz),
            gamma_per_w_m=fibre.gamma_per_w_m(frequency_hz),
            raman_slope_per_w_m_hz=slope,
            coherent=self.coherent,
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedIsrsGn(PreparedNonlinear):
    """The closed form for one fibre type and comb."""

    offset_hz: Float[np.ndarray, " channel"]
    """Frequency less that which neither gains nor loses: the middle of the band."""
    symbol_rate_hz: Float[np.ndarray, " channel"]
    attenuation_per_m: Float[np.ndarray, " channel"]
    raman_attenuation_per_m: Float[np.ndarray, " channel"]
    """The attenuation by which Raman scattering fades along the fibre (alpha-bar)."""
    beta2_s2_per_m: Float[np.ndarray, " channel"]
    gamma_per_w_m: Float[np.ndarray, " channel"]
    raman_slope_per_w_m_hz: float
    coherent: bool

    def __post_init__(self) -> None:
        for name in (
            "offset_hz",
            "symbol_rate_hz",
            "attenuation_per_m",
            "raman_attenuation_per_m",
            "beta2_s2_per_m",
            "gamma_per_w_m",
        ):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.offset_hz.shape
        assert (self.beta2_s2_per_m != 0.0).all(), "the model needs dispersion"

    def interference_ratio(
        self,
        *,
        power_w: Float[np.ndarray, "row channel"],
        length_m: Float[np.ndarray, " row"],
        profile: PowerProfile | None = None,  # noqa: ARG002
        span_count: Float[np.ndarray, " row"] | None = None,
    ) -> Float[np.ndarray, "row channel"]:
        """Interference over power, the mean over the spans of the line [1].

        With T_k = (a + a-bar - P_total C_r f_k)², A = a + a-bar and h(x, T) standing for
        (T - a²)/a h(x/a) + (A² - T)/A h(x/A), over a-bar (2 a + a-bar),

            P_NLI,i / P_i = 4/9 gamma² P_i² pi / (B_i² phi_i) asinh(phi_i B_i² / pi, T_i) n^eps
                + 32/27 sum over k of gamma² P_k² / (B_k phi_ik) atan(phi_ik B_i, T_k)
            phi_i = 3/2 pi² beta2_i,  phi_ik = pi² (f_k - f_i)(beta2_i + beta2_k)
        """
        total_w = power_w.sum(axis=1, keepdims=True)
        tilt_per_m = total_w * self.raman_slope_per_w_m_hz * self.offset_hz
        pull_per_m2 = (self.attenuation_per_m + self.raman_attenuation_per_m - tilt_per_m) ** 2
        own = self._own_per_w2(pull_per_m2)
        if self.coherent and span_count is not None:
            own *= span_count[:, None] ** self._coherence(length_m)
        slow, fast = self._cross_m2_per_w2()
        first_per_m2 = pull_per_m2 - self.attenuation_per_m**2
        second_per_m2 = (self.attenuation_per_m + self.raman_attenuation_per_m) ** 2 - pull_per_m2
        square_w2 = np.square(power_w)
        cross = row_products(square_w2 * first_per_m2, slow)
        cross += row_products(square_w2 * second_per_m2, fast)
        return np.asarray(own * square_w2 + cross)

    def _own_per_w2(
        self, pull_per_m2: Float[np.ndarray, "row channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """Interference of a channel with itself over its power squared [1/W²]."""
        alone, both = self._decays_per_m()
        phase = 1.5 * np.pi**2 * self.beta2_s2_per_m
        turn_per_m = phase * self.symbol_rate_hz**2 / np.pi
        scale = 4.0 / 9.0 * self.gamma_per_w_m**2 / (turn_per_m * self._fade_per_m2())
        shape = (pull_per_m2 - alone**2) / alone * np.arcsinh(turn_per_m / alone) + (
            both**2 - pull_per_m2
        ) / both * np.arcsinh(turn_per_m / both)
        return np.asarray(scale * shape)

    def _cross_m2_per_w2(
        self,
    ) -> tuple[Float[np.ndarray, "channel interferer"], Float[np.ndarray, "channel interferer"]]:
        """Factors of T_k - a² and of A² - T_k, per power squared of the interferer [m²/W²]."""
        alone, both = self._decays_per_m()
        apart_hz = self.offset_hz - self.offset_hz[:, None]
        np.fill_diagonal(apart_hz, 1.0)
        phase = np.pi**2 * apart_hz * (self.beta2_s2_per_m + self.beta2_s2_per_m[:, None])
        scale = 32.0 / 27.0 * self.gamma_per_w_m[:, None] ** 2
        scale = scale / (self.symbol_rate_hz * phase * self._fade_per_m2())
        np.fill_diagonal(scale, 0.0)
        turn_per_m = phase * self.symbol_rate_hz[:, None]
        return (
            np.asarray(scale * np.arctan(turn_per_m / alone) / alone),
            np.asarray(scale * np.arctan(turn_per_m / both) / both),
        )

    def _decays_per_m(self) -> tuple[Float[np.ndarray, " channel"], Float[np.ndarray, " channel"]]:
        """The two decays of power: a, and A = a + a-bar."""
        return self.attenuation_per_m, np.asarray(
            self.attenuation_per_m + self.raman_attenuation_per_m
        )

    def _fade_per_m2(self) -> Float[np.ndarray, " channel"]:
        return np.asarray(
            self.raman_attenuation_per_m
            * (2.0 * self.attenuation_per_m + self.raman_attenuation_per_m)
        )

    def _coherence(self, length_m: Float[np.ndarray, " row"]) -> Float[np.ndarray, "row channel"]:
        """How faster than linearly a channel's own interference grows with spans [1].

            eps = 3/10 ln(1 + 6 / (a L asinh(pi² |beta2| B² / (2 a))))

        P. Poggiolini, J. Lightwave Technol. 30, 3857 (2012), with the channel's own dispersion.
        """
        spread = np.pi**2 / 2.0 * np.abs(self.beta2_s2_per_m) * self.symbol_rate_hz**2
        reach = self.attenuation_per_m * np.arcsinh(spread / self.attenuation_per_m)
        return np.asarray(0.3 * np.log1p(6.0 / (length_m[:, None] * reach)))


def fitted_raman_slope_per_w_m_hz(
    *, fibre: FibreType, frequency_hz: Float[np.ndarray, " channel"]
) -> float:
    """Slope of the line through zero that fits the fibre's Raman gain best [1/(W m Hz)].

    Least squares over all pairs of channels; it holds for bands up to the gain's peak at
    13 THz. A single channel has no slope, and needs none.
    """
    offset_hz = frequency_hz[None, :] - frequency_hz[:, None]
    gain = raman_gain_per_w_m(reference_area_m2=fibre.reference_area_m2, frequency_hz=frequency_hz)
    square_hz2 = float((offset_hz**2).sum())
    return float((gain * offset_hz).sum()) / square_hz2 if square_hz2 else 0.0
