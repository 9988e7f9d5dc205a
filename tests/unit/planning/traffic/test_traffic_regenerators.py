"""Regenerators under real light: where they cut, what they carry, and noise from nothing."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.lit_provision import noise_of
from karakoram.engines.spectrum.lit_state import FIRST, MODULATION, WIDTH
from karakoram.engines.spectrum.occupancy import DARK
from karakoram.planning.traffic.regenerators import full_log_noise, regenerated
from karakoram.usecases.simulate.traffic_question import LightWords
from tests.support.traffic_answers import asked
from tests.unit.planning.traffic.test_traffic_light import case_of, light_of, requests_of, served

GAP = {"snr_gap_db": 9.0}


def cut_case(requests=3_000, regenerators_max=2):
    case, light = case_of(requests), light_of(**GAP)
    return case, light, regenerated(case.candidates, light, regenerators_max=regenerators_max)


def test_every_path_comes_first_as_it_is_then_with_more_regenerators_at_the_best_sites():
    case, light, cut = cut_case()
    noise, place = full_log_noise(light), 0
    assert cut.pair_count == case.candidates.pair_count
    for path in range(case.candidates.path_count):
        hops = case.candidates.sections_of(path)
        for count in range(min(2, len(hops) - 1) + 1):
            assert cut.sections_of(place) == hops
            begin, end = cut.segment_begin[place : place + 2]
            assert end - begin == count + 1
            worst = max(
                noise[cut.section[cut.hop_begin[one] : cut.hop_begin[one + 1]]].sum()
                for one in range(begin, end)
            )
            best = min(
                max(noise[list(hops[a:z])].sum() for a, z in pairwise((0, *sites, len(hops))))
                for sites in combinations(range(1, len(hops)), count)
            )
            assert worst == pytest.approx(best)
            place += 1
    assert place == cut.path_count
    with pytest.raises(ValueError, match="not cut again"):
        regenerated(cut, light, regenerators_max=1)


def test_each_segment_has_slots_and_noise_of_its_own_and_everybody_bears_it():
    case, light, cut = cut_case()
    done = served(replace_candidates(case, cut), light, requests_of(case))
    channel, lit_path = done.state.light.channel, done.state.spectrum.occupancy.lit_path
    most = cut.segments_max
    width_hz, lit = 12.5e9, []
    for number in np.flatnonzero(lit_path != DARK):
        begin, end = cut.segment_begin[lit_path[number] : lit_path[number] + 2]
        for segment in range(begin, end):
            row = number * most + segment - begin
            lit.append((row, cut.section[cut.hop_begin[segment] : cut.hop_begin[segment + 1]]))
    assert len(lit) > (lit_path != DARK).sum(), "some are regenerated"
    assert sorted(row for row, _ in lit) == np.flatnonzero(channel[:, WIDTH]).tolist()
    sums = {}
    for row, hops in lit:
        first, slots = channel[row, FIRST], channel[row, WIDTH]
        total = 0.0
        for section in hops:
            noise = 0.0
            for other, theirs in lit:
                if section in theirs:
                    ends = channel[other, FIRST] + np.array([0, channel[other, WIDTH]])
                    turns = light.bend_s2 * slots * width_hz**2 * (ends - first - slots / 2.0)
                    noise += np.diff(np.arcsinh(turns))[0] * (0.5 if other == row else 1.0)
            total += np.log1p(light.ase[section] + light.interference[section] * noise)
        sums[row] = total
        borne = np.log1p(1.0 / light.snr_needed[channel[row, MODULATION]])
        assert total <= borne * (1.0 + 1e-9)
    expected = [sums[row] for row in sorted(sums)]
    np.testing.assert_allclose(np.log1p(noise_of(done.state)), expected, rtol=1e-9)


def test_regenerators_carry_what_light_alone_does_not_and_are_counted():
    def answer(most):
        light = LightWords(is_lit=True, efficiencies=(4.0,), regenerators_max=most)
        question = {"loads_erlang": (100.0,), "requests": 6_000, "truncate": None, "k": 2}
        figures = asked(light=light, **question).loads[0].figures
        return dict(figures.by_cause)[Outcome.NO_LIGHT].value, figures.regenerators

    none, one, two = answer(0), answer(1), answer(2)
    assert none[0] > 2.0 * one[0] > 4.0 * two[0]
    assert none[1] == 0 < one[1] < two[1]


def test_when_all_have_gone_nothing_is_left_of_what_was_rolled_back():
    case, light, cut = cut_case(600)
    requests = requests_of(case)
    first = served(replace_candidates(case, cut), light, requests)
    late = requests._replace(arrives_at=requests.arrives_at[-1:] + 1e6)
    late = late._replace(**{name: getattr(late, name)[-1:] for name in late._fields})
    left = served(replace_candidates(case, cut), light, late, state=first.state)
    lit = left.state.light
    assert left.state.spectrum.lit_count == lit.member_count.max() == 1
    assert (lit.channel[:, WIDTH] > 0).sum() <= 3


def replace_candidates(case, candidates):
    return replace(case, candidates=candidates)
