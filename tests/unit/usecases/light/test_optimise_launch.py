"""A question about launch powers in words is understood and answered."""

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.planning.section_launch import BandPlan, LaunchAim
from tests.support.launches import launch_answer, wide_answer


def test_words_become_a_section_a_band_and_an_aim():
    wide = wide_answer()
    (oms,) = wide.launch.batch.oms
    assert (oms.a_site_id, oms.z_site_id) == ("BBS", "CHL")
    assert (wide.band, wide.aim, wide.spacing_ghz) == (BandPlan.C_AND_L, LaunchAim.SHANNON, 150.0)
    assert wide.mean_gain_db[0] > 0.0


def test_the_worst_channel_never_loses_where_it_is_the_goal():
    found = launch_answer(section="AKS-KRL")
    assert found.gain_db[0] > 1.0
    assert found.launch.batch.bands is None


def test_every_word_without_meaning_is_told_at_once():
    with pytest.raises(InvalidDataError) as refused:
        launch_answer(section="A-B", band="S", goal="fun", spacing="wide")
    assert {finding.place.field for finding in refused.value.findings} == {
        *("section", "band", "goal", "spacing")
    }
