from datetime import date

import pytest

from karakoram.core.provenance import Confidence
from karakoram.network.legs import LegKind
from karakoram.network.records import Status
from karakoram.planning import leg_pairs
from karakoram.planning.leg_answers import LegQuestion
from karakoram.planning.leg_graph import leg_graph
from karakoram.planning.leg_routes import find_leg_ways
from karakoram.planning.route_answers import RouteMetric
from tests.support.legs import DAY, KEY, keyed_leg, leg

PRICED = {"currency": "USD", "term_months": 36, "bit_rate_gbps": 100.0}


def answer(*legs, a="A", z="Z", **asked):
    question = {"k": 5, "disjoint": True, "on_day": DAY, **asked}
    return find_leg_ways(legs, LegQuestion(a_site_id=a, z_site_id=z, **question))


def ids(way):
    return " ".join(way.leg_ids)


def nor(number=1, **more):
    return keyed_leg("NOR", "A", "B", number=number, z_to=["SUD"], **more)


def sud(number=1, **more):
    return keyed_leg("SUD", "B", "Z", number=number, a_to=["NOR"], **more)


def test_legs_are_joined_where_both_operators_say_they_hand_over():
    found = answer(nor(risks={"span:1": 3}), sud(risks={"span:2": 4}))
    (way,) = found.ways
    assert ids(way) == "NOR:A-B:1 SUD:B-Z:1"
    assert way.site_ids == ("A", "B", "Z")
    assert way.latency_ms == pytest.approx(2.0)
    assert found.certain == 1


def test_a_way_is_as_good_as_its_worst_leg_and_one_that_says_nothing_counts_as_assumed():
    good = {"latency_confidence": Confidence.STATED, "price_confidence": Confidence.STATED}
    priced = {**PRICED, "price_minor": 100}
    (way,) = answer(nor(**good, **priced), sud(**good, **priced)).ways
    assert (way.latency_confidence, way.price_confidence) == (Confidence.STATED,) * 2
    assert way.length_confidence is None
    (way,) = answer(nor(**good, **priced), sud(**priced)).ways
    assert (way.latency_confidence, way.price_confidence) == (Confidence.ASSUMED,) * 2


def test_legs_are_not_joined_where_one_side_only_says_so():
    assert answer(nor(), keyed_leg("SUD", "B", "Z")).ways == ()
    assert answer(leg("NOR", "A", "B"), sud()).ways == ()


def test_an_operators_legs_are_not_joined_to_each_other():
    assert answer(leg("NOR", "A", "B"), leg("NOR", "B", "Z")).ways == ()


def test_a_leg_goes_both_ways():
    (way,) = answer(nor(), sud(), a="Z", z="A").ways
    assert ids(way) == "SUD:B-Z:1 NOR:A-B:1"
    assert way.site_ids == ("Z", "B", "A")


def test_what_a_pair_shares_is_told_by_token_and_minutes():
    found = answer(
        nor(1, risks={"span:1": 3, "group:S": 10}),
        nor(2, ms=2.0, risks={"span:2": 4, "group:S": 10}),
        sud(1, risks={"span:3": 5, "site:B": 2}),
        sud(2, ms=2.0, risks={"span:4": 6, "site:B": 2}),
    )
    pair = found.pair
    assert [ids(way) for way in pair.ways] == ["NOR:A-B:1 SUD:B-Z:1", "NOR:A-B:2 SUD:B-Z:2"]
    assert pair.shared_minutes == 12
    storm, site = pair.shared
    assert (storm.token, storm.minutes, storm.site_id) == (KEY.token("group:S"), 10, None)
    assert (site.token, site.minutes, site.site_id) == (KEY.token("site:B"), 2, "B")
    assert storm.leg_ids == ("NOR:A-B:1", "NOR:A-B:2")
    assert (pair.is_proven, pair.is_best, pair.minutes_at_least) == (True, True, 12)
    assert found.proven_pair is None


