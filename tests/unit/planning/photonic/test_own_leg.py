"""What a computed leg needs where it begins."""

import numpy as np
import pytest

from karakoram.core.units import watt_from_dbm
from karakoram.planning.photonic.own_leg import leg_start
from karakoram.planning.photonic.propagation import propagated
from tests.support.photonic_mesh import LIBRARY, LIT, Mesh


@pytest.fixture(scope="module")
def mesh():
    grown = Mesh(np.random.default_rng(31))
    for name in "AB":
        grown.site(name)
    grown.section("A", "B", spans=1)
    return grown


def started(mesh, lit, *, first=0):
    path = ["trx A", "roadm A", "booster A-B", "fibre A-B 0"]
    inner = [key for key in mesh.elements if " A-B" in key and key not in path]
    path = [*path, *inner, "roadm B", "trx B"][first:]
    if first:
        path = ["trx A", *path]
    light = propagated(mesh.network, LIBRARY, path=path, spectrum=lit)
    return leg_start(mesh.network, LIBRARY, light=light, lit=lit), light


def sent(power_dbm):
    weak = np.full(LIT.power_w.shape, watt_from_dbm(power_dbm))
    return type(LIT)(
        **{name: getattr(LIT, name) for name in LIT.__slots__ if name != "power_w"},
        power_w=weak,
    )


def test_a_leg_needs_the_target_of_its_first_roadm(mesh):
    start, light = started(mesh, LIT)
    assert start.needed_dbm == pytest.approx(light.elements[1].channels.power_dbm.max())
    assert start.warnings == ()


def test_a_transmitter_too_weak_for_the_target_is_warned_of(mesh):
    strong, _ = started(mesh, LIT)
    start, _ = started(mesh, sent(strong.needed_dbm - 3.0))
    assert start.needed_dbm == pytest.approx(strong.needed_dbm)
    (warned,) = start.warnings
    assert warned.code == "below-target"
    assert "3.00 dB below" in warned.message


def test_a_leg_that_begins_without_a_roadm_holds_for_its_own_powers(mesh):
    lit = sent(-18.0)
    start, _ = started(mesh, lit, first=2)
    assert start.needed_dbm == pytest.approx(-18.0)
    assert [one.code for one in start.warnings] == ["begins-without-roadm"]
