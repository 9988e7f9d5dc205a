"""What is the GSNR of a line whose losses and gains are the same for all channels?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.analytic_gn import PreparedAnalyticGn
from karakoram.engines.optics.line_power import PlacedAmplifiers
from karakoram.engines.optics.products import row_products
from karakoram.engines.optics.section import PreparedSections
from karakoram.engines.optics.shares import gsnr_from_signal_share


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlatCourse:
    """Power and noise of lines in which no loss, gain or scattering tells channels apart.

    Every power on the way is then a mixture of two spectra, the launch profile P and the
    photon noise v = h f R,

        P_k = A_k P + B_k v

    with numbers A, B that do not depend on the launch. Interference is a quadratic form, so
    the kernel of a type of fibre meets three spectra, P², P v and v², and not every section:
    with S sections, N channels and T types, 2 T N² + 3 T S N multiply-adds instead of S N².
    """

    photon_noise_w: Float[np.ndarray, " channel"]
    """The spectrum v: h f R."""
    input_launch: Float[np.ndarray, "line amplifier 1"]
    """A at each amplifier's input, before its noise [1]."""
    input_photons: Float[np.ndarray, "line amplifier 1"]
    """B at each amplifier's input, its own noise included [1]."""
    noise_factor: Float[np.ndarray, "line amplifier 1"]
    arriving_w_max: Float[np.ndarray, "line amplifier 1"]
    """Total input power up to which an amplifier gives the gain it is set to."""
    launched_w_max: Float[np.ndarray, "line 1"]
    """Total launch power that all amplifiers which restore the profile can put out."""
    forms: Float[np.ndarray, "line section form"]
    """What P², P v and v² of each type of fibre count in each section."""
    kernels: Float[np.ndarray, "type channel channel"]

    def part(self, lines: slice) -> "FlatCourse":
        """Some of the lines; views, nothing is copied."""
        return FlatCourse(
            photon_noise_w=self.photon_noise_w,
            input_launch=self.input_launch[lines],
            input_photons=self.input_photons[lines],
            noise_factor=self.noise_factor[lines],
            arriving_w_max=self.arriving_w_max[lines],
            launched_w_max=self.launched_w_max[lines],
            forms=self.forms[lines],
            kernels=self.kernels,
        )

    def holds(self, launch_power_w: Float[np.ndarray, "row channel"]) -> bool:
        """Whether no amplifier is at its maximum with this launch."""
        launched_w = launch_power_w.sum(axis=-1, keepdims=True)
        before_noise = self.input_photons - self.noise_factor
        arriving_w = before_noise * self.photon_noise_w.sum()
        arriving_w = arriving_w + self.input_launch * launched_w[:, None]
        in_range = (arriving_w <= self.arriving_w_max).all()
        return bool(in_range and (launched_w <= self.launched_w_max).all())

    def gsnr(
        self, launch_power_w: Float[np.ndarray, "row channel"]
    ) -> Float[np.ndarray, "row channel"]:
        """GSNR at the output of the preamplifier [1], where :meth:`holds`.

        Parameters
        ----------
        launch_power_w
            One row per line, or any number of rows for a single line [W].
        """
        noise_w = self.photon_noise_w
        kept = self.input_launch * (launch_power_w / noise_w)[:, None]
        kept += self.input_photons
        np.divide(self.noise_factor, kept, out=kept)
        np.subtract(1.0, kept, out=kept)
        spectra_w2 = (launch_power_w**2, launch_power_w * noise_w, noise_w[None] ** 2)
        met = [row_products(spectrum, kernel) for kernel in self.kernels for spectrum in spectra_w2]
        interference = self.forms @ np.stack(np.broadcast_arrays(*met), axis=1)
        np.subtract(1.0, interference, out=interference)
        kept[:, 1:] *= interference
        return gsnr_from_signal_share(np.multiply.reduce(kept, axis=1))


def flat_course(sections: PreparedSections, amplifiers: PlacedAmplifiers) -> FlatCourse | None:
    """The course of lines as numbers A and B, or None where that does not tell all.

    Parameters
    ----------
    sections, amplifiers
        Axes [line, section] and [line, amplifier], one amplifier more than sections; without
        Raman scattering.
    """
    scatters = sections.raman_gains_per_w_m is not None
    uneven = sections.transmission.shape[-1] > 1
    models = [model for model in sections.interference if isinstance(model, PreparedAnalyticGn)]
    if scatters or uneven or len(models) < len(sections.interference):
        return None
    launch, photons = 1.0 / amplifiers.gain[:, 0], np.zeros(len(amplifiers.gain))
    arriving, leaving = [], []
    for place, gain in enumerate(amplifiers.gain.T):
        photons = photons + amplifiers.noise_factor[:, place]
        arriving.append((launch, photons))
        restores = amplifiers.restores_profile[:, place]
        launch = np.where(restores, 1.0, launch * gain)
        photons = np.where(restores, 0.0, photons * gain)
        leaving.append((launch, photons))
        if place < sections.transmission.shape[1]:
            through = sections.transmission[:, place, 0]
            launch, photons = launch * through, photons * through
    input_launch, input_photons = np.array(arriving).transpose(1, 2, 0)
    restores = amplifiers.restores_profile
    maximum_w = amplifiers.output_power_max_w
    return FlatCourse(
        photon_noise_w=amplifiers.photon_noise_w,
        input_launch=input_launch[..., None],
        input_photons=input_photons[..., None],
        noise_factor=amplifiers.noise_factor[..., None],
        arriving_w_max=np.where(restores, np.inf, maximum_w / amplifiers.gain)[..., None],
        launched_w_max=np.where(restores, maximum_w, np.inf).min(axis=1, keepdims=True),
        forms=_forms(sections, np.array(leaving[:-1]).transpose(1, 2, 0)),
        kernels=np.stack([model.kernel for model in models]),
    )


def _forms(
    sections: PreparedSections, entering: Float[np.ndarray, "spectrum line section"]
) -> Float[np.ndarray, "line section form"]:
    """(A P + B v)² (L_eff / input loss)² as numbers before P², P v and v², type after type."""
    launch, photons = entering
    # With one loss for all channels, the length in u is the effective length.
    weight = (sections.way.length_m * sections.input_transmission)[..., 0] ** 2
    square = np.stack([launch**2, 2.0 * launch * photons, photons**2], axis=-1)
    square *= weight[..., None]
    of_kind = [
        square * (sections.type_index == kind)[..., None]
        for kind in range(len(sections.interference))
    ]
    return np.concatenate(of_kind, axis=-1)
