"""What does a path through a ROADM (express, add or drop) cost, channel by channel?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only

_COLUMNS = ("insertion_loss", "noise_factor", "osnr", "pmd_s", "pdl_db", "dispersion_s_per_m")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmBand:
    """Impairments of a path in a band of frequencies; what is None is not specified there.

    The quantities are those of the IETF's optical impairment model (draft-ietf-ccamp-optical-
    impairment-topology-yang, roadm-path-impairments).
    """

    f_min_hz: float = 0.0
    f_max_hz: float = field(default=float("inf"))
    insertion_loss: float | None = None
    """Least loss: input over output power with the attenuator open [1], >= 1."""
    noise_factor: float | None = None
    """Noise factor of amplifiers inside the path, referred to its input [1]."""
    osnr: float | None = None
    """OSNR in 0.1 nm that the path alone would leave [1]."""
    pmd_s: float | None = None
    pdl_db: float | None = None
    dispersion_s_per_m: float | None = None

    def __post_init__(self) -> None:
        if not self.f_min_hz < self.f_max_hz:
            raise ValueError(
                f"the lower edge must be below the upper, got {self.f_min_hz} and {self.f_max_hz}"
            )
        if self.insertion_loss is not None and self.insertion_loss < 1.0:
            raise ValueError(f"the insertion loss must be >= 1, got {self.insertion_loss}")
        if self.osnr is not None and self.osnr <= 0.0:
            raise ValueError(f"the OSNR must be > 0, got {self.osnr}")
        for name in ("noise_factor", "pmd_s", "pdl_db"):
            value = getattr(self, name)
            if value is not None and value < 0.0:
                raise ValueError(f"{name} must be >= 0, got {value}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadmImpairments:
    """Impairments of paths through ROADMs, at every channel; all fields of one shape."""

    insertion_loss: Float[np.ndarray, "*row channel"]
    noise_factor: Float[np.ndarray, "*row channel"]
    """0 where the path has no noise figure."""
    osnr: Float[np.ndarray, "*row channel"]
    """OSNR in 0.1 nm [1], added up at the receiver; infinite where the path adds no noise."""
    pmd_s: Float[np.ndarray, "*row channel"]
    """Adds in quadrature."""
    pdl_db: Float[np.ndarray, "*row channel"]
    """Adds in quadrature of dB."""
    dispersion_s_per_m: Float[np.ndarray, "*row channel"]
    """Adds; 1 s/m is 1000 ps/nm."""

    def __post_init__(self) -> None:
        for name in _COLUMNS:
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.osnr.shape, f"{name} has another shape"
        assert (self.insertion_loss >= 1.0).all()
        assert (self.noise_factor >= 0.0).all()


_UNSPECIFIED = RoadmBand(
    insertion_loss=1.0,
    noise_factor=0.0,
    osnr=float("inf"),
    pmd_s=0.0,
    pdl_db=0.0,
    dispersion_s_per_m=0.0,
)


def roadm_impairments(
    bands: Sequence[RoadmBand], frequency_hz: Float[np.ndarray, " channel"]
) -> RoadmImpairments:
    """The impairments of one path at the channels of a comb.

    Each quantity is taken from the first band that has the channel's frequency, edges
    included, and specifies it. What no band specifies costs nothing.

    Raises
    ------
    ValueError
        Where a channel is in none of the bands: the path is not specified for it.
    """
    inside = [(frequency_hz >= b.f_min_hz) & (frequency_hz <= b.f_max_hz) for b in bands]
    covered = np.any(inside, axis=0) if inside else np.zeros(frequency_hz.shape, dtype=np.bool_)
    if not covered.all():
        raise ValueError(
            f"no impairments are given for the channel at "
            f"{frequency_hz[~covered][0] / 1e12:.4f} THz; the bands of the path must cover it"
        )
    columns = {}
    for name in _COLUMNS:
        column = np.full(frequency_hz.shape, getattr(_UNSPECIFIED, name))
        for band, here in zip(reversed(bands), reversed(inside), strict=True):
            if getattr(band, name) is not None:
                column[here] = getattr(band, name)
        columns[name] = column
    return RoadmImpairments(**columns)


def stacked_impairments(rows: Sequence[RoadmImpairments]) -> RoadmImpairments:
    """Impairments of many paths as rows, axes [row, channel]."""
    return RoadmImpairments(
        **{name: np.stack([getattr(row, name) for row in rows]) for name in _COLUMNS}
    )


def add_or_drop_osnr(add_and_drop_osnr: float) -> float:
    """OSNR of an add path or a drop path alone [1], when both together are specified.

    The two are taken as equal, so that each has twice the ratio.

    >>> add_or_drop_osnr(1000.0)
    2000.0
    """
    return 2.0 * add_and_drop_osnr
