"""What do channels look like behind several legs, when each is known by its own figures only?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.compose import composed_gsnr

_COLUMNS = ("gsnr", "dispersion_s_per_m", "pmd_s", "pdl_db")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leg:
    """What a part of a lightpath does to the channels in hand, from a noiseless start.

    Enough for whoever goes on from there: spans, fibres and amplifiers stay unknown.
    """

    gsnr: Float[np.ndarray, " channel"]
    """GSNR [1] in the signal bandwidth, terminals left out; infinite without noise."""
    dispersion_s_per_m: Float[np.ndarray, " channel"]
    pmd_s: Float[np.ndarray, " channel"]
    pdl_db: Float[np.ndarray, " channel"]
    latency_s: float

    def __post_init__(self) -> None:
        for name in _COLUMNS:
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.gsnr.shape, f"{name} has another shape"
        assert (self.gsnr > 0.0).all()


def composed_leg(legs: Sequence[Leg]) -> Leg:
    """Legs one after another as one leg.

        1 + 1/GSNR = prod_i (1 + 1/GSNR_i)

    Dispersion and time add, PMD and PDL add as squares. Exact where each leg begins with a
    ROADM that meets its power target; the order of legs does not matter.

    Parameters
    ----------
    legs
        At least one, all with the same channels.
    """
    assert legs, "a path has at least one leg"
    return Leg(
        gsnr=composed_gsnr(np.stack([leg.gsnr for leg in legs])),
        dispersion_s_per_m=np.sum([leg.dispersion_s_per_m for leg in legs], axis=0),
        pmd_s=np.sqrt(np.sum([leg.pmd_s**2 for leg in legs], axis=0)),
        pdl_db=np.sqrt(np.sum([leg.pdl_db**2 for leg in legs], axis=0)),
        latency_s=sum(leg.latency_s for leg in legs),
    )
