"""Where signals go, and what holds a bit rate."""

import pytest

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.usecases.multiplex.show_signal import concatenation_rows, signal_row


def test_a_signal_is_told_with_its_container_and_its_servers():
    row = signal_row("1GbE")
    assert (row.container, row.mapped_bit_per_s) == ("ODU0", 1_171_875_000)
    places = {place.server: (place.block_slots, place.count_max) for place in row.places}
    assert places["ODU4"] == (1, 80)
    assert places["ODUC1"] == (1, 10)  # no more than ten ODUs in 20 slots
    assert "VC-4" not in places


def test_slots_between_odus_tell_what_they_hold():
    held = {place.server: place.bit_per_s for place in signal_row("ODU3").places}
    assert float(held["ODU4"]) == pytest.approx(31 * 1_301_709_251, rel=1e-6)  # G.709, table 7-7
    assert all(place.bit_per_s is None for place in signal_row("E1").places)


def test_what_is_multiplexed_as_it_is_has_no_container():
    row = signal_row("VC-4-7v")
    assert (row.container, row.mapped_bit_per_s) == (None, None)
    (stm16,) = (place for place in row.places if place.server == "STM-16")
    assert (stm16.block_count, stm16.block_slots, stm16.count_max) == (7, 1, 2)


def test_a_bit_rate_is_held_by_virtual_and_contiguous_concatenation():
    assert [row.signal.name for row in concatenation_rows("1G")] == [
        "VC-3-21v",
        "VC-4-7v",
        "VC-4-16c",
    ]
    assert concatenation_rows("0.01G")[0].signal.name == "VC-12-5v"
    assert concatenation_rows("0.6T") == ()


def test_every_concatenation_holds_what_was_asked():
    for bit_rate, bit_per_s in (("0.002G", 2 * 10**6), ("0.1G", 10**8), ("10G", 10**10)):
        rows = concatenation_rows(bit_rate)
        assert rows
        assert all(row.signal.payload_bit_rate_bit_per_s >= bit_per_s for row in rows)


def test_a_word_that_means_nothing_is_refused():
    with pytest.raises(InvalidDataError, match="cannot read the bit rate"):
        concatenation_rows("much")
    with pytest.raises(NotFoundError, match="VC-4"):
        signal_row("VC-5")
