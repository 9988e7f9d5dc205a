"""By which methods, and how finely, is light to be computed?"""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.fields import Bounds, Positive, check_fields

Resolution = Annotated[float, Bounds(at_least=0.001, at_most=1_000.0)]


class NonlinearMethod(Enum):
    """How nonlinear interference is computed."""

    GN_ANALYTIC = "gn_model_analytic"
    GENERALISED_GN_SEPARATED = "ggn_spectrally_separated"
    GENERALISED_GN_APPROXIMATE = "ggn_approx"
    ISRS_GN_CLOSED_FORM = "isrs_gn_closed_form"
    """Ours; the others are words of GNPy."""


class ScatteringMethod(Enum):
    """How stimulated Raman scattering is computed."""

    PERTURBATIVE = "perturbative"
    NUMERICAL = "numerical"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScatteringSettings:
    """Whether and how finely stimulated Raman scattering is computed."""

    is_on: bool
    method: ScatteringMethod
    order: Annotated[int, Bounds(at_least=1.0, at_most=10.0)]
    """Of the perturbative solution."""
    result_step_km: Resolution
    solver_step_km: Resolution

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterferenceSettings:
    """How finely nonlinear interference is computed."""

    method: NonlinearMethod
    dispersion_tolerance: Positive
    phase_shift_tolerance: Positive
    channels: tuple[int, ...] = ()
    """Numbers, from 1, of the channels that are computed, others interpolated; empty for all."""
    channel_count: Annotated[int, Bounds(at_least=1.0, at_most=10_000.0)] | None = None
    """How many channels are computed, evenly over the comb; ``None`` for all."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.channels and self.channel_count is not None:
            raise ValueError(
                "InterferenceSettings.channel_count cannot stand beside channels; state one"
            )
        if any(channel < 1 for channel in self.channels):
            raise ValueError(
                f"InterferenceSettings.channels must count from 1, got {min(self.channels)}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationSettings:
    """By which methods light is to be computed."""

    scattering: ScatteringSettings
    interference: InterferenceSettings
