import numpy as np
import pytest

from karakoram.engines.traffic import pair_weights, weighted_choice


@pytest.mark.parametrize(
    "weights", [[1.0], [0.0, 2.0], [5.0, 1.0, 1.0, 3.0], [1e-9, 1.0], [1.0] * 76]
)
def test_numbers_are_drawn_in_proportion_to_their_weights(weights):
    choice = weighted_choice(np.array(weights))
    count = 200_000
    drawn = np.bincount(choice.drawn(np.random.default_rng(5), count), minlength=len(weights))
    expected = np.array(weights) / sum(weights)
    deviation = np.sqrt(np.maximum(expected * (1 - expected) * count, 1e-12))
    assert (np.abs(drawn - count * expected) <= 5 * deviation + 1).all()
    assert choice.probability == pytest.approx(expected)


def test_a_weight_of_nothing_is_never_drawn():
    choice = weighted_choice(np.array([1.0, 0.0, 0.7, 0.0, 3.0]))
    assert set(choice.drawn(np.random.default_rng(1), 50_000)) == {0, 2, 4}


def test_a_stream_of_numbers_may_be_drawn_in_pieces():
    choice = weighted_choice(np.array([1.0, 2.0, 3.0]))
    whole = choice.drawn(np.random.default_rng(3), 100)
    rng = np.random.default_rng(3)
    assert [*choice.drawn(rng, 37), *choice.drawn(rng, 63)] == whole.tolist()


@pytest.mark.parametrize("weights", [[0.0, 0.0], [-1.0, 2.0], [np.nan], [np.inf, 1.0]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(ValueError, match="weights are finite"):
        weighted_choice(np.array(weights))


def test_a_matrix_gives_every_pair_its_traffic():
    matrix = np.array([[9.0, 1.0, 2.0], [3.0, 9.0, 4.0], [5.0, 6.0, 9.0]])
    assert pair_weights(matrix, is_directed=True).tolist() == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert pair_weights(matrix, is_directed=False).tolist() == [4.0, 7.0, 10.0]
    with pytest.raises(ValueError, match="square"):
        pair_weights(matrix[:2], is_directed=True)
