"""Do legs that are told, not shown, make the path that they are?"""

import itertools
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Severity
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.photonic.noise_budget import BudgetBand, NoiseBudget, chain_findings
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.planning.photonic.hand_over import (
    HandOver,
    budget_of_light,
    joint_path,
    leg_of_light,
)
from karakoram.planning.photonic.propagation import propagated
from tests.support.photonic_mesh import LIBRARY, LIT, Mesh

TODAY = date(2026, 11, 22)
SOURCE = Provenance(
    source="a partner", source_date="2026-11", confidence=Confidence.STATED, note=""
)


def told(a, z):
    return HandOver(
        operator_id="OP",
        from_site_id=a,
        to_site_id=z,
        input_power_dbm=-30.0,
        valid_until=date(2027, 1, 1),
        provenance=SOURCE,
    )


@pytest.fixture(scope="module")
def light():
    """A path A to C over B, and its two legs alone, each from a ROADM's target."""
    mesh = Mesh(np.random.default_rng(31))
    for name in "ABC":
        mesh.site(name)
    mesh.section("A", "B", spans=2)
    mesh.section("B", "C", spans=3)
    ways = {"AC": ("A", "B", "C"), "AB": ("A", "B"), "BC": ("B", "C")}

    def path(sites):
        ids = [f"trx {sites[0]}"]
        for a, z in itertools.pairwise(sites):
            inner = [key for key in mesh.elements if f" {a}-{z}" in key]
            ids += [f"roadm {a}", *in_order(mesh, f"roadm {a}", set(inner))]
        return (*ids, f"roadm {sites[-1]}", f"trx {sites[-1]}")

    return {
        name: propagated(mesh.network, LIBRARY, path=path(sites), spectrum=LIT)
        for name, sites in ways.items()
    }


def in_order(mesh, start, inner):
    following = {one.from_id: one.to_id for one in mesh.connections if one.to_id in inner}
    here, found = start, []
    while here in following:
        here = following[here]
        found.append(here)
    return found


def test_two_computed_legs_put_together_are_the_whole_path_but_for_its_middle_roadm(light):
    legs = [leg_of_light(light[name]) for name in ("AB", "BC")]
    joint = joint_path((), lit=LIT, on_day=TODAY, computed=legs)
    whole = light["AC"].elements[-1].channels
    np.testing.assert_allclose(10 * np.log10(joint.whole.gsnr), whole.gsnr_db, atol=1e-9)
    np.testing.assert_allclose(joint.whole.dispersion_s_per_m * 1e3, whole.cd_ps_per_nm, rtol=1e-9)
    assert joint.whole.latency_s * 1e3 == pytest.approx(light["AC"].latency_ms)
    # Each leg alone drops and adds at B, where the whole path passes once.
    assert (joint.whole.pmd_s * 1e12 >= whole.pmd_ps - 1e-12).all()
    transmitter = 10 ** (LIBRARY.spectra["default"].tx_osnr_db / 10)
    np.testing.assert_allclose(
        1.0 / joint.snr, 1.0 / joint.whole.gsnr + 64.0 / 12.5 / transmitter, rtol=1e-12
    )


@pytest.mark.parametrize("bands", [1, 3, LIT.frequency_hz.size])
def test_a_told_leg_never_promises_more_than_the_computed_one(light, bands):
    budgets = [
        budget_of_light(light["AB"], LIT, told=told("A", "B"), band_count=bands),
        budget_of_light(light["BC"], LIT, told=told("B", "C"), band_count=bands),
    ]
    joint = joint_path(budgets, lit=LIT, on_day=TODAY)
    whole_db = light["AC"].elements[-1].channels.gsnr_db
    joint_db = 10 * np.log10(joint.whole.gsnr)
    assert (joint_db <= whole_db + 1e-9).all()
    if bands == LIT.frequency_hz.size:
        np.testing.assert_allclose(joint_db, whole_db, atol=1e-9)
    assert not joint.warnings


