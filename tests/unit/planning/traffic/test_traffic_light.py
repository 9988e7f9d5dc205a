"""Requests under the light that is really there, against noise added up from nothing."""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.adapters.formats.topologies.library import packaged_topology
from karakoram.adapters.workers.pieces import random_sources
from karakoram.core.grid import ANCHOR_GHZ, WIDTH_STEP_GHZ
from karakoram.engines.optics.fibre import dispersion_s_per_m2, group_velocity_dispersion_s2_per_m
from karakoram.engines.optics.gn import effective_length_m, interference_kernel
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.spectrum import lit_noise, lit_provision
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.lit_provision import noise_of, provision_lit
from karakoram.engines.spectrum.lit_state import FIRST, MODULATION, WIDTH, dark_light
from karakoram.engines.spectrum.occupancy import DARK, dark_state
from karakoram.engines.spectrum.provision import Requests
from karakoram.engines.traffic import ExponentialHolding, RequestLaw, batch_plan, weighted_choice
from karakoram.planning.traffic.case import Heuristic, TrafficCase
from karakoram.planning.traffic.light import LightFigures, topology_light
from karakoram.planning.traffic.lit_simulation import lit_run
from karakoram.planning.traffic.paths import PathChoice, PathPreference, traffic_paths
from karakoram.planning.traffic.simulation import chunks_of
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from tests.support.interpreted import interpreted

BIT_RATES = (50.0, 100.0)
SLOTS = 40
ANY_LENGTH = (ReachStep(reach_km=np.inf, bit_per_s_per_hz=4.0),)


def nsfnet():
    return packaged_topology("nsfnet-deeprmsa")


def case_of(requests, *, segment_km=np.inf):
    rule = SlotRule(reach_table=ANY_LENGTH, bit_rates_gbps=BIT_RATES)
    choice = PathChoice(k=3, order=PathPreference.LENGTH, slot_rule=rule, segment_km_max=segment_km)
    paths = traffic_paths(nsfnet(), choice)
    law = RequestLaw(
        load_erlang=150.0,
        holding=ExponentialHolding(),
        pairs=weighted_choice(np.ones(len(paths.pairs))),
        bit_rates=weighted_choice(np.ones(len(BIT_RATES))),
    )
    return TrafficCase(
        candidates=paths.candidates,
        usable=np.ones((paths.candidates.section_count, SLOTS), dtype=np.bool_),
        heuristic=Heuristic.KSP_FF,
        law=law,
        bit_rate_gbps=np.array(BIT_RATES),
        plan=batch_plan(requests=requests, warm_up=500, offered_erlang=law.offered_erlang),
        requests=requests,
    )


def light_of(**given):
    return topology_light(
        nsfnet(), slot_count=SLOTS, bit_rates_gbps=BIT_RATES, figures=LightFigures(**given)
    )


def requests_of(case, seed=1):
    (chunk,) = chunks_of(case, random_sources(seed=seed, run=0))
    return Requests(*chunk)


def served(case, light, requests, state=None):
    start = dark_light(dark_state(case.candidates, usable=case.usable), case.candidates)
    return provision_lit(state or start, requests, paths=case.candidates, light=light)


def log_noise_from_nothing(case, light, state):
    """Of every connection that is lit, by the formula alone, and what its receiver bears."""
    lit_path, channel = state.spectrum.occupancy.lit_path, state.light.channel
    lit = np.flatnonzero(lit_path != DARK)
    paths = case.candidates
    hops = {one: paths.sections_of(int(lit_path[one])) for one in lit}
    width_hz = WIDTH_STEP_GHZ * 1e9
    sums, borne = [], []
    for one in lit:
        first, lit_slots = channel[one, FIRST], channel[one, WIDTH]
        middle, total = first + lit_slots / 2.0, 0.0
        for section in hops[one]:
            noise = 0.0
            for other in lit:
                if section in hops[other]:
                    ends = channel[other, FIRST] + np.array([0, channel[other, WIDTH]])
                    turns = light.bend_s2 * lit_slots * width_hz**2 * (ends - middle)
                    noise += np.diff(np.arcsinh(turns))[0] * (0.5 if other == one else 1.0)
            total += np.log1p(light.ase[section] + light.interference[section] * noise)
        sums.append(total)
        borne.append(np.log1p(1.0 / light.snr_needed[channel[one, MODULATION]]))
    return np.array(sums), np.array(borne)


def test_noise_kept_up_to_date_is_noise_from_nothing_and_everybody_bears_it():
    case, light = case_of(4_000), light_of(snr_gap_db=6.0)
    done = served(case, light, requests_of(case))
    sums, borne = log_noise_from_nothing(case, light, done.state)
    assert sums.size > 50
    np.testing.assert_allclose(np.log1p(noise_of(done.state)), sums, rtol=1e-9)
    assert (sums <= borne * (1.0 + 1e-9)).all()
    assert (done.outcomes.outcome == Outcome.NO_LIGHT).any()
    assert len(set(done.state.light.channel[:, MODULATION])) > 1, "several modulations are used"