def test_a_leg_that_both_ways_use_is_shared_whole():
    found = answer(nor(1, risks={"span:1": 3, "group:S": 10}), sud(1), sud(2, ms=2.0))
    (exposure,) = found.pair.shared
    assert (exposure.token, exposure.minutes, exposure.leg_ids) == (None, 13, ("NOR:A-B:1",))


def test_what_can_fail_at_the_ends_costs_nothing_to_share():
    risks = {"site:A": 9, "site:Z": 8}
    legs = [keyed_leg("NOR", "A", "Z", number=n, risks={f"span:{n}": 1, **risks}) for n in (1, 2)]
    assert answer(*legs).pair.shared == ()


def test_padding_weighs_nothing_where_both_ways_use_the_leg():
    padded = nor(1, risks={"span:1": 3, "padding": 50}, minutes_total=3)
    assert answer(padded, sud(1), sud(2, ms=2.0)).pair.shared_minutes == 3


def test_a_leg_without_tokens_makes_the_pair_not_proven_and_is_named():
    legs = [
        keyed_leg("NOR", "A", "Z", number=1, risks={"span:1": 3, "group:S": 7}),
        leg("NOR", "A", "Z", 2.0, number=2),
        keyed_leg("NOR", "A", "Z", 3.0, number=3, risks={"span:3": 3, "group:S": 7}),
    ]
    found = answer(*legs)
    assert not found.pair.is_proven
    assert not found.pair.is_best
    assert found.pair.unproven_leg_ids == ("NOR:A-Z:2",)
    assert found.pair.shared_minutes == 0
    assert [ids(way) for way in found.proven_pair.ways] == ["NOR:A-Z:1", "NOR:A-Z:3"]
    assert found.proven_pair.shared_minutes == 7
    assert found.proven_pair.is_proven
    assert answer(*legs[:2]).proven_pair.ways[0] == answer(*legs[:2]).proven_pair.ways[1]
    assert answer(legs[1]).proven_pair is None


def test_a_way_that_visits_a_site_twice_is_none():
    through = nor(1, places="C")
    again = sud(1, places="C")
    assert answer(through, again).ways == ()
    assert answer(through, again).pair is None
    assert [ids(way) for way in answer(through, again, sud(2, ms=9.0)).ways] == [
        "NOR:A-B:1 SUD:B-Z:2"
    ]


def test_of_two_legs_that_visit_a_site_the_better_one_to_do_without_goes():
    legs = [
        nor(1, places="C", risks={"span:1": 1}),
        nor(2, ms=5.0, risks={"span:2": 1}),
        sud(1, places="C", risks={"span:3": 1}),
        sud(2, ms=2.0, risks={"span:4": 1}),
    ]
    pair = answer(*legs).pair
    assert sorted(map(ids, pair.ways)) == ["NOR:A-B:1 SUD:B-Z:2", "NOR:A-B:2 SUD:B-Z:1"]
    assert (pair.shared_minutes, pair.prover, pair.is_best) == (0, "branching", True)


def test_a_way_does_not_come_back_to_a_point_by_another_operator():
    legs = [
        keyed_leg("NOR", "A", "B", z_to=["SUD", "MAR"]),
        keyed_leg("SUD", "B", "C", a_to=["NOR"], z_to=["MAR"]),
        keyed_leg("MAR", "C", "B", a_to=["SUD"], z_to=["EST", "NOR"]),
        keyed_leg("EST", "B", "Z", a_to=["MAR"]),
    ]
    assert answer(*legs).ways == ()
    assert answer(*legs).pair is None


def test_a_search_cut_short_says_so(monkeypatch):
    legs = [
        nor(1, places="C", risks={"span:1": 1}),
        nor(2, ms=5.0, risks={"span:2": 1}),
        sud(1, places="C", risks={"span:3": 1}),
        sud(2, ms=2.0, risks={"span:4": 1}),
    ]
    monkeypatch.setattr(leg_pairs, "PAIRS_MAX", 2)
    pair = answer(*legs).pair
    assert (pair.prover, pair.is_best, pair.minutes_at_least) == ("capped", False, None)


