from dataclasses import replace

from karakoram.adapters.formats.route_reasons import with_reasons
from karakoram.planning.route_answers import RouteAnswer
from tests.support.offers import route_answer, route_question


def test_an_answer_that_holds_all_that_was_asked_stays_as_it_is():
    answer = route_answer()
    assert with_reasons(route_question(), answer) is answer


def test_a_missing_route_or_pair_has_one_reason():
    none = with_reasons(route_question(), RouteAnswer(routes=(), disjoint=None))
    assert [reason.code for reason in none.reasons] == ["no-route"]
    alone = with_reasons(
        replace(route_question(), disjoint=True), replace(route_answer(), disjoint=None)
    )
    assert [reason.code for reason in alone.reasons] == ["no-second-path"]