def test_a_history_may_be_cut_anywhere():
    case, light = case_of(1_500), light_of(snr_gap_db=6.0)
    requests = requests_of(case)
    whole = served(case, light, requests)
    first = served(case, light, Requests(*(column[:700] for column in requests)))
    second = served(
        case, light, Requests(*(column[700:] for column in requests)), state=first.state
    )
    both = np.concatenate([first.outcomes.outcome, second.outcomes.outcome])
    assert both.tolist() == whole.outcomes.outcome.tolist()
    assert noise_of(second.state).tolist() == noise_of(whole.state).tolist()


def test_the_loops_do_what_their_python_does():
    case, light = case_of(600), light_of(snr_gap_db=6.0)
    requests = Requests(*(column[:60] for column in requests_of(case)))
    compiled = served(case, light, requests)
    on_bits = {name: getattr(lit_provision, name) for name in ("occupy", "vacate", "fitting_slot")}
    with interpreted(lit_noise, lit_provision), pytest.MonkeyPatch.context() as patch:
        for name, loop in on_bits.items():
            patch.setattr(lit_provision, name, loop)
        python = served(case, light, requests)
    assert compiled.outcomes.first_slot.tolist() == python.outcomes.first_slot.tolist()
    assert noise_of(compiled.state) == pytest.approx(noise_of(python.state), rel=1e-12)


def test_who_needs_more_is_refused_more_and_who_needs_too_much_always():
    case = case_of(3_000)
    refused = []
    for gap_db in (3.0, 9.0, 40.0):
        run = lit_run(
            replace(case, light=light_of(snr_gap_db=gap_db)), random_sources(seed=2, run=0)
        )
        refused.append(
            1.0 - run.tally.outcomes[:, Outcome.CARRIED].sum() / run.tally.outcomes.sum()
        )
    assert refused[0] < refused[1] < refused[2] == 1.0


def test_interference_is_that_of_the_model_of_light_channel_by_channel():
    light = light_of(span_km_max=100.0)
    columns = light.columns
    places = ((0, 3), (5, 4), (20, 2), (30, 8))  # first slot, lit slots
    width_hz = WIDTH_STEP_GHZ * 1e9
    lowest_hz = ANCHOR_GHZ * 1e9 - SLOTS / 2 * width_hz
    rate_hz = np.array([slots * width_hz for _, slots in places])
    comb = Comb(
        frequency_hz=np.array([lowest_hz + (at + n / 2) * width_hz for at, n in places]),
        symbol_rate_hz=rate_hz,
        launch_power_w=rate_hz,  # one watt in a hertz everywhere
    )
    attenuation = np.array([0.22 / 1e3 * np.log(10.0) / 10.0])
    kernel = interference_kernel(
        comb=comb,
        attenuation_per_m=attenuation,
        beta2_s2_per_m=group_velocity_dispersion_s2_per_m(
            dispersion_s_per_m2=dispersion_s_per_m2(
                reference_s_per_m2=np.array(16.7e-6),
                slope_s_per_m3=np.array(np.nan),
                frequency_hz=comb.frequency_hz,
            ),
            frequency_hz=comb.frequency_hz,
        ),
        reference_area_m2=83e-12,
    )
    length_m = effective_length_m(attenuation_per_m=attenuation, length_m=np.array([100e3]))
    theirs = kernel @ (length_m * rate_hz) ** 2
    channels = [lit_noise.Channel(0, 0, at, n) for at, n in places]
    ours = [
        sum(lit_noise.disturbance(columns.arcs, on, by) for by in channels if by != on)
        + lit_noise.own_disturbance(columns.arcs, on)
        for on in channels
    ]
    # One figure of dispersion and of the Kerr effect for the whole band, so alike and not equal.
    shape = np.array(ours) / theirs
    assert shape / shape.mean() == pytest.approx(np.ones(4), rel=0.01)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ase": np.full(44, np.nan)}, "ase must be finite"),
        ({"bend_s2": 0.0}, "bend_s2 must be > 0"),
        ({"snr_needed": np.zeros(4)}, "must be > 0"),
        ({"width": np.array([[3, 3], [2, 2], [4, 4], [5, 5]])}, "fewer slots come first"),
        ({"width": np.ones((4, 2), dtype=np.int64)}, "more than its 1 guard"),
    ],
)
def test_light_that_cannot_be_is_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        replace(light_of(), **changed)


def test_light_of_another_network_is_refused():
    case = case_of(600)
    requests = requests_of(case)
    with pytest.raises(ValueError, match="light is wanted for 44 sections and 2 bit rates"):
        served(case, replace(light_of(), ase=np.ones(3), interference=np.ones(3)), requests)
