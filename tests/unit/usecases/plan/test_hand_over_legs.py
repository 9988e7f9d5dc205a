"""Legs of one's own and of partners are put together, told, or refused with every finding."""

from datetime import date

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.provenance import Confidence
from karakoram.usecases.plan.hand_over_ports import BudgetSource, BudgetTarget
from karakoram.usecases.plan.leg_words import LegWord, own_legs
from tests.support.budgets import (
    SOURCES,
    GivenBudget,
    KeptBudget,
    band,
    budget,
    corridor_answer,
    corridor_prepared_once,
    joint,
    tell,
)

WET = "corridor:CLS-CYB..ZAF"


def refusals(*legs, **words):
    with pytest.raises(InvalidDataError) as refused:
        joint(*legs, **words)
    return {(one.code, one.place.file, one.place.field): one for one in refused.value.findings}


def test_a_partners_leg_adds_its_noise_its_dispersion_and_its_time():
    alone, both = joint(WET), joint(WET, budget())
    assert both.lit.frequency_hz.size == alone.lit.frequency_hz.size == 30
    told = 10 ** (np.where(both.lit.frequency_hz < 193.7e12, 20.0, 21.0) / 10.0)
    np.testing.assert_allclose(
        1.0 + 1.0 / both.joint.whole.gsnr,
        (1.0 + 1.0 / alone.joint.whole.gsnr) * (1.0 + 1.0 / told),
        rtol=1e-12,
    )
    grown = both.joint.whole.dispersion_s_per_m - alone.joint.whole.dispersion_s_per_m
    np.testing.assert_allclose(grown, 10.0)
    assert both.joint.whole.latency_s - alone.joint.whole.latency_s == pytest.approx(2.5e-3)
    np.testing.assert_allclose(both.joint.whole.pdl_db, 0.5)
    assert [leg.is_computed for leg in both.legs] == [True, False]


def test_the_whole_is_told_with_the_ends_powers_and_trust_of_its_legs():
    target = KeptBudget()
    found = joint(WET, budget(is_full_load=False), target=target, tell=tell(bands=3))
    told = target.kept
    assert told is found.told
    assert (told.operator_id, told.from_site_id, told.to_site_id) == ("NOR", "CLS-CYB", "ATL")
    assert told.output_power_dbm == -14.0
    assert told.input_power_dbm == found.legs[0].budget.input_power_dbm
    assert told.provenance.confidence is Confidence.ASSUMED
    assert not told.is_full_load
    assert len(told.bands) == 3
    assert {one.code for one in found.warnings} == {"not-full-load", "channels-missing"}
    renamed = joint(
        budget(), tell=tell(from_site="X", to_site="Y", input_power_dbm=-3.0, source="us")
    ).told
    assert (renamed.from_site_id, renamed.to_site_id, renamed.input_power_dbm) == ("X", "Y", -3.0)
    assert renamed.provenance.source == "us"
    assert renamed.provenance.confidence is Confidence.DERIVED


def test_channels_that_a_leg_says_nothing_of_are_left_out_and_told():
    found = joint(WET, budget(bands=(band(191.2, 193.7),)))
    assert found.lit.frequency_hz.size == 15
    assert found.lit.frequency_hz.max() < 193.7e12
    assert len(found.missing_thz) == 32 - 15
    missing = [one for one in found.warnings if one.code == "channels-missing"]
    assert [one.place.file for one in missing] == [None, "partner.json"]
    assert all(one.severity is Severity.WARNING for one in missing)


def test_nothing_in_common_is_refused():
    found = refusals(WET, budget(bands=(band(186.0, 187.0),)))
    assert ("channels-missing", "partner.json", "bands") in found
    assert all(one.severity is Severity.ERROR for one in found.values())


@pytest.mark.parametrize(
    ("figures", "code", "field"),
    [
        ({"from_site_id": "SUZ"}, "not-joined", "to_site_id"),
        ({"input_power_dbm": -10.0}, "too-weak", "output_power_dbm"),
    ],
)
def test_legs_that_do_not_join_in_place_and_power_are_refused(figures, code, field):
    # The culprit is the leg before, which is computed and in no file.
    assert list(refusals(WET, budget(**figures))) == [(code, None, field)]


def test_an_expired_budget_is_refused_with_its_file():
    found = refusals(WET, budget(valid_until=date(2020, 1, 1)))
    assert list(found) == [("expired", "partner.json", "valid_until")]


def test_all_files_are_judged_before_anything_is_computed():
    broken = InvalidDataError((Finding(code="x", place=Place(table="t"), message="m"),))
    with pytest.raises(InvalidDataError) as refused:
        joint(broken, broken)
    assert len(refused.value.findings) == 2


@pytest.mark.parametrize(
    ("legs", "words", "field"),
    [
        ((), {}, "leg"),
        (("elsewhere",), {}, "leg"),
        (("corridor:CLS-CYB..nowhere",), {}, "leg"),
        (("corridor:ZAF..ZAF",), {}, "leg"),
        (("gnpy:A..B",), {}, "gnpy_network"),
        ((WET,), {"spacing": "33"}, "spacing"),
        ((WET,), {"tell": tell(bands=0)}, "bands"),
        ((WET,), {"tell": tell(input_power_dbm=999.0)}, "input_power_dbm"),
        ((WET,), {"tell": tell(valid_until=date(2020, 1, 1))}, "valid_until"),
        ((WET,), {"tell": tell(to_site="CLS-CYB")}, "to_site"),
    ],
)
def test_words_that_mean_nothing_are_refused(legs, words, field):
    assert {place for _, _, place in refusals(*legs, **words)} == {field}


def test_the_sites_of_a_computed_leg_can_be_named_for_a_partner():
    word = LegWord(word="corridor:CLS-CYB..ZAF=SEA..SAND")
    with corridor_prepared_once():
        (leg,) = own_legs([word], sources=SOURCES, spacing="100").legs
    assert (leg.from_site_id, leg.to_site_id) == ("SEA", "SAND")


def test_a_noiseless_transmitter_leaves_the_receiver_what_the_legs_left():
    found = corridor_answer()
    assert (found.joint.snr < found.joint.whole.gsnr).all()


def test_files_and_stand_ins_play_the_parts_that_a_hand_over_needs():
    assert isinstance(GivenBudget(budget()), BudgetSource)
    assert isinstance(KeptBudget(), BudgetTarget)
