"""Questions about failures and growth: what words mean, and every finding at once."""

from dataclasses import replace

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Place
from karakoram.engines.restoration.policy import RestorationPolicy, Scheme
from karakoram.usecases.simulate.failure_words import (
    SCHEME_WORDS,
    scheme_from_word,
    whole_number,
    word_of_scheme,
)
from karakoram.usecases.simulate.simulate_failures import FailuresQuestion
from karakoram.usecases.simulate.simulate_growth import GrowthQuestion
from tests.support.simulated import FEW, RingSource, failures_answer, growth_answer, row


def refusal(question, source=None):
    with pytest.raises(InvalidDataError) as refused:
        failures_answer(question, source)
    return [(finding.place.field, finding.message) for finding in refused.value.findings]


def test_every_scheme_meets_the_same_failures():
    answer = failures_answer(FEW)
    assert [one.scheme for one in answer.schemes] == [
        Scheme.UNPROTECTED,
        Scheme.ONE_PLUS_ONE,
        Scheme.DYNAMIC,
    ]
    assert answer.offered_gbps == 500.0
    losses = [one.loss.lost_tbps_h for one in answer.schemes]
    assert losses[0] > losses[1]


def test_the_same_seed_gives_the_same_answer():
    first, second = failures_answer(FEW), failures_answer(FEW)
    assert [one.loss.lost_tbps_h for one in first.schemes] == [
        one.loss.lost_tbps_h for one in second.schemes
    ]
    assert first.schemes[0].report.demands == second.schemes[0].report.demands


def test_rows_say_how_many_and_under_which_scheme():
    rows = (row(count="3", priority="2"), row(to_site="C", scheme="1+1"))
    (answer,) = failures_answer(replace(FEW, demands=rows, schemes=("dynamic",))).schemes
    demands = answer.report.demands
    assert [demand.scheme for demand in demands] == [Scheme.DYNAMIC] * 3 + [Scheme.ONE_PLUS_ONE]
    assert demands[0].priority == 2


def test_less_will_do_down_to_a_quarter():
    answer = failures_answer(replace(FEW, policy=RestorationPolicy(reduces=True)))
    assert answer.plant.bit_rates_gbps == (25.0, 50.0, 100.0)


def test_own_failure_figures_are_taken_for_assumed():
    own = failures_answer(replace(FEW, failures_per_1000_km_year=7.0, mttr_h=3.0)).plant.components[
        0
    ]
    published = failures_answer(FEW).plant.components[0]
    assert (own.failures_per_year, own.mttr_h, own.confidence.value) == (0.7, 3.0, "assumed")
    assert (published.mttr_h, published.confidence.value) == (6.0, "stated")


def test_everything_wrong_is_told_at_once():
    question = FailuresQuestion(
        together=3, k=0, slots=0, years=-1.0, region_km=0.0, schemes=("1+2", "dynamic")
    )
    found = dict(refusal(question))
    assert set(found) == {"together", "k", "slots", "years", "region_km", "scheme"}
    assert "must be from 1 to 2, got 3" in found["together"]
    assert "unprotected, 1+1, 1:1, shared, dynamic, extra" in found["scheme"]


def test_every_wrong_word_of_every_row_is_told_with_its_place():
    place = Place(table="wanted", file="wanted.csv", row=7)
    rows = (
        row(from_site="Q", bit_rate="much", count="0", priority="10", scheme="2+2", place=place),
        row(to_site="A"),
    )
    found = refusal(replace(FEW, demands=rows))
    assert [field for field, _ in found] == [
        *("from", "bit_rate", "count", "priority", "scheme"),
        "to",
    ]
    assert "both ends are 'A'" in found[-1][1]


def test_a_bit_rate_that_is_none_is_refused_where_pairs_are_random():
    assert refusal(replace(FEW, bit_rate="fast"))[0][0] == "bit_rate"


def test_a_network_without_the_corridors_sites_wants_a_list():
    ((field, message),) = refusal(FEW, RingSource())
    assert field == "demands"
    assert "list yours in a file" in message
    rows = (row(to_site="Z", scheme="extra"),)
    answer = failures_answer(replace(FEW, demands=rows, schemes=("1:1",)), RingSource())
    assert answer.schemes[0].report.is_placed == (True,)


def test_growth_names_every_wrong_word():
    question = GrowthQuestion(
        first="none", wave="0G", years=0, k=101, failure_years=0.0, schemes=("odd",)
    )
    with pytest.raises(InvalidDataError) as refused:
        growth_answer(question)
    fields = {finding.place.field for finding in refused.value.findings}
    assert fields == {"first", "wave", "years", "k", "failure_years", "scheme"}


def test_growth_does_not_shrink():
    with pytest.raises(InvalidDataError, match="at least what the first year carries, 10T, got 1T"):
        growth_answer(GrowthQuestion(first="10T", last="1T"))


def test_growth_wants_pairs_of_the_network():
    question = GrowthQuestion(failure_years=5.0, years=1)
    with pytest.raises(InvalidDataError, match="list yours in a file"):
        growth_answer(question)


def test_growth_follows_the_pairs_that_are_listed():
    question = GrowthQuestion(
        first="100G",
        last="400G",
        years=2,
        wave="100G",
        schemes=("dynamic", "dynamic"),
        pairs=(row(), row(to_site="Z")),
        failure_years=5.0,
    )
    heard = []
    answer = growth_answer(question, progress=heard.append)
    (one,) = answer.schemes
    assert [year.lit_tbps for year in one.years] == [0.1, 0.2, 0.4]
    assert heard[-1] == "Year 2 of 2, scheme 1 of 1"


def test_schemes_have_one_word_each():
    assert {scheme_from_word(word) for word in SCHEME_WORDS} == set(Scheme)
    assert [scheme_from_word(word_of_scheme(scheme)) for scheme in Scheme] == list(Scheme)
    assert scheme_from_word(" Shared ") is Scheme.SHARED_MESH


@pytest.mark.parametrize("word", ["", "-1", "1.0", "two", "11"])
def test_what_is_no_whole_number_within_bounds_is_refused(word):
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        whole_number(word, least=0, most=10)
