"""Virtual containers: names, places, numbers."""

from fractions import Fraction

import pytest

from karakoram.engines.multiplex.sdh import (
    klm_from_slot,
    sdh_server,
    vc_shape,
    vc_signal,
    virtual_concatenation,
)


@pytest.mark.parametrize("name", ["VC-5", "VC-4-2c", "VC-4-5c", "VC-12-0v", "VC-2-2v", "VC-12-65v"])
def test_there_is_no_such_container(name):
    assert vc_signal(name) is None


@pytest.mark.parametrize("name", ["STM-2", "STM-0", "VC-3", "STM-1/TU-11"])
def test_there_is_no_such_server(name):
    assert sdh_server(name) is None


@pytest.mark.parametrize(
    ("server", "client", "blocks", "slots"),
    [
        ("VC-4", "VC-12-5v", 5, 1),
        ("VC-4", "VC-3-2v", 2, 21),
        ("STM-16", "VC-4-4c", 1, 4),
        ("STM-16", "VC-4-7v", 7, 1),
        ("STM-4/TU-12", "VC-4-4c", 1, 252),
        ("STM-4/TU-12", "VC-4-2v", 2, 63),
    ],
)
def test_a_container_takes_its_blocks(server, client, blocks, slots):
    shape = vc_shape(sdh_server(server), vc_signal(client))
    assert (shape.block_count, shape.block_slots) == (blocks, slots)


@pytest.mark.parametrize(
    ("server", "client"),
    [
        ("VC-4", "VC-4"),
        ("VC-4", "VC-4-4c"),
        ("VC-4", "VC-12-64v"),
        ("VC-4", "VC-4-1v"),
        ("STM-1", "VC-4-4c"),
        ("STM-4", "VC-12"),
        ("STM-4", "VC-4-5v"),
    ],
)
def test_a_container_has_no_place(server, client):
    assert vc_shape(sdh_server(server), vc_signal(client)) is None


def test_slots_are_counted_along_the_tree():
    for slot in range(63):
        k, l, m = klm_from_slot(slot)  # noqa: E741 (the letter of the Recommendation)
        assert 21 * (k - 1) + 3 * (l - 1) + (m - 1) == slot
        assert 1 <= k <= 3
        assert 1 <= l <= 7
        assert 1 <= m <= 3


def test_numbers_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="slots 0 to 62"):
        klm_from_slot(63)


@pytest.mark.parametrize(
    ("base", "mbit_per_s", "name"),
    [
        ("VC-12", 10, "VC-12-5v"),
        ("VC-12", 100, "VC-12-46v"),
        ("VC-3", 100, "VC-3-3v"),
        ("VC-4", 1000, "VC-4-7v"),
        ("VC-12", 1000, None),
    ],
)
def test_the_fewest_containers_hold_a_bit_rate(base, mbit_per_s, name):
    assert virtual_concatenation(base, Fraction(mbit_per_s * 10**6)) == name


def test_what_is_not_concatenated_is_refused():
    with pytest.raises(ValueError, match="got VC-2"):
        virtual_concatenation("VC-2", Fraction(1))
