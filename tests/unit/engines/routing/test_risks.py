"""Are the risks named that no path avoids?"""

import pytest

from karakoram.engines.routing import Avoided, Ends, digraph_of_sections, unavoidable_risks
from karakoram.engines.routing.risks import barred_arcs

# 0 - 1, then two ways from 1 to 3; risk 5 lies on both of them, risk 6 on the way over 2 only.
FORK = digraph_of_sections(
    4, a=[0, 1, 2, 1], z=[1, 2, 3, 3], risk_masks=[0b1, 0b0100010, 0b1000100, 0b0101000]
)
ENDS = Ends.between(0, 3)


def test_a_bridge_and_a_group_over_all_ways_are_unavoidable():
    assert unavoidable_risks(FORK, ends=ENDS) == 0b0100001


@pytest.mark.parametrize(
    ("avoid", "unavoidable"),
    [
        (Avoided(risk_mask=0b1000), 0b1100111),
        (Avoided(vertices=frozenset({2})), 0b0101001),
        (Avoided(risk_mask=0b1000, vertices=frozenset({2})), None),
    ],
)
def test_what_is_avoided_makes_more_unavoidable(avoid, unavoidable):
    assert unavoidable_risks(FORK, ends=ENDS, avoid=avoid) == unavoidable


def test_without_risks_none_is_unavoidable():
    bare = digraph_of_sections(2, a=[0], z=[1], risk_masks=[0])
    assert unavoidable_risks(bare, ends=Ends.between(0, 1)) == 0


def test_an_arc_is_barred_by_its_risks_and_by_its_ends():
    assert barred_arcs(FORK, Avoided()) == frozenset()
    barred = barred_arcs(FORK, Avoided(risk_mask=0b1, vertices=frozenset({2})))
    assert barred == {0, 1, 2, 3, 4, 5}
