"""Figures that the Recommendations print, each also from its formula where there is one."""

import tomllib
from fractions import Fraction
from math import ceil
from pathlib import Path

import numpy as np
import pytest

from karakoram.core.errors import NotFoundError
from karakoram.engines.multiplex import (
    CLIENT_NAMES,
    client_signal,
    server_kind,
    tributaries_that_fit,
    tributary_shape,
)
from karakoram.engines.multiplex.otn import odtu_bit_per_s
from karakoram.engines.multiplex.sdh import klm_from_slot


def case(name):
    text = (Path(__file__).parent / name / "case.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


RATES, SLOTS, SDH = case("g709_bit_rates"), case("g709_tributary_slots"), case("g707_containers")
STM16 = Fraction(2_488_320_000)
BY_FORMULA = {
    "ODU0": STM16 / 2,
    "ODU1": Fraction(239, 238) * STM16,
    "ODU2": Fraction(239, 237) * 4 * STM16,
    "ODU2e": Fraction(239, 237) * 10_312_500_000,
    "ODU3": Fraction(239, 236) * 16 * STM16,
    "ODU4": Fraction(239, 227) * 40 * STM16,
}
"""ITU-T G.709, 12.2.1, in multiples of STM-16."""


@pytest.mark.parametrize("name", RATES["odu"])
def test_an_odu_has_the_printed_bit_rate(name):
    found = client_signal(name).bit_rate_bit_per_s
    printed = RATES["odu"][name]
    assert float(found / 1000) == pytest.approx(printed, abs=RATES["tolerance_kbit_per_s"])
    assert found == BY_FORMULA.get(name, found)


@pytest.mark.parametrize("name", RATES["opu_payload"])
def test_an_opu_has_the_printed_payload(name):
    found = client_signal(name).payload_bit_rate_bit_per_s
    printed = RATES["opu_payload"][name]
    assert float(found / 1000) == pytest.approx(printed, abs=RATES["tolerance_kbit_per_s"])


def test_an_opucn_has_the_printed_payload_n_times():
    one = server_kind("ODUC1").payload_bit_rate_bit_per_s
    printed = RATES["opucn_payload"]["ODUC1"]
    assert float(one / 1000) == pytest.approx(printed, abs=RATES["tolerance_kbit_per_s"])
    assert server_kind("ODUC7").payload_bit_rate_bit_per_s == 7 * one


@pytest.mark.parametrize("name", RATES["odtu_payload"])
def test_an_odtu_has_the_printed_bandwidth(name):
    server, client, printed = RATES["odtu_payload"][name]
    found = odtu_bit_per_s(server_kind(server), client_signal(client))
    assert float(found / 1000) == pytest.approx(printed, abs=RATES["tolerance_kbit_per_s"])


@pytest.mark.parametrize("server", SLOTS["slots_needed"])
def test_a_client_odu_needs_the_slots_of_the_table_and_others_have_no_place(server):
    kind = server_kind(server)
    odus = [name for name in CLIENT_NAMES if name.startswith("ODU") and "flex" not in name]
    shapes = {name: tributary_shape(kind, client_signal(name)) for name in odus}
    needed = {name: shape.slot_count for name, shape in shapes.items() if shape is not None}
    assert needed == SLOTS["slots_needed"][server]
    assert all(shape is None or shape.block_slots == 1 for shape in shapes.values())


@pytest.mark.parametrize("server", SLOTS["slots_offered"])
def test_a_server_odu_offers_the_slots_of_the_table(server):
    kind = server_kind(server)
    assert kind.slot_count == SLOTS["slots_offered"][server]
    assert kind.tributaries_max == SLOTS["tributaries_max"].get(server)


@pytest.mark.parametrize("n", [1, 3, 8])
def test_odu_flex_gfp_of_n_slots_needs_n_slots_of_each_server_of_1_25g(n):
    client = client_signal(f"ODUflex(GFP {n})")
    for server in ("ODU2", "ODU3", "ODU4"):
        assert tributary_shape(server_kind(server), client).slot_count == n
    assert tributary_shape(server_kind("ODUC1"), client).slot_count == ceil(n / 4)


@pytest.mark.parametrize(("n", "server"), [(9, "ODU3"), (32, "ODU3"), (33, "ODU4"), (80, "ODU4")])
def test_odu_flex_gfp_fills_the_smallest_server_that_carries_it(n, server):
    client = client_signal(f"ODUflex(GFP {n})")
    assert tributary_shape(server_kind(server), client).slot_count == n
    smaller = {"ODU3": "ODU2", "ODU4": "ODU3"}[server]
    assert tributary_shape(server_kind(smaller), client) is None


@pytest.mark.parametrize("name", SDH["stm"])
def test_an_stm_has_the_printed_bit_rate(name):
    assert client_signal(name).bit_rate_bit_per_s == 1000 * SDH["stm"][name]


@pytest.mark.parametrize("name", SDH["virtual_container"])
def test_a_virtual_container_has_the_printed_bit_rate_and_payload(name):
    found = client_signal(name)
    whole, payload = SDH["virtual_container"][name]
    assert found.bit_rate_bit_per_s == 1000 * whole
    assert found.payload_bit_rate_bit_per_s == 1000 * payload


@pytest.mark.parametrize("server", SDH["fill"])
def test_a_server_holds_as_many_as_the_recommendation_says(server):
    kind = server_kind(server)
    free = np.ones((1, kind.slot_count), dtype=np.bool_)
    for client, count in SDH["fill"][server].items():
        shape = tributary_shape(kind, client_signal(client))
        assert (int(tributaries_that_fit(free, shape=shape)[0]) if shape else 0) == count, client


@pytest.mark.parametrize("base", SDH["virtual_limit"])
def test_a_virtual_concatenation_ends_where_the_recommendation_says(base):
    most = SDH["virtual_limit"][base]
    assert client_signal(f"{base}-{most}v").name == f"{base}-{most}v"
    with pytest.raises(NotFoundError):
        client_signal(f"{base}-{most + 1}v")


@pytest.mark.parametrize("klm", SDH["time_slot"])
def test_a_tu12_has_the_time_slot_of_the_recommendation(klm):
    numbers = {}
    for slot in range(63):
        k, l, m = klm_from_slot(slot)  # noqa: E741 (the letter of the Recommendation)
        numbers[f"{k}.{l}.{m}"] = k + 3 * (l - 1) + 21 * (m - 1)  # in the order of transmission
    assert numbers[klm] == SDH["time_slot"][klm]
