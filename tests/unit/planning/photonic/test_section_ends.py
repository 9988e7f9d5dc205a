"""Are sections in a batch what they are element by element, and what is odd refused?"""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.units import linear_from_db
from karakoram.engines.optics.chain import states_along
from karakoram.engines.optics.channel_state import launched
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    Fibre,
    Fused,
    LumpedLoss,
    MultibandAmplifier,
)
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import RamanGainProfile, SpectralProfile
from karakoram.network.photonic.walk import multiplex_sections
from karakoram.planning.photonic.passages import path_passages
from karakoram.planning.photonic.path_ways import LitPath
from karakoram.planning.photonic.section_columns import plain_section, section_columns
from karakoram.planning.photonic.section_ends import lit_sections, section_ends
from tests.support.photonic_mesh import LIBRARY, LIT, random_mesh

FIBRE = Fibre(element_id="fibre", fibre_type_id="SSMF", length_km=80.0, loss_db_per_km=0.2)
AMPLIFIER = Amplifier(
    element_id="amplifier",
    amplifier_type_id="fixed",
    settings=AmplifierSettings(gain_db=17.0, tilt_db=0.0, output_voa_db=0.0),
)
SPLICE = Fused(element_id="splice", loss_db=0.7)


def one_by_one(made, place):
    light = LitPath(
        library=made.library,
        path=tuple(one.element_id for one in made.elements[place]),
        elements=made.elements[place],
        lit=made.lit,
        method=made.method,
    )
    target_w = linear_from_db(-18.0) * 1e-3 * np.ones((1, made.lit.frequency_hz.size))
    start = launched(target_w, transmitter_osnr=np.full(target_w.shape[1], np.inf))
    return states_along(path_passages(light, made.kinds), start)[-1]


def test_a_batch_of_sections_equals_each_alone():
    rng = np.random.default_rng(41)
    mesh = random_mesh(rng, sites=4, chords=1)
    elements = {
        key: replace(one, target=None) if key.startswith("roadm") else one
        for key, one in mesh.elements.items()
    }
    # Loss, dispersion and slope that differ by fibre and by frequency.
    fibres = [key for key, one in elements.items() if isinstance(one, Fibre)]
    for key in fibres[::2]:
        profile = SpectralProfile(frequencies_thz=(190.0, 197.0), values=(0.21, 0.19))
        elements[key] = replace(elements[key], loss_db_per_km=profile)
    for key in fibres[::3]:
        elements[key] = replace(
            elements[key], padding_db=0.9, connector_in_db=0.5, connector_out_db=0.6
        )
    for key in fibres[1::3]:
        elements[key] = replace(
            elements[key], dispersion_ps_per_nm_km=8.0, dispersion_slope_ps_per_nm2_km=0.06
        )
    network = PhotonicNetwork(elements=elements, connections=tuple(mesh.connections))
    sections = multiplex_sections(network)
    made = lit_sections(network, LIBRARY, sections=sections, spectrum=LIT)
    ends = section_ends(made)
    for place in range(len(sections)):
        state = one_by_one(made, place)
        # Beside fibre of uneven loss flat fibre is integrated in two steps, alone in one.
        np.testing.assert_allclose(ends.power_w[place], state.power_w[0], rtol=1e-8)
        np.testing.assert_allclose(
            np.exp(-ends.log_noise[place]), state.shares.signal[0], rtol=1e-10
        )
        np.testing.assert_allclose(
            ends.dispersion_s_per_m[place], state.dispersion_s_per_m[0], rtol=1e-11
        )
        np.testing.assert_allclose(ends.pmd_square_s2[place], state.pmd_s[0] ** 2, rtol=1e-11)
        np.testing.assert_allclose(ends.pdl_square_db2[place], state.pdl_db[0] ** 2, rtol=1e-11)
        assert ends.latency_s[place] == pytest.approx(state.latency_s[0], rel=1e-12)


def test_losses_between_go_to_what_follows_and_the_last_to_the_end():
    section = plain_section((SPLICE, AMPLIFIER, SPLICE, FIBRE, SPLICE, SPLICE, AMPLIFIER, SPLICE))
    booster, span = section.places
    assert booster.amplifier_input_db == 0.7
    assert span.fibre_input_db == 0.7
    assert span.amplifier_input_db == pytest.approx(1.4)
    assert section.end_db == 0.7


@pytest.mark.parametrize(
    "elements",
    [
        (AMPLIFIER,),
        (FIBRE, AMPLIFIER, AMPLIFIER),
        (FIBRE, MultibandAmplifier(element_id="both", amplifier_type_id=None)),
        (replace(FIBRE, lumped_losses=(LumpedLoss(position_km=10.0, loss_db=1.0),)), AMPLIFIER),
    ],
)
def test_what_is_not_plain_is_left_to_be_passed_one_by_one(elements):
    assert plain_section(elements) is None


def test_sections_without_amplifiers_and_with_a_measured_raman_gain():
    gain = RamanGainProfile(
        reference_frequency_thz=206.0,
        frequency_offsets_thz=(0.0, 13.0, 20.0),
        gains_per_w_km=(0.0, 0.4, 0.0),
    )
    measured = plain_section((replace(FIBRE, raman_gain=gain),))
    with pytest.raises(ValueError, match="measured"):
        section_columns(
            [measured], library=LIBRARY, kinds={}, frequency_hz=np.array(LIT.frequency_hz)
        )
    bare = section_columns(
        [plain_section((FIBRE,))], library=LIBRARY, kinds={}, frequency_hz=LIT.frequency_hz
    )
    assert bare.types == ()


def test_channels_that_an_amplifier_does_not_pass_are_told_apart():
    network = random_mesh(np.random.default_rng(42), sites=3, chords=0).network
    narrow = replace(
        LIBRARY.amplifier_types["fixed"],
        band=replace(LIBRARY.amplifier_types["fixed"].band, upper_thz=194.0),
    )
    library = replace(LIBRARY, amplifier_types={**LIBRARY.amplifier_types, "fixed": narrow})
    sections = multiplex_sections(network)
    made = lit_sections(network, library, sections=sections, spectrum=LIT)
    assert made.unlit is not None
    assert made.lit.frequency_hz.size + made.unlit.frequency_hz.size == LIT.frequency_hz.size
    assert made.lit.frequency_hz.max() < 194e12 < made.unlit.frequency_hz.max()
    high = LIT.kept(LIT.frequency_hz > 195e12)
    with pytest.raises(InvalidDataError, match="light others"):
        lit_sections(network, library, sections=sections, spectrum=high)
