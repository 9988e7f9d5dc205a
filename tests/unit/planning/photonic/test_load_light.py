"""Does a change of the load compute what it touches and nothing else, and tell the truth?"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError
from karakoram.core.grid import FrequencySlot
from karakoram.network.photonic.load import (
    LineLoad,
    LitWavelength,
    NetworkLoad,
    WavelengthOrder,
)
from karakoram.network.photonic.transceivers import TransceiverMode, TransceiverType
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.load_light import (
    LoadedPlant,
    line_light,
    load_light,
    relit,
    touched_lines,
    wavelength_changes,
)
from karakoram.planning.photonic.load_orders import network_load
from karakoram.planning.photonic.propagation import propagated
from tests.support.photonic_mesh import BAND, LIBRARY, Mesh, random_mesh

MODE = TransceiverMode(
    name="800G",
    symbol_rate_gbaud=90.0,
    required_osnr_db=24.0,
    bit_rate_gbps=800.0,
    roll_off=0.1,
    tx_osnr_db=37.0,
    spacing_ghz_min=100.0,
)
EQUIPMENT = replace(
    LIBRARY,
    transceiver_types={
        "coherent": TransceiverType(transceiver_type_id="coherent", band=BAND, modes=(MODE,))
    },
)


def order(name, a, z, n, *, m=8, **more):
    more.setdefault("symbol_rate_gbaud", 64.0)
    return WavelengthOrder(
        wavelength_id=name, from_id=f"trx {a}", to_id=f"trx {z}", n=n, m=m, **more
    )


def line_plant(*, sites="ABCD"):
    mesh = Mesh(np.random.default_rng(4))
    for name in sites:
        mesh.site(name)
    for a, z in pairwise(sites):
        mesh.section(a, z, spans=2)
        mesh.section(z, a, spans=2)
    return LoadedPlant(network=mesh.network, library=EQUIPMENT)


class Counted:
    """Computes OMSs, and remembers which."""

    def __init__(self):
        self.keys = []

    def __call__(self, plant, section, load):
        self.keys.append((section.from_id, section.to_id))
        return line_light(plant, section, load)


ORDERS = (
    order("w1", "A", "D", 0),
    order("w2", "A", "B", 16),
    order("w3", "B", "D", 16),
    order("w4", "C", "D", 32, power_offset_db=1.0),
    order("w5", "D", "A", 0),
)


def test_lighting_one_wavelength_computes_only_the_sections_it_touches():
    plant = line_plant()
    before = load_light(plant, network_load(plant, ORDERS))
    count = Counted()
    load = network_load(plant, [order("new", "B", "C", 48)], onto=before.load)
    after = relit(plant, before, load, compute=count)
    assert count.keys == [("roadm B", "roadm C")]
    assert [key[0] for key in touched_lines(before, after)] == ["roadm B"]
    # What is not touched is the very same value.
    same = [key for key in before.lines if key[0] != "roadm B"]
    assert all(after.lines[key] is before.lines[key] for key in same)
    for name in ("w2", "w4", "w5"):
        assert after.wavelengths[name] is before.wavelengths[name]
    changed = {one.wavelength_id: one.change_db for one in wavelength_changes(before, after)}
    assert changed["w1"] < 0.0
    assert changed["w3"] < 0.0
    assert changed["w2"] == changed["w4"] == changed["w5"] == 0.0


def test_any_sequence_of_changes_equals_a_computation_from_nothing():
    rng = np.random.default_rng(8)
    plant = LoadedPlant(
        network=random_mesh(rng, sites=5, chords=1, spans_max=2).network, library=EQUIPMENT
    )
    state = load_light(plant, NetworkLoad())
    for step in range(14):
        load = state.load
        if load.wavelengths and rng.random() < 0.35:
            load = load.dropped(str(rng.choice(sorted(load.wavelengths))))
        else:
            a, z = rng.choice(5, 2, replace=False)
            new = order(
                f"w{step}",
                f"S{a}",
                f"S{z}",
                int(rng.integers(-60, 60)) * 4,
                power_offset_db=float(rng.uniform(-1.0, 1.0)),
            )
            try:
                load = network_load(plant, [new], onto=load)
            except InvalidDataError:  # its slot is taken
                continue
        state = relit(plant, state, load)
    fresh = load_light(plant, state.load)
    assert len(fresh.wavelengths) >= 4
    assert fresh.wavelengths.keys() == state.wavelengths.keys()
    for key, light in fresh.wavelengths.items():
        assert state.wavelengths[key].gsnr_db == light.gsnr_db


def test_a_wavelength_sees_what_propagation_of_the_same_channels_gives():
    plant = line_plant(sites="AB")
    orders = [
        order(f"w{n}", "A", "B", n, power_offset_db=0.1 * (n % 7)) for n in range(-32, 33, 16)
    ]
    light = load_light(plant, network_load(plant, orders))
    lit = next(iter(light.load.lines.values())).wavelengths
    channels = LitChannels(
        frequency_hz=np.array([one.slot.centre_ghz * 1e9 for one in lit]),
        symbol_rate_hz=np.full(len(lit), 64e9),
        slot_width_hz=np.full(len(lit), 100e9),
        power_w=np.full(len(lit), 1e-3),
        transmitter_osnr=np.full(len(lit), 10**3.8),
        launch_offset=10 ** (np.array([one.power_offset_db for one in lit]) / 10),
        roll_off=np.full(len(lit), 0.15),
        labels=("",) * len(lit),
    )
    expected = propagated(plant.network, EQUIPMENT, path=lit[0].path, spectrum=channels)
    for place, one in enumerate(lit):
        found = light.wavelengths[one.wavelength_id]
        assert found.is_exact
        assert found.gsnr_db == pytest.approx(expected.received.gsnr_db[place], abs=1e-9)
        assert found.gsnr_01nm_db == pytest.approx(expected.received.gsnr_01nm_db[place], abs=1e-9)
        assert found.margin_db is None


def test_dropping_what_was_lit_brings_everything_back():
    plant = line_plant()
    before = load_light(plant, network_load(plant, ORDERS))
    with_new = relit(
        plant, before, network_load(plant, [order("n", "A", "D", 96)], onto=before.load)
    )
    back = relit(plant, with_new, with_new.load.dropped("n"))
    assert {k: one.gsnr_db for k, one in back.wavelengths.items()} == {
        k: one.gsnr_db for k, one in before.wavelengths.items()
    }
    assert before.load.wavelengths.keys() == {one.wavelength_id for one in ORDERS}


def test_a_mode_gives_symbol_rate_noise_of_the_transmitter_and_margin():
    plant = line_plant(sites="AB")
    wide = order(
        "w", "A", "B", 0, symbol_rate_gbaud=None, transceiver_type_id="coherent", mode="800G"
    )
    light = load_light(plant, network_load(plant, [wide])).wavelengths["w"]
    assert light.wavelength.symbol_rate_gbaud == 90.0
    assert light.wavelength.tx_osnr_db == 37.0
    assert light.margin_db == pytest.approx(light.gsnr_01nm_db - 24.0)
    tight = replace(light.wavelength, required_osnr_db=light.gsnr_01nm_db + 1.0)
    load = NetworkLoad().lit(tight, over=tuple(plant.sections_of(tight)))
    before = load_light(plant, load)
    (change,) = wavelength_changes(before, before)
    assert change.is_lost
    assert change.change_db == 0.0


def test_the_same_slot_may_leave_a_site_by_two_degrees_but_not_twice_by_one():
    plant = line_plant(sites="ABC")
    load = network_load(plant, [order("west", "B", "A", 0), order("east", "B", "C", 0)])
    assert len(load.lines) == 2
    with pytest.raises(InvalidDataError, match=r"overlaps 'east'.*'roadm B'"):
        network_load(plant, [order("again", "B", "C", 7)], onto=load)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (order("w", "A", "Q", 0), "no element of the network"),
        (order("w", "A", "A", 0), "no way"),
        (order("w", "A", "B", 0, via=("roadm Q",)), "no element"),
        (order("w", "A", "B", 0, m=1), "at most its slot"),
        (replace(order("w", "A", "B", 0), from_id="roadm A"), "no transceiver"),
        (order("w", "A", "B", 0, transceiver_type_id="coherrent", mode="x"), "did you mean"),
        (order("w", "A", "B", 0, transceiver_type_id="coherent", mode="x"), "it has '800G'"),
    ],
)
def test_what_cannot_be_lit_says_why(wrong, told):
    with pytest.raises(InvalidDataError, match=told):
        network_load(line_plant(sites="AB"), [wrong])


def test_a_wavelength_outside_the_amplifiers_is_refused():
    plant = line_plant(sites="AB")
    load = network_load(plant, [order("w", "A", "B", 2_000)])
    with pytest.raises(InvalidDataError, match=r"THz"):
        load_light(plant, load)
    both = network_load(plant, [order("v", "A", "B", 0)], onto=load)
    with pytest.raises(InvalidDataError, match="does not pass 1 of the wavelengths"):
        load_light(plant, both)


def test_loads_are_values_that_refuse_nonsense():
    plant = line_plant(sites="AB")
    load = network_load(plant, [order("w", "A", "B", 0)])
    with pytest.raises(InvalidDataError, match="lit already"):
        network_load(plant, [order("w", "A", "B", 40)], onto=load)
    with pytest.raises(NotFoundError, match="Did you mean w"):
        load.dropped("W1")
    with pytest.raises(TypeError):
        load.lines["x"] = LineLoad()
    with pytest.raises(ValueError, match="given together"):
        order("w", "A", "B", 0, mode="800G")
    with pytest.raises(ValueError, match="symbol_rate_gbaud"):
        order("w", "A", "B", 0, symbol_rate_gbaud=None)
    one = LitWavelength(
        wavelength_id="a",
        path=("x", "y"),
        slot=FrequencySlot(n=0, m=4),
        symbol_rate_gbaud=30.0,
        tx_osnr_db=36.0,
    )
    with pytest.raises(RefusedError, match="overlaps"):
        LineLoad((one,)).lit(replace(one, wavelength_id="b", slot=FrequencySlot(n=3, m=4)))
    with pytest.raises(ValueError, match="twice"):
        replace(one, path=("x", "y", "x"))
