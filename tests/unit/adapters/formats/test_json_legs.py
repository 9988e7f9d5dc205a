from karakoram.adapters.formats.json_legs import json_from_leg_answer, json_from_offered_legs
from karakoram.planning.leg_answers import LegQuestion
from karakoram.planning.leg_routes import find_leg_ways
from tests.support.legs import DAY, KEY, keyed_leg, leg


def direct(number, ms=1.0, **more):
    return keyed_leg("NOR", "A", "Z", ms, number=number, **more)


def test_tokens_of_an_offer_are_counted_in_json_and_not_shown():
    one = direct(1, risks={"span:1": 5}, places="C")
    payload = json_from_offered_legs("NOR", ("A", "Z"), [one])
    assert payload["key_fingerprint"] == KEY.fingerprint
    (row,) = payload["legs"]
    assert (row["risk_tokens"], row["place_tokens"]) == (1, 1)
    assert KEY.token("span:1") not in str(payload)
    assert json_from_offered_legs("NOR", (), [leg("NOR", "A", "Z")])["key_fingerprint"] is None


def test_an_answer_in_json_says_what_is_proven_and_what_is_best():
    question = LegQuestion(a_site_id="A", z_site_id="Z", k=3, disjoint=True, on_day=DAY)
    legs = [direct(1, risks={"group:S": 5}), direct(2, 2.0, risks={"group:S": 5})]
    payload = json_from_leg_answer(question, find_leg_ways(legs, question))
    pair = payload["pair"]
    assert (pair["proven"], pair["best"], pair["shared_minutes"]) == (True, True, 5)
    assert pair["minutes_at_least"] == 5
    assert pair["shared"][0]["token"] == KEY.token("group:S")
    assert payload["proven_pair"] is None
