"""Plesiochronous signals and channels of 64 kbit/s."""

import pytest

from karakoram.engines.multiplex.pdh import pdh_server, pdh_shape, pdh_signal, time_slot_of_e1


@pytest.mark.parametrize("name", ["E5", "0x64k", "32x64k", "6x64", "E1-CAS"])
def test_there_is_no_such_signal(name):
    assert pdh_signal(name) is None


@pytest.mark.parametrize("name", ["DS3", "E0", "6x64k"])
def test_there_is_no_such_server(name):
    assert pdh_server(name) is None


@pytest.mark.parametrize(
    ("server", "client", "blocks", "slots", "is_aligned"),
    [
        ("E1", "6x64k", 6, 1, True),
        ("E1", "6x64k-c", 1, 6, False),
        ("E3", "E2", 1, 4, True),
        ("E4", "E3", 1, 16, True),
    ],
)
def test_a_signal_takes_its_blocks(server, client, blocks, slots, is_aligned):
    shape = pdh_shape(pdh_server(server), pdh_signal(client))
    assert (shape.block_count, shape.block_slots, shape.is_aligned) == (blocks, slots, is_aligned)


@pytest.mark.parametrize(
    ("server", "client"),
    [
        ("E1", "E1"),
        ("E1-CAS", "31x64k"),
        ("E2", "E2"),
        ("E2", "E3"),
        ("E3", "6x64k"),
        ("E3", "DS3"),
    ],
)
def test_a_signal_has_no_place(server, client):
    assert pdh_shape(pdh_server(server), pdh_signal(client)) is None


def test_an_e1_has_no_time_slot_0_and_with_signalling_no_16():
    for name, numbers in (
        ("E1", [*range(1, 32)]),
        ("E1-CAS", [*range(1, 16), *range(17, 32)]),
    ):
        server = pdh_server(name)
        assert [time_slot_of_e1(server, slot) for slot in range(server.slot_count)] == numbers


def test_an_e1_has_a_payload_without_its_framing():
    assert pdh_signal("E1").payload_bit_rate_bit_per_s == 1_984_000
