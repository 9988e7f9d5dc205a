from datetime import date

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, Severity
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.prepare import prepare
from karakoram.usecases.network.begin_network import begin_network
from karakoram.usecases.network.show_network import show_network
from karakoram.usecases.network.validate_network import validate_network
from karakoram.usecases.plan.design_service import (
    ServiceQuestion,
    answer_on_prepared,
    design_service,
)
from karakoram.usecases.plan.find_routes import RoutesQuestion, find_routes, routes_on_prepared
from karakoram.usecases.ports import (
    Clock,
    NetworkSource,
    NetworkTarget,
    Progress,
    ReportWriter,
    silent,
)
from tests.support.ports import GivenNetwork, KeptNetwork, KeptReport, StoppedClock
from tests.support.small_corridor import small_network


@pytest.fixture(scope="module")
def network():
    return small_network()


def finding(severity):
    return Finding(
        code="test", place=Place(table="spans"), message="is wrong; mend it", severity=severity
    )


def test_stand_ins_play_the_parts_of_the_ports(network):
    assert isinstance(GivenNetwork(network), NetworkSource)
    assert isinstance(KeptNetwork(), NetworkTarget)
    assert isinstance(KeptReport(), ReportWriter)
    assert isinstance(StoppedClock(), Clock)
    assert isinstance(silent, Progress)


def test_a_design_is_made_on_the_day_of_the_clock_and_told_step_by_step(network):
    steps: list[str] = []
    found = design_service(
        ServiceQuestion(a_site="RWP", z_site="KHI"),
        networks=GivenNetwork(network),
        clock=StoppedClock(date(2026, 5, 1)),
        progress=steps.append,
    )
    assert found.network is network
    assert found.answer.demand.on_day == date(2026, 5, 1)
    assert len(steps) == 3


@pytest.mark.parametrize("latency_ms_max", [None, 0.001])
def test_the_report_shows_the_answer_whether_yes_or_no(network, latency_ms_max):
    report = KeptReport()
    question = ServiceQuestion(a_site="RWP", z_site="KHI", latency_ms_max=latency_ms_max)
    found = design_service(
        question, networks=GivenNetwork(network), clock=StoppedClock(), report=report
    )
    assert isinstance(found.answer, Infeasible if latency_ms_max else ServiceDesign)
    assert report.kept == [(network, found.answer)]


def test_a_prepared_network_gives_the_same_answer(network):
    question = ServiceQuestion(a_site="RWP", z_site="KHI")
    found = design_service(question, networks=GivenNetwork(network), clock=StoppedClock())
    prepared = prepare(network)
    assert answer_on_prepared(question, prepared=prepared, clock=StoppedClock()) == found.answer


def test_a_question_that_means_nothing_is_refused_before_anything_is_prepared(network):
    steps: list[str] = []
    with pytest.raises(InvalidDataError):
        design_service(
            ServiceQuestion(a_site="nowhere", z_site="KHI"),
            networks=GivenNetwork(network),
            clock=StoppedClock(),
            progress=steps.append,
        )
    assert len(steps) == 1


def test_routes_are_found_as_asked(network):
    question = RoutesQuestion(a_site="Chilas", z_site="Mansehra", include=("option",))
    found = find_routes(question, networks=GivenNetwork(network), clock=StoppedClock())
    assert [route.span_ids for route in found.answer.routes] == [
        ("CHL-BBS", "BBS-MNS"),
        ("CHL-DSU", "DSU-MNS"),
    ]
    assert found.question.on_day == date(2026, 11, 22)
    again = routes_on_prepared(question, prepared=prepare(network), clock=StoppedClock())
    assert again == found.answer


def test_validation_tells_errors_before_warnings_and_loses_none():
    warning, error = finding(Severity.WARNING), finding(Severity.ERROR)
    source = GivenNetwork(None, (warning, error, warning))
    assert validate_network(networks=source) == (error, warning, warning)


def test_a_network_is_shown_with_its_summary(network):
    found = show_network(networks=GivenNetwork(network))
    assert found.network is network
    assert found.summary.name == network.name


def test_a_new_network_is_a_copy_of_a_sound_one(network):
    target = KeptNetwork()
    begin_network(networks=GivenNetwork(network), target=target)
    assert target.kept == [network]


def test_an_unsound_network_is_not_copied():
    target = KeptNetwork()
    with pytest.raises(InvalidDataError):
        begin_network(networks=GivenNetwork(None, (finding(Severity.ERROR),)), target=target)
    assert target.kept == []
