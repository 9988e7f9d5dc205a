"""What do channels look like behind branching units, where the spectrum of a cable is split?"""

import numpy as np
from jaxtyping import Bool

from karakoram.engines.optics.shares import NoiseShares, pure_signal


def branched_shares(
    segments: NoiseShares, *, passes: Bool[np.ndarray, "path segment channel"]
) -> NoiseShares:
    """Shares at the end of paths over segments of a cable, channel by channel.

    A branching unit joins three segments: the trunk before it, the trunk after it and the
    branch. With a split of the spectrum some channels go on, and the others to the branch,
    where the same frequencies begin anew. The loss of the unit is in the segment before it
    (``extra_loss`` of its last span in :class:`PreparedCable`). Repeaters bring every channel
    back to its launch power, so what a segment does to a channel does not depend on where it
    comes from, and shares of segments follow each other exactly.

    Parameters
    ----------
    segments
        What each segment alone does, axes [segment, channel].
    passes
        Whether a path's channel runs through a segment; segments stand in the order of light.

    Returns
    -------
    Shares with axes [path, channel]; a channel that passes no segment of a path is pure.
    """
    paths, count, channels = passes.shape
    assert segments.signal.shape == (count, channels)
    shares = pure_signal((paths, channels))
    for place in range(count):
        here = passes[:, place]
        shares = shares.followed_by(
            NoiseShares(
                signal=np.where(here, segments.signal[place], 1.0),
                ase=np.where(here, segments.ase[place], 0.0),
                nli=np.where(here, segments.nli[place], 0.0),
            )
        )
    return shares


def split(
    *, to_branch: Bool[np.ndarray, " channel"], before: int, branch: int, after: int, segments: int
) -> Bool[np.ndarray, "3 segment channel"]:
    """The three ways at one branching unit: through the trunk, into the branch, out of it.

    Parameters
    ----------
    to_branch
        Which channels the unit sends to the branch, and takes from it.
    before, branch, after
        Index of the trunk before the unit, the branch, and the trunk after it.
    segments
        Number of segments of the cable.

    >>> ways = split(to_branch=np.array([True, False]), before=0, branch=1, after=2, segments=3)
    >>> ways[0].tolist()
    [[False, True], [False, False], [False, True]]
    """
    ways = np.zeros((3, segments, to_branch.size), dtype=np.bool_)
    ways[0, [before, after]] = ~to_branch
    ways[1, [before, branch]] = to_branch
    ways[2, [branch, after]] = to_branch
    return ways
