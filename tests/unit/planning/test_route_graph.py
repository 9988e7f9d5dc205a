"""Where light may go, and what each arc costs and risks."""

from karakoram.engines.routing import Avoided, Ends, path_of_arcs, shortest_path
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import CableMedium, RiskKind, Status
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import RiskSort
from karakoram.planning.price_book import price_book
from karakoram.planning.risks import network_risks, risk_bits, span_risk_ids
from karakoram.planning.route_graph import exclusion_mask, price_costs, route_graph, status_mask
from karakoram.planning.search_space import is_plant
from karakoram.planning.site_loops import site_met_again
from tests.support.planning_networks import DAY, fibre, network_of


def small():
    return network_of(
        fibre("A", "M", 10.0, groups=("STORM",)),
        fibre("M", "N", 20.0, owner="LESSOR"),
        fibre("N", "Z", 30.0, operator="TWO"),
        meetings=[("N", "OP", "TWO")],
        groups={"STORM": (1.0, 8.766), "CLS-X": (1.0, 1.0)},
        prices=[
            ("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1"),
            ("OP", PriceUnit.LEG, ChargePeriod.ONCE, 100.0, "7"),
            ("LESSOR", PriceUnit.LEG, ChargePeriod.MONTH, 100.0, "3"),
        ],
    )


def whole_path(graph, avoid_mask=0):
    return shortest_path(
        graph.digraph,
        cost=graph.latency_ps,
        ends=Ends.between(graph.origin["A"], graph.destination["Z"]),
        avoid=Avoided(risk_mask=avoid_mask),
    )


def test_latency_and_length_are_whole_picoseconds_and_millimetres():
    graph = route_graph(small())
    path = whole_path(graph)
    assert sum(graph.latency_ps[arc] for arc in path.arcs) == 300_000_000
    assert sum(graph.length_mm[arc] for arc in path.arcs) == 60_000_000
    assert graph.spans_of(path) == ("A-M", "M-N", "N-Z")


def test_costs_are_kilometres_and_legs_where_they_begin():
    network = small()
    graph = route_graph(network)
    book = price_book(network, bit_rate_gbps=100.0, on_day=DAY)
    costs = price_costs(graph, network, book=book, term_months=10)
    path = path_of_arcs(graph.digraph, whole_path(graph).arcs, values=[float(c) for c in costs])
    # OP: 10 km x 10 months and a leg of 7; the lessor: a leg of 3 x 10 months; TWO: nothing.
    assert path.cost == 100 * (10 * 10 + 7 + 3 * 10)


def test_a_handover_may_be_barred_like_a_span():
    network = small()
    graph = route_graph(network)
    handover = 1 << graph.bit_of_handover["N OP-TWO"]
    assert whole_path(graph, handover) is None
    assert whole_path(graph).risk_mask & handover


def exchange(*meetings, more=()):
    """ONE comes in, TWO goes out, and MID has fibre at the site where they meet."""
    return network_of(
        fibre("A", "X", 1.0, operator="ONE"),
        fibre("X", "Z", 1.0, operator="TWO"),
        fibre("X", "M", 1.0, operator="MID"),
        *more,
        meetings=[("X", *meeting) for meeting in meetings],
    )


def test_light_is_not_handed_over_twice_at_one_site():
    # MID sells no transit without glass: ONE and TWO have to agree themselves.
    relayed = exchange(("ONE", "MID"), ("MID", "TWO"))
    graph = route_graph(relayed)
    spans = graph.spans_of(whole_path(graph))
    # The only way on is up and down the spur to M, which comes back to X and is no offer.
    assert spans == ("A-X", "X-M", "X-M", "X-Z")
    assert site_met_again(graph, relayed, whole_path(graph), start="A") == "X"
    agreed = exchange(("ONE", "MID"), ("MID", "TWO"), ("ONE", "TWO"))
    graph = route_graph(agreed)
    handover = 1 << graph.bit_of_handover["X ONE-TWO"]
    assert graph.spans_of(whole_path(graph)) == ("A-X", "X-Z")
    assert graph.spans_of(whole_path(graph, handover)) == spans


def test_two_agreements_of_the_same_operators_are_two_ways_to_pass():
    network = network_of(
        fibre("A", "X", 1.0, operator="ONE"),
        fibre("X", "Z", 1.0, operator="TWO"),
        meetings=[("X", "ONE", "TWO"), ("X", "TWO", "ONE", Status.PLANNED)],
    )
    graph = route_graph(network)
    assert whole_path(graph, status_mask(graph, network, IN_SERVICE))
    every = sum(1 << bit for bit in graph.bit_of_handover.values())
    assert whole_path(graph, every) is None


