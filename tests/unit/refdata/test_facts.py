import pytest

from karakoram.adapters.formats.network_folder import read_network
from karakoram.core.provenance import Confidence
from karakoram.refdata.corridor import corridor_folder
from karakoram.refdata.facts import (
    Comparison,
    read_competing_routes,
    read_events,
    read_failures,
    read_interchanges,
    read_kpis,
    read_operator_offers,
    read_price_facts,
    read_tolls,
)

READERS = (
    (read_events, 35),
    (read_kpis, 49),
    (read_competing_routes, 20),
    (read_failures, 40),
    (read_price_facts, 55),
    (read_operator_offers, 49),
    (read_interchanges, 94),
    (read_tolls, 139),
)


@pytest.mark.parametrize(
    ("read", "count"), READERS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_fact_is_there_with_its_source(read, count):
    facts = read()
    assert len(facts) == count
    for fact in facts:
        assert fact.provenance.source.strip()
        assert fact.provenance.source_date.strip()


def test_events_are_28_failures_and_7_milestones():
    milestones = [event for event in read_events() if event.event_class == "milestone"]
    assert (len(read_events()) - len(milestones), len(milestones)) == (28, 7)


def test_events_name_sites_of_the_network_and_tell_abu_talat_from_abbottabad():
    sites = read_network(corridor_folder()).sites
    events = {event.event_id: event for event in read_events()}
    assert {event.site_id for event in events.values() if event.site_id} <= set(sites)
    assert sites[events["E13"].site_id].name == "Abu Talat"


def test_the_attabad_closure_lasted_49896_hours():
    attabad = next(event for event in read_events() if event.event_id == "E04")
    assert attabad.duration_h == 49_896.0


def test_35_service_bars_are_stated_and_14_assumed():
    confidences = [kpi.provenance.confidence for kpi in read_kpis()]
    assert confidences.count(Confidence.STATED) == 35
    assert confidences.count(Confidence.ASSUMED) == 14


@pytest.mark.parametrize(
    ("comparison", "met", "missed"),
    [
        (Comparison.AT_LEAST, (99.0, 99.5), (98.9,)),
        (Comparison.AT_MOST, (99.0, 98.5), (99.1,)),
        (Comparison.ABOVE, (99.1,), (99.0,)),
        (Comparison.BELOW, (98.9,), (99.0,)),
    ],
)
def test_a_bar_is_kept_on_its_own_side(comparison, met, missed):
    assert all(comparison.holds(value, 99.0) for value in met)
    assert not any(comparison.holds(value, 99.0) for value in missed)


def test_the_corridor_routes_carry_the_derived_round_trip_times():
    routes = {route.route_id: route for route in read_competing_routes()}
    assert (routes["CPDC-RWP-MRS"].length_km, routes["CPDC-RWP-MRS"].rtt_ms) == (10_997.0, 107.8)
    assert routes["CP-MEAS"].provenance.confidence is Confidence.STATED


def test_the_failure_classes_of_the_network_come_from_the_failure_facts():
    classes = read_network(corridor_folder()).failure_classes
    published = {(fact.subject, fact.parameter): fact.value for fact in read_failures()}
    for class_id, subject, parameter in (
        ("BURIED", "buried fibre cable", "service-affecting failures"),
        ("AERIAL", "ADSS aerial", "service-affecting failures"),
        ("MOTORWAY", "motorway duct section", "fault rate to assume"),
        ("N5", "N-5 Sindh gap", "fault rate to assume"),
        (
            "MOUNTAIN",
            "SCO trunk, mountain section (Khunjerab-Mansehra)",
            "fault rate to assume",
        ),
    ):
        rate = classes[class_id].failures_per_1000_km_year
        assert rate == float(published[subject, parameter])
    low, high = (
        float(published["submarine cable", f"fault rate, {end}"]) for end in ("low", "high")
    )
    for class_id, fault in classes.items():
        if class_id.startswith("SUBMARINE"):
            assert fault.failures_per_1000_km_year == pytest.approx((low + high) / 2.0)


def test_the_price_books_rest_on_published_quotes():
    quotes = {fact.item: fact.value for fact in read_price_facts()}
    assert quotes["100G wavelength Singapore-Europe subsea (AAE-1/SMW5)"] == 29_000.0
    assert quotes["light-up cost 100G per segment (SJC IRU offer)"] == 250_000.0
    assert quotes["O&M of an IRU"] == 3.5


def test_interchanges_lie_on_their_motorway_in_order():
    by_motorway = {}
    for item in read_interchanges():
        by_motorway.setdefault(item.motorway, []).append(item)
    for items in by_motorway.values():
        assert [item.sequence for item in items] == sorted(item.sequence for item in items)
        kilometres = [item.km_from_start for item in items]
        assert kilometres == sorted(kilometres)
        assert kilometres[-1] <= items[0].motorway_length_km + 1.0
