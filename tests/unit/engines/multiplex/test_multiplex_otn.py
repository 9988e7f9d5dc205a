"""ODUs: names, bit rates and slots where no table has them."""

from fractions import Fraction

import pytest

from karakoram.engines.multiplex import client_signal, server_kind, tributary_shape
from karakoram.engines.multiplex.otn import odtu_bit_per_s, odu_server, odu_shape, odu_signal


def slots(server, client):
    shape = odu_shape(odu_server(server), odu_signal(client))
    return shape and shape.slot_count


@pytest.mark.parametrize(
    "name", ["ODU5", "ODUC4", "ODUflex", "ODUflex(GFP 0)", "ODUflex(GFP 81)", "ODUflex(IMP 3)"]
)
def test_there_is_no_such_client(name):
    assert odu_signal(name) is None


@pytest.mark.parametrize(
    "name", ["ODU0", "ODU2e", "ODUC0", "ODUC257", "ODU4-PT20", "ODUflex(GFP 8)"]
)
def test_there_is_no_such_server(name):
    assert odu_server(name) is None


def test_odu_flex_of_a_constant_bit_rate_has_an_odu_overhead():
    found = odu_signal("ODUflex(CBR 4250000)")
    assert found.bit_rate_bit_per_s == Fraction(239, 238) * 4_250_000_000
    assert found.payload_bit_rate_bit_per_s == 4_250_000_000


@pytest.mark.parametrize(
    ("units", "kbit_per_s"), [(2, 10_312_500), (8, 41_250_000), (20, 103_125_000)]
)
def test_odu_flex_of_a_flexe_client_is_that_of_its_ethernet(units, kbit_per_s):
    by_units = odu_signal(f"ODUflex(IMP {units})").bit_rate_bit_per_s
    assert by_units == odu_signal(f"ODUflex(CBR {kbit_per_s})").bit_rate_bit_per_s


def test_odu_flex_flexe_aware_needs_a_5g_slot_for_each_calendar_slot():
    assert [slots("ODUC4", f"ODUflex(FlexE {n})") for n in (1, 5, 20, 80)] == [1, 5, 20, 80]


def test_what_is_larger_than_the_server_has_no_place():
    assert slots("ODU2", "ODUflex(CBR 9900000)") == 8
    assert slots("ODU2", "ODUflex(CBR 10312500)") is None
    assert slots("ODU4", "ODU4") is None


def test_a_faster_clock_may_need_one_more_slot():
    """A client of three slots of an ODU4 to the last bit, but for the tolerances."""
    slot = Fraction(475, 38240) * Fraction(239, 227) * 99_532_800
    just = int(3 * slot * Fraction(238, 239) * (1 - Fraction(130, 10**6)))
    assert slots("ODU4", f"ODUflex(CBR {just})") == 3
    over = int(3 * slot * Fraction(238, 239) * (1 - Fraction(110, 10**6)))
    assert slots("ODU4", f"ODUflex(CBR {over})") == 4


@pytest.mark.parametrize("server", ["ODU1", "ODU2-PT20", "ODU3-PT20"])
def test_slots_without_gmp_carry_no_odu_flex(server):
    assert slots(server, "ODUflex(GFP 1)") is None
    assert odtu_bit_per_s(odu_server(server), odu_signal("ODUflex(GFP 1)")) is None


def test_the_bandwidth_of_what_has_no_place_is_none():
    assert odtu_bit_per_s(odu_server("ODU2"), odu_signal("ODU2")) is None


@pytest.mark.parametrize(
    "server", ["ODU1", "ODU2", "ODU2-PT20", "ODU3", "ODU3-PT20", "ODU4", "ODUC2"]
)
def test_a_client_at_its_fastest_fits_the_odtu_at_its_slowest(server):
    kind, carried = server_kind(server), 0
    for name in ("ODU0", "ODU1", "ODU2", "ODU2e", "ODU3", "ODU4", "ODUflex(GFP 7)"):
        client = client_signal(name)
        if tributary_shape(kind, client) is not None:
            slowest = odtu_bit_per_s(kind, client) * (1 - Fraction(20, 10**6))
            assert client.bit_rate_bit_per_s_max <= slowest
            carried += 1
    assert carried >= 1
