"""What has added up where, along paths that share their beginnings?"""

import numpy as np
from jaxtyping import Float, Int


def tree_sums(
    values: Float[np.ndarray, "row *shape"],
    *,
    row: Int[np.ndarray, "source place"],
    before: Int[np.ndarray, "source place"],
    depth: Int[np.ndarray, "source place"],
) -> Float[np.ndarray, "source place *shape"]:
    """The sum of values along the path of each tree to each place, in the values' unit.

    For what adds over the parts of a path: x = ln(1 + 1/GSNR), dispersion, the squares of PMD
    and PDL, time. Paths of one tree share their beginnings, so a path costs one addition: all
    places at one depth, of all trees, are worked at together, the lesser depths first.

    Parameters
    ----------
    values
        What each part (OMS, or passage of a ROADM) adds.
    row
        Which row of ``values`` the last part of each path has; -1 where it adds nothing.
    before
        Where each path is before its last part; not read at depth 0.
    depth
        Number of parts of each path: 0 at the source, -1 where no path leads.

    Returns
    -------
    Sums, 0 at the source and not-a-number where no path leads.
    """
    assert row.shape == before.shape == depth.shape
    total = np.zeros((*depth.shape, *values.shape[1:]))
    total[depth < 0] = np.nan
    for level in range(1, int(depth.max(initial=0)) + 1):
        source, place = np.nonzero(depth == level)
        earlier = total[source, before[source, place]]
        last = row[source, place]
        if (last < 0).any():
            earlier[last >= 0] += values[last[last >= 0]]
        else:
            earlier += values[last]
        total[source, place] = earlier
    return total
