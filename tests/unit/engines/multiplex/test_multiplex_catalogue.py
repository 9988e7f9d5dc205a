"""Names of the Recommendations, and what is carried in what."""

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.engines.multiplex import (
    CLIENT_NAMES,
    SERVER_NAMES,
    carried_in,
    client_signal,
    mapped_signal,
    server_kind,
    servers_for,
    slot_label,
    tributary_shape,
)


def test_every_name_that_is_told_is_known_and_none_is_told_twice():
    assert [client_signal(name).name for name in CLIENT_NAMES] == list(CLIENT_NAMES)
    assert [server_kind(name).name for name in SERVER_NAMES] == list(SERVER_NAMES)
    assert len(set(CLIENT_NAMES)) == len(CLIENT_NAMES)


def test_an_unknown_name_gets_near_misses():
    with pytest.raises(NotFoundError, match=r"client signal ODU6.*ODU"):
        client_signal("ODU6")
    with pytest.raises(NotFoundError, match=r"server STM-12.*STM-1"):
        server_kind("STM-12")


@pytest.mark.parametrize("name", [name for name in CLIENT_NAMES if carried_in(name)])
def test_a_signal_as_it_is_mapped_fits_the_payload_of_its_container(name):
    container = client_signal(carried_in(name))
    assert mapped_signal(name).bit_rate_bit_per_s <= container.payload_bit_rate_bit_per_s


@pytest.mark.parametrize("name", ["1GbE", "40GbE"])
def test_two_ethernets_fit_only_because_they_are_transcoded(name):
    container = client_signal(carried_in(name))
    assert client_signal(name).bit_rate_bit_per_s > container.payload_bit_rate_bit_per_s


def test_what_is_multiplexed_as_it_is_is_not_mapped():
    assert mapped_signal("ODU2") is None


@pytest.mark.parametrize(
    ("server", "client", "slots"),
    [
        ("ODU4", "10GbE", 8),
        ("ODU3", "10GbE", 9),
        ("ODU4", "STM-256", 31),
        ("ODUC1", "100GbE", 20),
        ("VC-4", "E1", 1),
        ("VC-4", "DS3", 21),
        ("E3", "E1", 1),
    ],
)
def test_a_client_takes_the_room_of_its_container(server, client, slots):
    assert tributary_shape(server_kind(server), client_signal(client)).slot_count == slots


@pytest.mark.parametrize(
    ("server", "client"), [("ODU4", "E1"), ("ODU4", "100GbE"), ("E1", "VC-12")]
)
def test_a_client_has_no_place_in_another_hierarchy_or_in_what_is_too_small(server, client):
    assert tributary_shape(server_kind(server), client_signal(client)) is None


def test_servers_are_found_for_a_client():
    assert servers_for(client_signal("ODU3")) == ("ODU4", "ODUC1", "ODUC4")
    assert servers_for(client_signal("6x64k")) == ("E1", "E1-CAS")


@pytest.mark.parametrize("name", SERVER_NAMES[:-8] + SERVER_NAMES[-5:])
def test_every_slot_has_a_label_of_its_own(name):
    server = server_kind(name)
    labels = [slot_label(server, slot) for slot in range(server.slot_count)]
    assert len(set(labels)) == server.slot_count


def test_a_slot_that_is_not_there_has_no_label():
    with pytest.raises(ValueError, match="slots 0 to 62"):
        slot_label(server_kind("VC-4"), 63)
