"""Which free units of a resource shall be taken? Units are the bits of an integer."""


def first_free(free: int, count: int) -> int | None:
    """The ``count`` lowest free units, wherever they lie, as bits; ``None`` where fewer are free.

    >>> bin(first_free(0b110101, 3))
    '0b10101'
    """
    assert count > 0
    chosen = 0
    for _ in range(count):
        if not free:
            return None
        lowest = free & -free
        chosen |= lowest
        free ^= lowest
    return chosen


def starts_of_runs(free: int, count: int) -> int:
    """Bit u is set where ``count`` units from u on are all free.

    >>> bin(starts_of_runs(0b1110110, 2))
    '0b110010'
    """
    assert count > 0
    runs, length = free, 1
    while length < count:  # runs of twice the length are runs that two shorter ones make
        step = min(length, count - length)
        runs &= runs >> step
        length += step
    return runs


def first_run(free: int, count: int) -> int | None:
    """The lowest run of ``count`` adjacent free units, as bits; ``None`` where there is none.

    >>> bin(first_run(0b1110110, 3))
    '0b1110000'
    """
    starts = starts_of_runs(free, count)
    if not starts:
        return None
    return ((1 << count) - 1) * (starts & -starts)
