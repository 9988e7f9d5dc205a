"""What holds of every answer, on random small networks and on the corridor."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import IN_SERVICE, sites_with
from karakoram.planning.demand import Exclusions
from karakoram.planning.design import design_service
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.optical_plant import optical_plant
from karakoram.planning.prepare import prepare
from karakoram.planning.route_answers import RouteMetric, RouteQuestion
from karakoram.planning.routes import find_routes
from tests.support.planning_laws import check_answer
from tests.support.planning_networks import (
    DAY,
    amplifier,
    demand,
    designed,
    fibre,
    network_of,
    small_library,
)

SITES = "ABCDZ"
OPERATORS = ("ONE", "TWO")
FEW = settings(max_examples=40, deadline=None)
ON_THE_CORRIDOR = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

lengths_km = st.floats(1.0, 1_500.0).map(lambda km: round(km, 1))


@st.composite
def rows_of_networks(draw):
    """What to build a network of: up to ten spans between five sites, some not in service."""
    pairs = st.lists(st.sampled_from(SITES), min_size=2, max_size=2, unique=True)
    spans = []
    for number in range(draw(st.integers(3, 10))):
        a_site, z_site = draw(pairs)
        operator = draw(st.sampled_from(OPERATORS))
        spans.append(
            fibre(
                a_site,
                z_site,
                draw(lengths_km),
                name=f"S{number}",
                operator=operator,
                owner=draw(st.sampled_from([operator, operator, "LESSOR"])),
                cable=f"C{draw(st.integers(0, 3))} {operator}",
                status=draw(st.sampled_from([*[Status.IN_SERVICE] * 5, *Status])),
                groups=tuple(sorted(draw(st.sets(st.sampled_from(["STORM", "CLS-X"]))))),
            )
        )
    every = [(site, *OPERATORS) for site in SITES]
    meetings = draw(st.just(every) | st.lists(st.sampled_from(every), unique=True))
    present = {(site, f.operator) for f in spans for site in (f.a, f.z)}
    owners = sorted({f.owner for f in spans} | {f.operator for f in spans})
    return spans, {
        "more_sites": SITES,
        "roadms": sorted(draw(st.just(SITES) | st.sets(st.sampled_from(SITES), min_size=3))),
        "meetings": [
            (site, *pair)
            for site, *pair in meetings
            if all((site, operator) in present for operator in pair)
        ],
        "groups": {"STORM": (0.5, 24.0), "CLS-X": (0.1, 48.0)},
        "rules": {
            "site_failures_fit": draw(st.sampled_from([0.0, 2_000.0])),
            "site_mttr_h": 4.0,
        },
        "prices": [
            (owner, PriceUnit.KM, ChargePeriod.MONTH, 800.0, draw(st.sampled_from(["1", "3"])))
            for owner in owners
            if draw(st.sampled_from([True] * 7 + [False]))
        ],
    }


def built(rows):
    """The network; built outside strategies, because checking types uses up random numbers."""
    spans, rest = rows
    return network_of(*spans, **rest)


@st.composite
def questions(draw):
    """Any question; names that the network lacks are left out when it is put."""
    ends = st.lists(st.sampled_from(SITES), min_size=2, max_size=2, unique=True)

    def some(names):
        return draw(st.just([]) | st.lists(st.sampled_from(names), max_size=1))

    return {
        "ends": draw(ends),
        "bit_rate": draw(st.sampled_from([10.0, 100.0, 400.0, 1_600.0])),
        "protected": draw(st.booleans()),
        "latency_ms_max": draw(st.none() | st.floats(0.5, 20.0)),
        "avoid": {
            "site_ids": some(SITES),
            "span_ids": some([f"S{number}" for number in range(3)]),
            "operator_ids": some(OPERATORS),
        },
        "via": tuple(
            draw(st.just([]) | st.just([]) | st.lists(st.sampled_from(SITES), max_size=2))
        ),
        "include": draw(st.just([]) | st.lists(st.sampled_from(Status), max_size=2)),
        "term_months": draw(st.integers(1, 120)),
    }


def put(question, **changes):
    """The demand that a question means."""
    asked = {**question, **changes}
    return demand(
        *asked["ends"],
        asked["bit_rate"],
        protected=asked["protected"],
        latency_ms_max=asked["latency_ms_max"],
        avoid=Exclusions(**{kind: frozenset(ids) for kind, ids in asked["avoid"].items()}),
        via_site_ids=asked["via"],
        accepted_statuses=frozenset({Status.IN_SERVICE, *asked["include"]}),
        term_months=asked["term_months"],
    )


@FEW
@given(rows=rows_of_networks(), asked=st.lists(questions(), min_size=3, max_size=3))
def test_every_question_has_an_answer_and_the_answer_keeps_every_law(rows, asked):
    prepared = prepare(built(rows))
    for question in asked:
        wanted = put(question)
        check_answer(prepared, wanted, design_service(prepared, wanted))


@FEW
@given(
    rows=rows_of_networks(),
    ends=st.lists(st.sampled_from(SITES), min_size=2, max_size=2, unique=True),
    metric=st.sampled_from([RouteMetric.LENGTH, RouteMetric.LATENCY]),
)
def test_routes_visit_no_site_twice_and_come_in_order_and_once(rows, ends, metric):
    question = RouteQuestion(
        a_site_id=ends[0], z_site_id=ends[1], k=20, metric=metric, disjoint=True, on_day=DAY
    )
    answer = find_routes(prepare(built(rows)), question)
    lengths = [round(route.length_km, 6) for route in answer.routes]
    assert lengths == sorted(lengths)
    assert len({route.span_ids for route in answer.routes}) == len(answer.routes)
    for route in answer.routes:
        assert len(set(route.site_ids)) == len(route.site_ids)
        assert [route.site_ids[0], route.site_ids[-1]] == ends
    if answer.routes:
        assert answer.disjoint is not None


def line_gsnr(network):
    """1/noise of the first line, channel by channel."""
    plant = optical_plant(network)
    return -plant.by_spacing[100.0].by_line["A", ("A-Z",)].log_noise


@FEW
@given(km=st.floats(1.0, 2_000.0), more_km=st.floats(0.0, 80.0), data=st.data())
def test_a_longer_line_of_as_many_sections_is_never_better(km, more_km, data):
    short, long = network_of(fibre("A", "Z", km)), network_of(fibre("A", "Z", km + more_km))
    sections = [len(next(iter(optical_plant(one).lines.values())).ots) for one in (short, long)]
    assume(sections[0] == sections[1])
    assert (line_gsnr(long) <= line_gsnr(short) + 1e-12).all()


@FEW
@given(km=st.floats(1.0, 2_000.0), noise_db=st.floats(3.0, 8.0), more_db=st.floats(0.0, 3.0))
def test_a_noisier_amplifier_is_never_better(km, noise_db, more_db):
    def network(noise_figure_db):
        types = {
            name: amplifier(name, noise_figure_db=noise_figure_db) for name in ("EDFA", "REPEATER")
        }
        return network_of(fibre("A", "Z", km), library=small_library(amplifier_types=types))

    assert (line_gsnr(network(noise_db + more_db)) <= line_gsnr(network(noise_db))).all()


@FEW
@given(
    per_year=st.floats(0.01, 20.0),
    times=st.floats(1.01, 10.0),
    mttr_h=st.floats(0.5, 500.0),
    protected=st.booleans(),
)
def test_availability_falls_when_a_failure_rate_rises_on_the_same_route(
    per_year, times, mttr_h, protected
):
    def offer(rate):
        network = network_of(
            fibre("A", "M", 40.0),
            fibre("M", "Z", 40.0, groups=("STORM",)),
            fibre("M", "Z", 60.0, name="other", failure="poles"),
            classes={"poles": (rate, mttr_h)},
            groups={"STORM": (rate, mttr_h)},
        )
        return designed(network, protected=protected).offers[1]

    before, after = offer(per_year), offer(per_year * times)
    assert [path.span_ids for path in before.paths] == [path.span_ids for path in after.paths]
    assert after.unavailability > before.unavailability


@FEW
@given(rows=rows_of_networks(), question=questions())
def test_the_same_question_has_the_same_answer(rows, question):
    answers = [design_service(prepare(built(rows)), put(question)) for _ in range(2)]
    assert answers[0] == answers[1]


@FEW
@given(rows=rows_of_networks(), question=questions())
def test_the_way_back_is_as_long_as_the_way_there(rows, question):
    prepared = prepare(built(rows))
    there, back = (
        design_service(prepared, put(question, ends=ends, protected=False, via=()))
        for ends in (question["ends"], question["ends"][::-1])
    )
    assert isinstance(there, Infeasible) == isinstance(back, Infeasible)
    if isinstance(there, ServiceDesign):
        fastest = [answer.offers[1].paths[0].latency_ms for answer in (there, back)]
        assert fastest[0] == pytest.approx(fastest[1], abs=1e-9)


@FEW
@given(rows=rows_of_networks(), question=questions())
def test_protection_never_lowers_availability(rows, question):
    prepared = prepare(built(rows))
    both = design_service(prepared, put(question, protected=True))
    if isinstance(both, ServiceDesign):
        alone = design_service(prepared, put(question, protected=False))
        assert isinstance(alone, ServiceDesign), "who can be protected can be served"
        for offer in both.offers:
            assert offer.unavailability <= min(path.unavailability for path in offer.paths)


@pytest.fixture(scope="session")
def roadm_sites(corridor):
    return sorted(sites_with(corridor, EquipmentKind.ROADM, IN_SERVICE))


@ON_THE_CORRIDOR
@given(data=st.data())
def test_every_answer_on_the_corridor_keeps_every_law(prepared_corridor, roadm_sites, data):
    ends = data.draw(st.lists(st.sampled_from(roadm_sites), min_size=2, max_size=2, unique=True))
    cables = sorted(prepared_corridor.network.cables)
    avoided = data.draw(st.lists(st.sampled_from(cables), max_size=1))
    include = data.draw(st.sampled_from(Status))
    bound_ms = data.draw(st.none() | st.floats(1.0, 150.0))
    protected = data.draw(st.booleans())
    bit_rate_gbps = data.draw(st.sampled_from([100.0, 400.0, 800.0]))
    asked = demand(
        *ends,
        bit_rate_gbps,
        protected=protected,
        latency_ms_max=bound_ms,
        avoid=Exclusions(cable_ids=frozenset(avoided)),
        accepted_statuses=frozenset({Status.IN_SERVICE, include}),
    )
    answer = design_service(prepared_corridor, asked)
    check_answer(prepared_corridor, asked, answer)
