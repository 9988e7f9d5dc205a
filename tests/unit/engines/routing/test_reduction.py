"""Does the core keep what matters between two ends, and nothing else?"""

from karakoram.engines.routing import Ends, digraph_of_sections, mask_of
from karakoram.engines.routing.reduction import Core, Reducible, reduced
from tests.support.strip import corridor_like

ONES = (1,) * 8


def core_of(graph, costs, ends, **options) -> Core:
    core = reduced(graph, costs=costs, request=Reducible(ends=ends, **{"weights": ONES} | options))
    assert core is not None
    return core


def test_a_chain_becomes_one_arc_and_its_risks_are_unavoidable():
    chain = digraph_of_sections(4, a=[0, 1, 2], z=[1, 2, 3], risk_masks=[1, 2, 4])
    core = core_of(chain, [1, 1, 2, 2, 4, 4], Ends.between(0, 3))
    assert core.chains == ((0, 2, 4),)
    assert core.costs == (7,)
    assert core.unavoidable_mask == 7
    assert core.bundles == ()


def test_risks_of_one_chain_are_one_bundle_with_the_sum_of_their_weights():
    ring = digraph_of_sections(4, a=[0, 1, 0, 2], z=[1, 3, 2, 3], risk_masks=[1, 2, 4, 8])
    core = core_of(ring, [1] * 8, Ends.between(0, 3), weights=(1, 2, 3, 4, 1, 1, 1, 1))
    assert [(bundle.mask, bundle.weight) for bundle in core.bundles] == [(0b11, 3), (0b1100, 7)]
    assert core.expanded([0, 1]) == (0, 2, 4, 6)
    assert core.weight_of(0b111111) == 10


def test_dead_ends_and_rings_that_lead_nowhere_are_cut_off():
    # A way 0-1-2 with a spur 1-3, a ring 1-4-5 and an island 6-7.
    spurs = digraph_of_sections(
        8, a=[0, 1, 1, 1, 4, 5, 6], z=[1, 2, 3, 4, 5, 1, 7], risk_masks=[1, 2, 4, 8, 16, 32, 64]
    )
    core = core_of(spurs, [1] * 14, Ends.between(0, 2))
    assert core.chains == ((0, 2),)
    assert core.vertices == (0, 2)


def test_an_arc_beaten_by_a_parallel_one_is_dropped_unless_kept():
    twin = digraph_of_sections(2, a=[0, 0, 0], z=[1, 1, 1], risk_masks=[1, 1, 2])
    costs, ends = [3, 3, 2, 2, 9, 9], Ends.between(0, 1)
    assert core_of(twin, costs, ends).chains == ((2,), (4,))
    assert core_of(twin, costs, ends, keeps_dearer=True).chains == ((0,), (2,), (4,))


def test_a_cheaper_arc_displaces_those_it_beats():
    twin = digraph_of_sections(2, a=[0, 0], z=[1, 1], risk_masks=[3, 1])
    assert core_of(twin, [3, 3, 2, 2], Ends.between(0, 1)).chains == ((2,),)


def test_a_vertex_to_be_kept_survives():
    chain = digraph_of_sections(3, a=[0, 1], z=[1, 2], risk_masks=[1, 2])
    core = core_of(chain, [1] * 4, Ends.between(0, 2), kept=frozenset({1}))
    assert core.vertices == (0, 1, 2)


def test_several_ends_get_a_terminal_of_their_own():
    chain = digraph_of_sections(4, a=[0, 1, 2], z=[1, 2, 3], risk_masks=[1, 2, 4])
    ends = Ends(sources=frozenset({0, 1}), targets=frozenset({2, 3}))
    core = core_of(chain, [1] * 6, ends)
    assert core.chains == ((2,),)
    assert core.unavoidable_mask == 2


def test_free_risks_are_in_no_bundle():
    ring = digraph_of_sections(4, a=[0, 1, 0, 2], z=[1, 3, 2, 3], risk_masks=[17, 18, 20, 24])
    core = core_of(ring, [1] * 8, Ends.between(0, 3), free_mask=16)
    assert mask_of([0, 1, 2, 3]) == core.bundles[0].mask | core.bundles[1].mask
    assert core.unavoidable_mask == 0


def test_an_arc_barred_to_one_path_carries_its_bar():
    twin = digraph_of_sections(2, a=[0, 0], z=[1, 1], risk_masks=[1, 2])
    barred = (frozenset({0}), frozenset())
    core = core_of(twin, [1] * 4, Ends.between(0, 1), barred=barred)
    first_bar, second_bar = core.barred
    assert [bool(mask & first_bar) for mask in core.graph.risk_masks] == [True, False]
    assert not any(mask & second_bar for mask in core.graph.risk_masks)
    # The first path cannot avoid risk 1, the second can: it is no risk of every pair.
    assert core.unavoidable_mask == 0


def test_no_way_for_one_of_the_paths_is_no_core():
    single = digraph_of_sections(2, a=[0], z=[1], risk_masks=[1])
    request = Reducible(ends=Ends.between(0, 1), weights=ONES, barred=(frozenset(), frozenset({0})))
    assert reduced(single, costs=[1, 1], request=request) is None


def test_a_corridor_becomes_a_core_of_a_few_dozen_arcs():
    strip, ends = corridor_like(0)
    graph = strip.graph()
    risks = strip.risks(ends)
    core = core_of(
        graph, [1] * graph.arc_count, ends, weights=risks.weights, free_mask=risks.free_mask
    )
    assert graph.arc_count > 250
    assert core.graph.arc_count < 80
    assert len(core.bundles) < 70
