"""Fibre without the Kerr effect, to see what is left of light without it."""

from dataclasses import dataclass

import numpy as np

from karakoram.engines.optics.nonlinear import NonlinearModel, PreparedNonlinear


@dataclass(frozen=True)
class NoInterference(NonlinearModel):
    """Fibre without the Kerr effect."""

    @property
    def needs_profile(self):
        """No power matters."""
        return False

    def prepared(self, fibre, comb):
        """Nothing to prepare."""
        return PreparedNoInterference()


@dataclass(frozen=True)
class PreparedNoInterference(PreparedNonlinear):
    """No interference for any power."""

    def interference_ratio(self, *, power_w, length_m, profile=None, span_count=None):
        """Zero for every row and channel [1]."""
        return np.zeros_like(power_w)
