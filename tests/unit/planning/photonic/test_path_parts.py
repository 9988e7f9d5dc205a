"""What is missing, which bands are served, and records that nobody can write."""

import numpy as np
import pytest

from karakoram.network.photonic.elements import (
    AS_DESIGNED,
    Amplifier,
    AmplifierSettings,
    BandAmplifier,
    Fused,
    MultibandAmplifier,
)
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.planning.photonic.missing import missing_settings
from karakoram.planning.photonic.path_bands import amplifiers_in
from karakoram.planning.photonic.propagation_records import ChannelFigures

STATED = AmplifierSettings(gain_db=20.0, tilt_db=0.0, output_voa_db=0.0)


def fields(*elements):
    network = PhotonicNetwork(
        elements={element.element_id: element for element in elements}, connections=()
    )
    found = missing_settings(network, [element.element_id for element in elements])
    assert {finding.code for finding in found} <= {"not-set"}
    return [(finding.place.record, finding.place.field) for finding in found]


def test_what_is_stated_is_not_missing():
    done = Amplifier(element_id="one", amplifier_type_id="std", settings=STATED)
    both = MultibandAmplifier(
        element_id="both",
        amplifier_type_id=None,
        bands=(BandAmplifier(amplifier_type_id="std", settings=STATED),),
    )
    assert fields(done, both, Fused(element_id="splice", loss_db=1.0)) == []


def test_an_amplifier_that_states_nothing_misses_type_gain_tilt_and_attenuator():
    bare = Amplifier(element_id="bare", amplifier_type_id=None, settings=AS_DESIGNED)
    assert fields(bare) == [
        ("bare", "amplifier_type_id"),
        ("bare", "settings.gain_db"),
        ("bare", "settings.tilt_db"),
        ("bare", "settings.output_voa_db"),
    ]


def test_amplifiers_are_found_in_elements_that_have_some():
    one = Amplifier(element_id="one", amplifier_type_id="std", settings=STATED)
    assert amplifiers_in(one) == (("std", STATED),)
    assert amplifiers_in(Amplifier(element_id="two", amplifier_type_id=None)) == ()
    assert amplifiers_in(Fused(element_id="splice", loss_db=1.0)) == ()


def test_figures_of_channels_refuse_to_be_written():
    figures = ChannelFigures(**{name: np.zeros(3) for name in ChannelFigures.__slots__})
    with pytest.raises(ValueError, match="read-only"):
        figures.gsnr_db[0] = 1.0
