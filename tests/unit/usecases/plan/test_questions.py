from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.network.records import Status
from karakoram.planning.demand import Protection
from karakoram.planning.route_answers import RouteMetric
from karakoram.usecases.plan.design_service import ServiceQuestion, service_demand
from karakoram.usecases.plan.find_routes import RoutesQuestion, route_question
from tests.support.small_corridor import small_network

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def network():
    return small_network()


def fields_of(refusal):
    return [finding.place.field for finding in refusal.value.findings]


def test_a_question_in_words_becomes_a_demand_in_identifiers(network):
    demand = service_demand(
        ServiceQuestion(
            a_site="Urumqi",
            z_site="marseille",
            bit_rate="0.4T",
            protection="1+1",
            latency_ms_max=80.0,
            avoid=("PEACE", "Dasu"),
            via=("Gilgit",),
            include=("option",),
            term_months=12,
        ),
        network=network,
        today=TODAY,
    )
    assert (demand.a_site_id, demand.z_site_id) == ("URC", "MRS")
    assert demand.bit_rate_gbps == 400.0
    assert demand.protection is Protection.ONE_PLUS_ONE
    assert demand.latency_ms_max == 80.0
    assert demand.avoid.cable_ids == {"PEACE"}
    assert demand.avoid.site_ids == {"DSU"}
    assert demand.via_site_ids == ("GIL",)
    assert demand.accepted_statuses == {Status.IN_SERVICE, Status.OPTION}
    assert demand.term_months == 12


def test_the_day_is_today_unless_another_is_named(network):
    named = date(2027, 1, 1)
    plain = ServiceQuestion(a_site="URC", z_site="MRS")
    dated = ServiceQuestion(a_site="URC", z_site="MRS", on_day=named)
    assert service_demand(plain, network=network, today=TODAY).on_day == TODAY
    assert service_demand(dated, network=network, today=TODAY).on_day == named


def test_limits_inside_operators_are_read_and_what_is_none_is_told(network):
    question = ServiceQuestion(
        a_site="URC", z_site="KHI", transit_limits=("SCO=900.5 km", "one = 2 hand-overs")
    )
    limits = service_demand(question, network=network, today=TODAY).transit_limits
    assert [limit.word for limit in limits] == ["SCO=900.5km", "ON=2handovers"]
    words = ("SCO=5", "SCOO=5km", "SCO=1.5handovers", "SCO=-1km")
    with pytest.raises(InvalidDataError) as refusal:
        service_demand(replace(question, transit_limits=words), network=network, today=TODAY)
    assert fields_of(refusal) == ["transit_limit"] * 4
    assert "Did you mean SCO" in refusal.value.findings[1].message
    with pytest.raises(InvalidDataError) as refusal:
        service_demand(
            replace(question, transit_limits=("SCO=5km", "SCO=6km")), network=network, today=TODAY
        )
    assert fields_of(refusal) == ["transit_limits"]
    assert "km inside SCO once" in refusal.value.findings[0].message


def test_every_wrong_word_of_a_service_is_told_at_once(network):
    question = ServiceQuestion(
        a_site="Urumki",
        z_site="Marsail",
        bit_rate="4x",
        protection="both",
        avoid=("PEACH", "KHI", "nowhere"),
        via=("Gilgt",),
        include=("maybe",),
    )
    with pytest.raises(InvalidDataError) as refusal:
        service_demand(question, network=network, today=TODAY)
    assert fields_of(refusal) == [
        *("a_site", "z_site", "bit_rate", "protection"),
        *("via", "avoid", "avoid", "include"),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"z_site": "Urumqi"}, "two different ends"),
        ({"term_months": 0}, "the term in months must be at least 1"),
        ({"term_months": 1_201}, "the term in months must be at most 1,200"),
        ({"term_months": 10**5_000}, "the term in months must be at most 1,200"),
        ({"latency_ms_max": -1.0}, "one-way latency in ms must be greater than 0"),
    ],
)
def test_a_demand_that_breaks_its_own_rules_is_refused_as_data(network, wrong, said):
    words = {"a_site": "URC", "z_site": "MRS", **wrong}
    with pytest.raises(InvalidDataError, match=said) as refusal:
        service_demand(ServiceQuestion(**words), network=network, today=TODAY)
    assert fields_of(refusal) == ["demand" if "z_site" in wrong else next(iter(wrong))]


@pytest.mark.parametrize("wrong", [{"latency_ms_max": -1.0}, {"term_months": 0}])
def test_a_figure_out_of_bounds_is_told_of_its_field_and_in_words(network, wrong):
    question = ServiceQuestion(a_site="URC", z_site="MRS", **wrong)
    with pytest.raises(InvalidDataError) as refusal:
        service_demand(question, network=network, today=TODAY)
    assert fields_of(refusal) == list(wrong)
    (finding,) = refusal.value.findings
    assert "_" not in finding.message
    assert "ServiceDemand" not in finding.message


def test_a_question_about_routes_is_understood(network):
    understood = route_question(
        RoutesQuestion(
            a_site="URC", z_site="Karachi", k=5, by="price", disjoint=True, include=("option",)
        ),
        network=network,
        today=TODAY,
    )
    assert understood.metric is RouteMetric.PRICE
    assert understood.k == 5
    assert understood.disjoint
    assert understood.on_day == TODAY
    assert understood.accepted_statuses == {Status.IN_SERVICE, Status.OPTION}


def test_every_wrong_word_about_routes_is_told_at_once(network):
    question = RoutesQuestion(a_site="x", z_site="y", by="beauty", bit_rate="", avoid=("z",))
    with pytest.raises(InvalidDataError) as refusal:
        route_question(question, network=network, today=TODAY)
    assert fields_of(refusal) == ["a_site", "z_site", "bit_rate", "by", "avoid"]


@pytest.mark.parametrize(
    "wrong", [{"k": 0}, {"k": 10_001}, {"k": 2**63}, {"k": 10**5_000}, {"z_site": "URC"}]
)
def test_a_question_about_routes_that_breaks_its_own_rules_is_refused_as_data(network, wrong):
    words = {"a_site": "URC", "z_site": "KHI", **wrong}
    with pytest.raises(InvalidDataError) as refusal:
        route_question(RoutesQuestion(**words), network=network, today=TODAY)
    assert fields_of(refusal) == ["k" if "k" in wrong else "demand"]
