"""Candidate paths from nested lists, and slots from the bits of words."""

import numpy as np

from karakoram.engines.spectrum.candidates import CandidatePaths


def candidate_paths(paths_of_pairs, *, width, section_count):
    """The candidate paths that nested lists describe.

    Parameters
    ----------
    paths_of_pairs
        Per pair its paths, best first; a path lists its segments, a segment its sections.
    width
        Slots of each segment, in the order of the lists, at each bit rate.
    section_count
        How many sections there are.

    Raises
    ------
    ValueError
        If a path has no segment or a segment no section, the widths are of another number of
        segments, or a section is not among the ``section_count``.

    Examples
    --------
    >>> width = np.array([[2], [4]], dtype=np.int16)
    >>> both = candidate_paths([[[[0]], [[1, 2]]]], width=width, section_count=3)
    >>> both.pair_count, both.path_count, both.sections_of(1)
    (1, 2, (1, 2))
    """
    paths = [path for of_pair in paths_of_pairs for path in of_pair]
    segments = [segment for path in paths for segment in path]
    return CandidatePaths(
        path_begin=_begins(paths_of_pairs),
        segment_begin=_begins(paths),
        hop_begin=_begins(segments),
        section=np.array([hop for segment in segments for hop in segment], dtype=np.int32),
        width=width,
        section_count=section_count,
    )


def _begins(groups):
    sizes = [len(group) for group in groups]
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int32)


def slots_from_words(words, *, slot_count):
    """The flags that ``words_from_slots`` made bits of."""
    as_bytes = np.ascontiguousarray(words.astype("<u8")).view(np.uint8)
    return np.unpackbits(as_bytes, axis=1, bitorder="little")[:, :slot_count].astype(np.bool_)