def test_rest_keeps_an_answer_from_being_certain_and_bounds_it():
    rest = keyed_leg(
        "NOR", "A", "Z", 1.5, number=9, kind=LegKind.REST, risks={"group:S": 7, "site:A": 9}
    )
    told = [
        keyed_leg("NOR", "A", "Z", 1.0 + n, number=n, risks={f"span:{n}": 5, "group:S": 7, "x": 2})
        for n in (1, 2)
    ]
    found = answer(*told, rest)
    assert [way.leg_ids for way in found.ways] == [("NOR:A-Z:1",), ("NOR:A-Z:2",)]
    assert found.certain == 0
    assert answer(*told, rest, k=1).certain == 0
    assert (found.pair.shared_minutes, found.pair.minutes_at_least) == (9, 7)
    assert not found.pair.is_best


def test_the_ways_before_the_rest_are_certain():
    rest = keyed_leg("NOR", "A", "Z", 2.5, number=9, kind=LegKind.REST)
    told = [keyed_leg("NOR", "A", "Z", float(n), number=n) for n in (1, 2, 3)]
    assert answer(*told, rest).certain == 2
    assert answer(*told, rest, k=2).certain == 2


def test_who_does_not_say_what_else_there_is_is_named_and_nothing_is_certain():
    found = answer(nor(is_exhaustive=False), sud())
    assert found.silent_operator_ids == ("NOR",)
    assert found.certain == 0
    assert (found.pair.is_best, found.pair.minutes_at_least) == (False, None)


def test_a_leg_that_does_not_hold_on_the_day_is_left_out_and_named():
    old = sud(2, offered_on=date(2025, 1, 1), valid_to=date(2026, 1, 1), ms=0.1)
    found = answer(nor(), sud(), old)
    assert [ids(way) for way in found.ways] == ["NOR:A-B:1 SUD:B-Z:1"]
    assert found.left_out == ("SUD:B-Z:2",)
    assert found.certain == 0


def test_a_status_that_is_not_accepted_hides_nothing():
    planned = sud(2, status=Status.PLANNED, ms=0.1)
    assert answer(nor(), sud(), planned).left_out == ()
    wide = frozenset((Status.IN_SERVICE, Status.PLANNED))
    assert len(answer(nor(), sud(), planned, accepted_statuses=wide).ways) == 2


def test_by_length_a_leg_that_tells_none_is_left_out_and_named():
    legs = nor(length_km=10.0), sud(1, length_km=20.0), sud(2)
    found = answer(*legs, metric=RouteMetric.LENGTH)
    assert found.left_out == ("SUD:B-Z:2",)
    assert found.ways[0].length_km == pytest.approx(30.0)
    assert answer(*legs).ways[1].length_km is None


def test_by_price_what_is_not_sold_takes_no_part_and_hides_nothing():
    legs = nor(price_minor=100, **PRICED), sud(1, price_minor=250, ms=9.0, **PRICED), sud(2)
    found = answer(*legs, metric=RouteMetric.PRICE)
    assert [ids(way) for way in found.ways] == ["NOR:A-B:1 SUD:B-Z:1"]
    assert found.ways[0].price.minor == 350
    assert (found.left_out, found.certain) == ((), 1)
    assert answer(*legs).ways[0].price is None


def test_points_that_no_leg_has_are_not_joined():
    found = answer(nor(), sud(), z="Q")
    assert (found.ways, found.pair, found.certain) == ((), None, 0)


def test_a_token_of_two_minutes_weighs_the_most():
    legs = [nor(1, risks={"group:S": 3}), sud(1, risks={"group:S": 5})]
    graph, _ = leg_graph(legs, [1, 1])
    assert graph.bits.weights[graph.bits.of_token[KEY.token("group:S")]] == 5


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"k": 0}, "at least 1"), ({"k": 10**6}, "at most 10,000"), ({"z": "A"}, "different ends")],
)
def test_a_question_that_means_nothing_is_refused(asked, words):
    with pytest.raises(ValueError, match=words):
        answer(nor(), **asked)
