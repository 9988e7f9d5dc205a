"""Which bandwidth is billed where bursts are measured?"""

import numpy as np
from jaxtyping import Float


def nearest_rank(samples: Float[np.ndarray, " sample"], *, percent: int = 95) -> float:
    """The nearest-rank percentile: the smallest sample that ``percent`` of all do not exceed.

        rank = ceil(percent x count / 100)

    No two samples are interpolated, so the answer is one that was measured. Samples that are
    missing do not count, neither as zero nor otherwise.

    Parameters
    ----------
    samples
        E.g. five-minute means of a month, the larger direction [Mbit/s]; in any order.
    percent
        1 to 100.

    Raises
    ------
    ValueError
        If there is no sample, one is not finite, or ``percent`` is out of bounds.

    Examples
    --------
    >>> nearest_rank(np.arange(1.0, 21.0))
    19.0
    """
    if not 1 <= percent <= 100:  # noqa: PLR2004  (a percentage)
        raise ValueError(f"percent must be 1 to 100, got {percent}")
    if not len(samples) or not np.all(np.isfinite(samples)):
        raise ValueError(f"a percentile needs samples, all finite, got {len(samples)}")
    rank = -(-percent * len(samples) // 100)
    return float(np.partition(samples, rank - 1)[rank - 1])
