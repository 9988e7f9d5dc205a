import pytest

from karakoram import bootstrap
from karakoram.core.errors import InvalidDataError
from karakoram.usecases.network.view_network import ViewQuestion, view_network
from tests.support.ports import GivenNetwork
from tests.support.small_corridor import small_network


def view(**words):
    return view_network(
        ViewQuestion(**words), networks=GivenNetwork(small_network()), clock=bootstrap.clock()
    )


def test_an_operator_may_be_named_in_full():
    assert view(operator="Cybernet").view.viewer_id == "CYB"


def test_every_word_that_means_nothing_is_told_at_once():
    with pytest.raises(InvalidDataError) as refused:
        view(operator="SKO", bit_rate="fast")
    assert [finding.place.field for finding in refused.value.findings] == ["operator", "bit_rate"]
