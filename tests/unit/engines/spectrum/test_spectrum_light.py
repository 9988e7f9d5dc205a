"""Light on one section, small enough to follow by hand."""

import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import CandidatePaths, Outcome
from karakoram.engines.spectrum.light import Light
from karakoram.engines.spectrum.lit_noise import Channel, disturbance, own_disturbance
from karakoram.engines.spectrum.lit_provision import noise_of, provision_lit
from karakoram.engines.spectrum.lit_state import dark_light
from karakoram.engines.spectrum.occupancy import dark_state
from karakoram.engines.spectrum.provision import Requests

SLOTS, BEND_S2, WIDTH_HZ = 8, 4e-21, 12.5e9


def light(**given):
    return Light(
        **{
            "ase": np.array([0.01]),
            "interference": np.array([0.002]),
            "bend_s2": BEND_S2,
            "snr_needed": np.array([20.0, 2.0]),
            "width": np.array([[3], [5]]),
            "guard_slots": 1,
            "slot_count": SLOTS,
            **given,
        }
    )


def one_section():
    return CandidatePaths(
        path_begin=np.array([0, 1], dtype=np.int32),
        segment_begin=np.array([0, 1], dtype=np.int32),
        hop_begin=np.array([0, 1], dtype=np.int32),
        section=np.array([0], dtype=np.int32),
        width=np.array([[3]], dtype=np.int16),
        section_count=1,
    )


def served(count, **given):
    paths = one_section()
    start = dark_light(dark_state(paths, usable=np.ones((1, SLOTS), dtype=np.bool_)), paths)
    requests = Requests(
        arrives_at=np.arange(count, dtype=np.float64),
        holds_for=np.full(count, 100.0),
        pair=np.zeros(count, dtype=np.int32),
        bit_rate=np.zeros(count, dtype=np.int32),
    )
    return provision_lit(start, requests, paths=paths, light=light(**given))


def arc(slots, offset):
    """asinh(k R x) for a channel so many slots wide, at so many slots from its middle."""
    return np.arcsinh(BEND_S2 * slots * WIDTH_HZ * offset * WIDTH_HZ)


def test_a_channel_is_disturbed_by_its_neighbour_and_half_as_much_by_itself():
    arcs = light().columns.arcs
    left, right = Channel(0, 1, 0, 2), Channel(0, 1, 3, 2)
    assert disturbance(arcs, left, right) == pytest.approx(arc(2, 4) - arc(2, 2))
    assert disturbance(arcs, right, left) == pytest.approx(disturbance(arcs, left, right))
    assert own_disturbance(arcs, left) == pytest.approx(arc(2, 1))


def test_two_channels_have_the_noise_of_both():
    done = served(2)
    assert done.outcomes.first_slot.tolist() == [0, 3]
    noise = 0.01 + 0.002 * (arc(2, 1) + arc(2, 4) - arc(2, 2))
    assert noise_of(done.state) == pytest.approx([noise, noise])


def test_where_light_does_not_reach_a_sturdier_modulation_or_none_is_taken():
    sturdy = served(1, snr_needed=np.array([200.0, 2.0]))
    assert sturdy.state.light.channel[0, 1] == 4, "lit slots of the second modulation"
    none = served(1, snr_needed=np.array([200.0, 150.0]))
    assert none.outcomes.outcome.tolist() == [Outcome.NO_LIGHT]


def test_a_new_channel_is_refused_where_one_already_lit_would_not_bear_it():
    alone = 0.01 + 0.002 * arc(2, 1)
    just = served(2, snr_needed=np.array([1.0 / (alone * (1.0 + 1e-6)), 0.1]))
    assert just.outcomes.outcome.tolist() == [Outcome.CARRIED, Outcome.NO_LIGHT]
    full = served(3)
    assert full.outcomes.outcome.tolist() == [0, 0, Outcome.NO_SPECTRUM]


def test_channels_narrower_than_the_paths_say_are_refused_for_there_would_be_no_room():
    with pytest.raises(ValueError, match="there may be more of them than there is room for"):
        served(1, width=np.array([[2], [5]]))
