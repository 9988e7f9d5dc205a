import pytest

from karakoram.engines.rating import largest_remainder_parts


@pytest.mark.parametrize(
    ("whole", "lines", "parts"),
    [
        (2, (3, 3, 4), (1, 0, 1)),  # 0.585, 0.585, 0.78: 1.95
        (195, (1000,), (195,)),
        (0, (1, -1), (0, 0)),  # 0.195 and -0.195
        (-20, (-100, -1, -1), (-20, 0, 0)),  # -19.5, -0.195, -0.195: -19.89
        (-19, (-100, 3), (-20, 1)),  # -19.5, 0.585: -18.915
        (0, (), ()),
    ],
)
def test_parts_of_a_tax_sum_to_it_and_the_largest_remainders_are_rounded_up(whole, lines, parts):
    numerators = [195 * line for line in lines]
    assert largest_remainder_parts(whole, numerators, denominator=1000) == parts
    assert sum(parts) == whole


@pytest.mark.parametrize("whole", [0, 3])
def test_a_whole_that_is_not_the_sum_of_the_shares_is_refused(whole):
    with pytest.raises(ValueError, match=f"{whole} must be 1950/1000, rounded"):
        largest_remainder_parts(whole, [585, 585, 780], denominator=1000)
