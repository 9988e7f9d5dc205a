from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from karakoram.core.findings import Finding, Place, Severity
from karakoram.interfaces.cli.legs_screen import show_leg_ways, show_offer
from karakoram.network.legs import LegKind
from karakoram.planning.leg_answers import LegQuestion
from karakoram.planning.leg_routes import find_leg_ways
from karakoram.usecases.plan.offer_legs import OfferAnswer
from karakoram.usecases.plan.route_legs import LegsAnswer
from tests.support.legs import DAY, KEY, keyed_leg, leg
from tests.support.planning_networks import fibre, network_of


def words(show, *things, **more):
    console = Console(file=StringIO(), width=110, markup=False, highlight=False)
    show(console, *things, **more)
    return " ".join(console.file.getvalue().split())


def offer(*legs, saved=None):
    network = network_of(fibre("A", "Z", 1.0, operator="NOR"))
    answer = OfferAnswer(network=network, operator_id="NOR", points=("A", "Z"), legs=legs)
    return words(show_offer, answer, saved=saved)


def ways(*legs, warnings=(), **asked):
    question = LegQuestion(
        a_site_id="A", z_site_id="Z", on_day=DAY, **{"k": 3, "disjoint": True, **asked}
    )
    answer = find_leg_ways(legs, question)
    found = LegsAnswer(question=question, legs=legs, answer=answer, warnings=warnings)
    return words(show_leg_ways, found)


def direct(number, ms=1.0, **more):
    return keyed_leg("NOR", "A", "Z", ms, number=number, **more)


def test_an_offer_shows_legs_and_says_whether_they_are_all():
    shown = offer(direct(1, risks={"span:1": 1_234}, length_km=12.5), saved=Path("nor.csv"))
    assert "What NOR offers: 1 leg between 2 points" in shown
    assert "NOR:A-Z:1 1.00 (assumed) 12.5 (assumed) - 1 0 1,234 (assumed)" in shown
    assert "These are all its ways between its points" in shown
    assert f"made with key {KEY.fingerprint}" in shown
    assert shown.endswith("Legs: nor.csv")


def test_an_offer_says_how_much_is_left_out_and_that_tokens_lack():
    shown = offer(leg("NOR", "A", "Z"), leg("NOR", "A", "Z", number=2, kind=LegKind.REST))
    assert "Between 1 pair of points it has more ways" in shown
    assert "No tokens: what these legs share with others cannot be proven" in shown


def test_an_offer_of_nothing_says_why():
    assert "None: no two of its points are joined" in offer()


def test_a_long_offer_is_cut_short():
    assert "and 2 more; --json shows all" in offer(*(direct(n) for n in range(42)))


def test_a_pair_that_shares_nothing_is_told_as_proven():
    shown = ways(direct(1, risks={"span:1": 1}), direct(2, risks={"span:2": 1}))
    assert "Certain: no operator has a way that makes a better one" in shown
    assert "Proven by tokens: the two ways share nothing that can fail." in shown
    assert "No other pair shares less, told or not." in shown


def test_what_a_pair_shares_is_named_as_far_as_it_can_be():
    shared = {"group:S": 9, "site:C": 4}
    more = keyed_leg("SUD", "C", "Z", risks={"span:9": 1})
    one, other = {"span:1": 2, **shared}, {"span:2": 2, **shared}
    shown = ways(direct(1, risks=one), direct(2, 2.0, risks=other), more)
    assert f"token {KEY.token('group:S')}" in shown
    assert "site C NOR:A-Z:1, NOR:A-Z:2 4" in shown
    assert "share 13 min/year (assumed), and nothing else" in shown


def test_one_way_only_is_told_as_both():
    shown = ways(direct(1, risks={"span:1": 5}))
    assert "Both are the same way: no other takes less along with it." in shown
    assert "all that only this leg is exposed to NOR:A-Z:1 5" in shown


def test_a_pair_that_is_not_proven_names_the_legs_and_the_best_that_is():
    shown = ways(
        direct(1, risks={"span:1": 5, "group:S": 7}),
        leg("NOR", "A", "Z", 1.5, number=2),
        direct(3, 2.0, risks={"span:3": 5, "group:S": 7}),
    )
    assert (
        "Not proven: at least 0 min/year (derived), for NOR:A-Z:2 does not tell all its tokens."
        in shown
    )
    assert "No pair is proven to share less than 0 min/year." in shown
    assert "The best two ways that can be proven" in shown
    assert "share 7 min/year (assumed), and nothing else" in shown


def test_where_no_pair_can_be_proven_it_is_said():
    assert "No two ways can be proven" in ways(leg("NOR", "A", "Z"))


@pytest.mark.parametrize(
    ("rest_ms", "said"),
    [
        (1.5, "Certain are the first 1 of 2; behind them ways that are not told may come first."),
        (0.5, "Not certain: ways that are not told may be better."),
    ],
)
def test_what_is_not_told_is_said_to_matter(rest_ms, said):
    rest = direct(9, rest_ms, kind=LegKind.REST)
    shown = ways(direct(1, risks={"span:1": 5}), direct(2, 2.0, risks={"span:1": 5}), rest)
    assert said in shown
    assert "could make a better pair, which shares at least 0 min/year" in shown


def test_who_is_silent_and_what_is_odd_is_told_at_the_end():
    odd = Finding(
        code="x",
        place=Place(table="nor", file="nor.csv", row=2),
        message="is odd; mend it",
        severity=Severity.WARNING,
    )
    shown = ways(direct(1, is_exhaustive=False), warnings=(odd,))
    assert "Whether another pair shares less is not known." in shown
    assert "NOR: what else there is, the file does not say" in shown
    assert "nor.csv row 2: is odd; mend it" in shown


def test_no_way_is_told():
    shown = ways(keyed_leg("NOR", "A", "B"), keyed_leg("SUD", "B", "Z"))
    assert "No way: the legs do not join the two points." in shown
    assert "There are no two ways." in shown
