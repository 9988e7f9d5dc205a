"""Do the use cases of whole networks read, design and refuse as they should?"""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.engines.optics import RamanModel
from karakoram.network.photonic.elements import Amplifier
from karakoram.network.photonic.load import WavelengthOrder
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.usecases.light.light_all_pairs import light_all_pairs
from karakoram.usecases.light.photonic_ports import PhotonicMaterial
from karakoram.usecases.light.ready_photonics import ready_photonics
from karakoram.usecases.light.what_if import WhatIfQuestion, what_if
from tests.support.photonic_mesh import LIBRARY, random_mesh


class Given:
    """A network in hand."""

    def __init__(self, network):
        self.network = network

    def read_photonics(self):
        return PhotonicMaterial(
            network=self.network, library=LIBRARY, spectrum=None, simulation=None
        )


@pytest.fixture
def network():
    return random_mesh(np.random.default_rng(51), sites=3, chords=0, spans_max=1).network


def unset(network):
    """The network with an amplifier that nobody set."""
    key, one = next((k, e) for k, e in network.elements.items() if isinstance(e, Amplifier))
    bare = replace(one, settings=replace(one.settings, gain_db=None))
    return PhotonicNetwork(
        elements={**network.elements, key: bare}, connections=network.connections
    )


def order(name, n):
    return WavelengthOrder(
        wavelength_id=name, from_id="trx S0", to_id="trx S1", n=n, m=8, symbol_rate_gbaud=64.0
    )


def test_a_network_is_taken_as_it_is_or_designed_first(network):
    asked = []
    as_it_is = ready_photonics(
        Given(network), is_designed=False, scatters=False, progress=asked.append
    )
    assert as_it_is.network is network
    assert as_it_is.method.raman is RamanModel.NONE
    assert asked == ["Reading the network"]
    with pytest.raises(InvalidDataError, match="gain"):
        light_all_pairs(Given(unset(network)), is_designed=False)


def test_all_pairs_are_told_whole(network):
    asked = []
    answer = light_all_pairs(Given(network), is_designed=False, progress=asked.append)
    assert answer.pairs.pair_count == 6
    assert asked[-1] == "Lighting every section"


def placed(order, file="lit.csv"):
    """An order and where it is written down."""
    return order, Place(table="lit", file=file, row=2, record=order.wavelength_id)


def test_what_is_wrong_in_either_load_is_told_at_once_with_its_place(network):
    lost = replace(order("b", 16), via=("roadm X",))
    question = WhatIfQuestion(
        lit=lambda: [placed(order("a", 0)), placed(lost)],
        lighting=lambda: [placed(order("c", 0), "new.csv")],
        dropping=("b",),
        is_designed=False,
    )
    with pytest.raises(InvalidDataError) as refusal:
        what_if(question, photonics=Given(network))
    assert [str(one.place) for one in refusal.value.findings] == [
        "lit.csv row 2 (b), field via",
        "new.csv row 2 (c), field n",
    ]


def test_a_load_that_cannot_be_read_hides_nothing_of_the_other(network):
    def unread():
        raise InvalidDataError(
            (Finding(code="missing-file", place=Place(table="lit"), message="is missing"),)
        )

    question = WhatIfQuestion(
        lit=unread,
        lighting=lambda: [placed(replace(order("c", 0), m=1), "new.csv")],
        is_designed=False,
    )
    with pytest.raises(InvalidDataError, match=r"is missing; new\.csv row 2 \(c\), field"):
        what_if(question, photonics=Given(network))


def test_what_if_drops_before_it_lights(network):
    question = WhatIfQuestion(
        lit=lambda: [placed(order("a", 0)), placed(order("b", 16))],
        lighting=lambda: [placed(order("c", 16))],
        dropping=("b",),
        is_designed=False,
    )
    answer = what_if(question, photonics=Given(network))
    assert answer.lit_ids == ("c",)
    assert answer.dropped_ids == ("b",)
    assert [one.wavelength_id for one in answer.changes] == ["a"]
    assert answer.changes[0].change_db == pytest.approx(0.0, abs=1e-12)
    assert sorted(answer.after.wavelengths) == ["a", "c"]
    taken = replace(question, dropping=())
    with pytest.raises(InvalidDataError, match="overlaps"):
        what_if(taken, photonics=Given(network))


def test_what_cannot_be_dropped_is_told_beside_what_cannot_be_lit(network):
    question = WhatIfQuestion(
        lit=lambda: [placed(order("a", 0))],
        lighting=lambda: [placed(replace(order("c", 16), m=1), "new.csv")],
        dropping=("a", "z", "a"),
        is_designed=False,
    )
    with pytest.raises(InvalidDataError) as refusal:
        what_if(question, photonics=Given(network))
    unlit, twice, dark = refusal.value.findings
    assert unlit.place.field == twice.place.field == "drop"
    assert "no wavelength 'z' is lit" in unlit.message
    assert "'a' is named twice" in twice.message
    assert dark.place.file == "new.csv"
