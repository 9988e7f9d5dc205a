from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence
from karakoram.network.records import Status
from karakoram.network.summary import ConfidenceCount, network_summary
from tests.support.small_corridor import small_network


@pytest.fixture(scope="module")
def network():
    return small_network()


@pytest.fixture(scope="module")
def summary(network):
    return network_summary(network)


def test_every_kilometre_is_counted_once_by_operator_and_status(network, summary):
    counted = sum(sum(operator.km_by_status.values()) for operator in summary.operators)
    assert counted == pytest.approx(sum(span.length_km for span in network.spans.values()))
    assert sum(operator.spans for operator in summary.operators) == len(network.spans)


def test_operators_stand_in_order_of_their_glass(summary):
    glass = [sum(operator.km_by_status.values()) for operator in summary.operators]
    assert glass == sorted(glass, reverse=True)


def test_options_and_leased_legs_are_told_apart(summary):
    by_id = {operator.operator_id: operator for operator in summary.operators}
    assert by_id["SCO"].km_by_status[Status.OPTION] == pytest.approx(321.3)
    assert by_id["SCO"].km_by_status[Status.IN_SERVICE] == pytest.approx(811.2)
    assert by_id["ON"].leased_km == pytest.approx(342.7)
    assert by_id["NTC"].spans == 0


def test_a_cable_shows_the_sum_of_its_spans_beside_what_is_published(summary):
    peace = next(cable for cable in summary.cables if cable.cable_id == "PEACE")
    assert (peace.length_km, peace.published_length_km) == (9_480.0, 21_500.0)


def test_landing_parties_name_their_cables(summary):
    landed = {party.operator_id: party.cables for party in summary.landing_parties}
    assert landed == {"CYB": {"PEACE": Status.IN_SERVICE}, "TWA": {"SMW5": Status.IN_SERVICE}}


def test_records_are_counted_by_what_their_figures_rest_on(network, summary):
    spans = next(count for count in summary.confidence if count.table == "spans")
    assert spans.records == len(network.spans)
    assert spans.by_confidence == {
        Confidence.STATED: 0,
        Confidence.DERIVED: 14,
        Confidence.ASSUMED: 1,
    }
    assert spans.assumed_share == pytest.approx(1 / 15)


def test_an_empty_table_has_no_assumed_share(network):
    empty = network_summary(replace(network, handovers={}))
    count = next(count for count in empty.confidence if count.table == "hand-overs")
    assert isinstance(count, ConfidenceCount)
    assert (count.records, count.assumed_share) == (0, 0.0)