def test_the_ports_of_a_site_are_found_whether_light_comes_in_or_goes_out():
    graph = route_graph(exchange(("ONE", "MID"), ("MID", "TWO"), ("ONE", "TWO")))
    path = whole_path(graph)
    for site in ("A", "X", "Z"):
        assert graph.vertices_at(site) & set(path.vertices)
    assert not graph.vertices_at("M") & set(path.vertices)
    assert not graph.vertices_at("A") & graph.vertices_at("X")


def test_masks_of_statuses_hold_spans_cables_and_handovers():
    network = network_of(
        fibre("A", "M", 1.0, status=Status.OPTION),
        fibre("M", "N", 1.0, cable_status=Status.PLANNED),
        fibre("N", "Z", 1.0, operator="TWO"),
        meetings=[("N", "OP", "TWO", Status.RETIRED)],
    )
    graph = route_graph(network)
    spans = graph.span_mask(("A-M", "M-N"))
    handover = 1 << graph.bit_of_handover["N OP-TWO"]
    assert status_mask(graph, network, IN_SERVICE) == spans | handover
    assert status_mask(graph, network, frozenset(Status)) == 0


def test_masks_of_exclusions_hold_operators_and_owners_alike():
    network = small()
    graph = route_graph(network)
    lessor = exclusion_mask(graph, network, Exclusions(operator_ids=frozenset({"LESSOR"})))
    operator = exclusion_mask(graph, network, Exclusions(operator_ids=frozenset({"OP"})))
    assert lessor == graph.span_mask(("M-N",))
    assert operator == graph.span_mask(("A-M", "M-N"))
    site = exclusion_mask(graph, network, Exclusions(site_ids=frozenset({"M"})))
    assert site == graph.site_mask(("M",))
    assert exclusion_mask(graph, network, Exclusions()) == 0


def test_microwave_has_no_arcs_but_stays_a_risk():
    network = network_of(
        fibre("A", "Z", 1.0), fibre("A", "Z", 1.0, name="radio", medium=CableMedium.MICROWAVE)
    )
    graph = route_graph(network)
    assert not any(use.span_id == "radio" for use in graph.uses)
    assert "span:radio" in graph.bit_of_risk


def test_every_span_group_and_site_is_a_risk_in_this_order():
    risks = network_risks(small())
    assert [risk.sort for risk in risks] == [
        *[RiskSort.SPAN] * 3,
        *[RiskSort.RISK_GROUP] * 2,
        *[RiskSort.SITE] * 4,
    ]
    assert risk_bits(risks)["group:STORM"] == 3
    assert risks[3].span_ids == ("A-M",)
    assert risks[4].span_ids == ()
    assert risks[6].span_ids == ("A-M", "M-N")


def test_a_risk_weighs_the_minutes_that_it_takes_and_at_least_one():
    storm, *_ = [risk for risk in network_risks(small()) if risk.risk_id == "group:STORM"]
    # Once a year for 8.766 of 8,766 hours.
    assert storm.unavailability == 0.001 / 1.001
    assert storm.weight == 525
    assert min(risk.weight for risk in network_risks(small())) == 1


def test_a_span_is_exposed_to_itself_its_groups_and_its_sites():
    assert span_risk_ids(small().spans["A-M"]) == (
        "span:A-M",
        "group:STORM",
        "site:A",
        "site:M",
    )


def test_plant_is_spans_and_landing_stations():
    plant = [risk.risk_id for risk in network_risks(small()) if is_plant(risk)]
    assert plant == ["span:A-M", "span:M-N", "span:N-Z", "group:CLS-X"]
    station = next(risk for risk in network_risks(small()) if risk.risk_id == "group:CLS-X")
    assert station.kind is RiskKind.LANDING_STATION


def test_sites_where_nothing_can_fail_are_shared_for_nothing():
    bare = route_graph(small())
    assert bare.free_mask & bare.site_mask(("M",))
    powered = route_graph(
        network_of(
            fibre("A", "M", 1.0),
            fibre("M", "Z", 1.0),
            rules={"site_failures_fit": 9.0, "site_mttr_h": 9.0},
        )
    )
    assert not powered.free_mask & powered.site_mask(("M",))
