"""Laws of the design of lines."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.network.photonic.amplifiers import FixedNoise
from karakoram.network.photonic.elements import Amplifier, Fibre, Roadm
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.planning.photonic.design import designed_network
from tests.support.line_designs import SPAN, fibre, kind, library, line

FEW = settings(max_examples=12, deadline=None)
WIDE = kind(
    "wide",
    noise=FixedNoise(noise_figure_db=5.0),
    gain_min_db=5.0,
    gain_flatmax_db=60.0,
    output_power_dbm_max=30.0,
)
KINDS = (kind("low", gain_min_db=8.0, gain_flatmax_db=16.0), kind("plain"))
LENGTHS = st.lists(st.floats(1.0, 300.0), min_size=1, max_size=4)
NO_REPAIRS = dataclasses.replace(SPAN, end_of_life_db=0.0)


def line_of(lengths_km):
    return line(*(fibre(f"f{number}", km) for number, km in enumerate(lengths_km)))


def settings_of(designed):
    return {
        key: (one.amplifier_type_id, one.settings)
        for key, one in designed.network.elements.items()
        if isinstance(one, Amplifier)
    }


@FEW
@given(LENGTHS)
def test_glass_is_neither_lost_nor_made(lengths_km):
    designed = designed_network(line_of(lengths_km), library(*KINDS))
    glass = [e.length_km for e in designed.network.elements.values() if isinstance(e, Fibre)]
    assert abs(sum(glass) - sum(lengths_km)) < 1e-9 * sum(lengths_km)
    assert abs(designed.sections[0].length_km - sum(lengths_km)) < 1e-9 * sum(lengths_km)


@FEW
@given(LENGTHS)
def test_where_types_reach_every_span_is_launched_as_wanted(lengths_km):
    designed = designed_network(line_of(lengths_km), library(WIDE))
    power_dbm = -20.0
    elements = list(designed.network.elements.values())
    for element in elements[elements.index(designed.network.elements["A"]) + 1 :]:
        match element:
            case Amplifier():
                power_dbm += element.settings.gain_db - element.settings.output_voa_db
                assert abs(power_dbm - element.settings.launch_offset_db) < 1e-9
            case Fibre():
                power_dbm -= element.length_km * 0.2 + element.padding_db
                power_dbm -= element.connector_in_db + element.connector_out_db
            case Roadm():
                break


@FEW
@given(LENGTHS, st.randoms(use_true_random=False))
def test_the_order_of_elements_does_not_matter(lengths_km, random):
    network = line_of(lengths_km)
    keys = list(network.elements)
    random.shuffle(keys)
    shuffled = PhotonicNetwork(
        elements={key: network.elements[key] for key in keys}, connections=network.connections
    )
    kinds = library(*KINDS)
    assert settings_of(designed_network(network, kinds)) == settings_of(
        designed_network(shuffled, kinds)
    )


@FEW
@given(LENGTHS, LENGTHS)
def test_lines_do_not_know_of_each_other(one, other):
    kinds = library(*KINDS)
    first, second = line_of(one), line_of(other)
    renamed = {
        key: dataclasses.replace(element, element_id=f"other {key}")
        for key, element in second.elements.items()
    }
    both = PhotonicNetwork(
        elements={**first.elements, **{e.element_id: e for e in renamed.values()}},
        connections=(
            *first.connections,
            *(
                dataclasses.replace(c, from_id=f"other {c.from_id}", to_id=f"other {c.to_id}")
                for c in second.connections
            ),
        ),
    )
    together = settings_of(designed_network(both, kinds))
    alone = settings_of(designed_network(first, kinds))
    assert {key: together[key] for key in alone} == alone


@FEW
@given(LENGTHS)
def test_a_designed_network_is_designed_as_it_is(lengths_km):
    kinds = library(*KINDS)
    once = designed_network(line_of(lengths_km), kinds, span=NO_REPAIRS)
    twice = designed_network(once.network, kinds, span=NO_REPAIRS)
    assert list(once.network.elements) == list(twice.network.elements)
    for key, (type_id, stated) in settings_of(once).items():
        again_id, again = settings_of(twice)[key]
        assert again_id == type_id
        for name in ("gain_db", "launch_offset_db", "output_voa_db", "tilt_db"):
            assert abs(getattr(again, name) - getattr(stated, name)) < 1e-9


@FEW
@given(st.floats(40.0, 140.0), st.floats(0.1, 9.0))
def test_more_loss_never_lowers_launch_power_or_the_gain_behind(length_km, more_km):
    near, far = (
        settings_of(designed_network(line_of([km]), library(WIDE)))
        for km in (length_km, length_km + more_km)
    )
    booster, preamplifier = "Edfa_booster_A_to_f0", "Edfa_preamp_Z_from_f0"
    assert far[booster][1].launch_offset_db >= near[booster][1].launch_offset_db
    assert far[preamplifier][1].gain_db >= near[preamplifier][1].gain_db - 0.5 - 1e-9
