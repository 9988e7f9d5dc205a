import pytest

from karakoram.core.grid import FrequencySlot


def test_the_grid_is_anchored_at_193_1_thz():
    assert FrequencySlot(n=0, m=1).centre_ghz == 193_100.0


@pytest.mark.parametrize(("n", "centre_ghz"), [(1, 193_106.25), (-8, 193_050.0), (480, 196_100.0)])
def test_the_centre_moves_in_steps_of_6_25_ghz(n, centre_ghz):
    assert FrequencySlot(n=n, m=1).centre_ghz == centre_ghz


@pytest.mark.parametrize(("m", "width_ghz"), [(1, 12.5), (4, 50.0), (6, 75.0), (12, 150.0)])
def test_the_width_grows_in_steps_of_12_5_ghz(m, width_ghz):
    assert FrequencySlot(n=0, m=m).width_ghz == width_ghz


@pytest.mark.parametrize("m", [0, -1])
def test_a_slot_without_width_is_refused(m):
    with pytest.raises(ValueError, match=f"must be >= 1, got {m}"):
        FrequencySlot(n=0, m=m)


def test_slots_that_touch_do_not_overlap():
    assert not FrequencySlot(n=0, m=4).overlaps(FrequencySlot(n=8, m=4))


def test_slots_that_share_6_25_ghz_overlap():
    assert FrequencySlot(n=0, m=4).overlaps(FrequencySlot(n=7, m=4))


def test_a_slot_overlaps_one_that_lies_inside_it():
    assert FrequencySlot(n=0, m=16).overlaps(FrequencySlot(n=3, m=1))


def test_slots_are_ordered_by_frequency():
    assert min(FrequencySlot(n=8, m=1), FrequencySlot(n=-8, m=9)).n == -8