def test_a_told_leg_goes_together_with_a_computed_one(light):
    budget = budget_of_light(
        light["AB"], LIT, told=told("A", "B"), band_count=LIT.frequency_hz.size
    )
    joint = joint_path([budget], lit=LIT, on_day=TODAY, computed=[leg_of_light(light["BC"])])
    np.testing.assert_allclose(
        10 * np.log10(joint.whole.gsnr), light["AC"].elements[-1].channels.gsnr_db, atol=1e-9
    )


def budget(a="A", z="B", **more):
    values = {
        "operator_id": "OP",
        "from_site_id": a,
        "to_site_id": z,
        "bands": (
            BudgetBand(
                band=FrequencyBand(lower_thz=191.0, upper_thz=193.5),
                gsnr_db=22.0,
                cd_ps_per_nm=1e4,
            ),
            BudgetBand(
                band=FrequencyBand(lower_thz=193.5, upper_thz=196.5),
                gsnr_db=21.0,
                cd_ps_per_nm=1e4,
            ),
        ),
        "pmd_ps": 1.0,
        "pdl_db": 1.0,
        "latency_ms": 3.0,
        "symbol_rate_gbaud": 64.0,
        "input_power_dbm": -20.0,
        "output_power_dbm": -10.0,
        "is_full_load": True,
        "valid_until": date(2027, 1, 1),
        "provenance": SOURCE,
    }
    return NoiseBudget(**{**values, **more})


def codes(budgets, *, slots=((193.0, 193.1),), on_day=TODAY):
    return [one.code for one in chain_findings(budgets, slots_thz=slots, on_day=on_day)]


def test_sound_legs_that_meet_have_no_findings():
    assert codes([budget(), budget("B", "C")]) == []


def test_everything_that_keeps_legs_apart_is_found():
    assert codes([budget()], on_day=date(2027, 1, 2)) == ["expired"]
    assert codes([budget()], slots=((196.4, 196.6),)) == ["not-covered"]
    assert codes([budget()], slots=((193.45, 193.55),)) == ["not-covered"]
    assert codes([budget(), budget("D", "C")]) == ["not-joined"]
    assert codes([budget(output_power_dbm=-20.1), budget("B", "C")]) == ["too-weak"]
    assert codes([budget(is_full_load=False)]) == ["not-full-load"]
    (warned,) = chain_findings([budget(is_full_load=False)], slots_thz=(), on_day=TODAY)
    assert warned.severity is Severity.WARNING


def test_powers_are_compared_at_one_density():
    narrow = budget(symbol_rate_gbaud=32.0, output_power_dbm=-22.0)
    wide = budget("B", "C", symbol_rate_gbaud=64.0, input_power_dbm=-19.5)
    assert codes([narrow, wide]) == []
    assert codes([replace(narrow, output_power_dbm=-22.6), wide]) == ["too-weak"]


def test_errors_are_refused_before_anything_is_put_together():
    with pytest.raises(InvalidDataError, match="ask for more bands"):
        joint_path([budget(bands=budget().bands[:1])], lit=LIT, on_day=TODAY)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"bands": ()}, "at least one band"),
        ({"bands": tuple(reversed(budget().bands))}, "must rise"),
        ({"to_site_id": "A"}, "two sites"),
        ({"pmd_ps": -1.0}, "pmd_ps"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(wrong, word):
    with pytest.raises(ValueError, match=word):
        budget(**wrong)


def test_a_band_has_a_width_and_a_gsnr_that_can_be():
    with pytest.raises(ValueError, match="wider"):
        BudgetBand(
            band=FrequencyBand(lower_thz=193.0, upper_thz=193.0), gsnr_db=20.0, cd_ps_per_nm=0.0
        )
    with pytest.raises(ValueError, match="gsnr_db"):
        BudgetBand(
            band=FrequencyBand(lower_thz=193.0, upper_thz=194.0), gsnr_db=-1.0, cd_ps_per_nm=0.0
        )
