"""How do sets of units and moments stand in a column?"""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def bytes_from_units(units: int) -> bytes:
    """The set as bytes, unit 0 the lowest bit of the first; no bytes for the empty set.

    >>> bytes_from_units(0b1_0000_0010).hex()
    '0201'
    """
    return units.to_bytes((units.bit_length() + 7) // 8, "little")


def units_from_bytes(stored: bytes) -> int:
    """The set that the bytes are.

    >>> bin(units_from_bytes(bytes.fromhex("0201")))
    '0b100000010'
    """
    return int.from_bytes(stored, "little")


def microseconds_from_moment(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC, exactly.

    >>> microseconds_from_moment(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (moment - _EPOCH) // _MICROSECOND


def moment_from_microseconds(microseconds: int) -> datetime:
    """The moment in UTC.

    >>> moment_from_microseconds(1_000_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return _EPOCH + microseconds * _MICROSECOND
