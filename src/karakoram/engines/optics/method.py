"""Which physical effects does a computation include, and by which model?"""

from dataclasses import dataclass
from enum import Enum

from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.nonlinear import NonlinearModel

ANALYTIC_GN = AnalyticGn()
"""The model for planning: fast, and on the safe side."""


class RamanModel(Enum):
    """How power moves between channels by stimulated Raman scattering."""

    NONE = "none"
    STIMULATED = "stimulated"
    """Coupled power equations with the silica gain profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagationMethod:
    """A choice of models, passed as a value; the default is right for planning."""

    nonlinear: NonlinearModel = ANALYTIC_GN
    """How Kerr interference between channels is computed."""
    raman: RamanModel = RamanModel.STIMULATED
    raman_step_neper: float = 0.25
    """Change of a channel's log power by scattering that one integration step may bring [1]."""

    def __post_init__(self) -> None:
        if not self.raman_step_neper > 0.0:
            raise ValueError(f"raman_step_neper must be > 0, got {self.raman_step_neper}")


DEFAULT_METHOD = PropagationMethod()
"""Analytic GN model with stimulated Raman scattering."""
