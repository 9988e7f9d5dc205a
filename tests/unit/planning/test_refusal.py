"""Every "no" has a code, and following its advice makes a "yes"."""

from dataclasses import replace

import pytest

from karakoram.core.identifiers import OperatorId
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import CableMedium, Status
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import Infeasible, ServiceDesign
from tests.support.planning_networks import (
    demand,
    designed,
    fibre,
    mode,
    network_of,
    sea,
    small_library,
    system,
)

OPTION = frozenset({Status.IN_SERVICE, Status.OPTION})
PLANNED = frozenset({Status.IN_SERVICE, Status.PLANNED})


def refusal(network, **asked):
    """The one reason."""
    answer = designed(network, **asked)
    assert isinstance(answer, Infeasible), "expected a refusal"
    assert answer.demand == demand(**asked)
    (reason,) = answer.reasons
    return reason


def is_feasible(network, **asked):
    answer = designed(network, **asked)
    if isinstance(answer, Infeasible):
        raise AssertionError(answer.reasons)
    return isinstance(answer, ServiceDesign)


class TestNoAddDrop:
    def test_a_site_without_roadm_names_the_nearest_that_have_one(self):
        network = network_of(
            fibre("A", "M", 30.0), fibre("M", "Z", 40.0), fibre("Z", "Y", 5.0), roadms="AZY"
        )
        reason = refusal(network, z="M")
        assert (reason.code, reason.where) == ("no-add-drop", "M")
        assert reason.message.endswith("a neighbour that has one: A (30 km), Z (40 km)")
        assert is_feasible(network, z="Z")
        installed = network_of(*[fibre("A", "M", 30.0), fibre("M", "Z", 40.0)], roadms="AMZ")
        assert is_feasible(installed, z="M")

    def test_the_nearest_are_found_past_other_sites_without(self):
        network = network_of(
            fibre("M", "P", 1.0), fibre("P", "Q", 2.0), fibre("Q", "A", 4.0), roadms="A"
        )
        assert "A (7 km)" in refusal(network, z="M").message

    def test_the_shortest_of_several_ways_to_a_neighbour_is_told(self):
        network = network_of(
            fibre("M", "A", 9.0), fibre("M", "P", 1.0), fibre("P", "A", 2.0), roadms="A"
        )
        assert "one: A (3 km)" in refusal(network, z="M").message

    def test_no_neighbour_is_said_too(self):
        network = network_of(fibre("A", "Z", 1.0), more_sites=("M",), roadms="AZ")
        assert refusal(network, z="M").message.endswith("one: none")

    def test_both_ends_are_named_at_once(self):
        network = network_of(fibre("A", "M", 1.0), fibre("M", "Z", 1.0), roadms="M")
        answer = designed(network)
        assert [(reason.code, reason.where) for reason in answer.reasons] == [
            ("no-add-drop", "A"),
            ("no-add-drop", "Z"),
        ]

    def test_a_planned_roadm_counts_when_it_is_included(self):
        network = network_of(fibre("A", "Z", 1.0), statuses={"Z": Status.PLANNED})
        reason = refusal(network)
        assert reason.code == "no-add-drop"
        assert "accept status planned" in reason.message
        assert is_feasible(network, accepted_statuses=PLANNED)

    def test_a_retired_roadm_is_none(self):
        spans = (fibre("A", "Z", 1.0), fibre("Z", "Y", 1.0))
        network = network_of(*spans, statuses={"Z": Status.RETIRED})
        assert "accept" not in refusal(network).message
        assert refusal(network, accepted_statuses=frozenset(Status)).code == "no-add-drop"

    def test_a_neighbour_over_microwave_is_none(self):
        network = network_of(fibre("A", "Z", 1.0, medium=CableMedium.MICROWAVE), roadms="A")
        assert refusal(network).message.endswith("one: none")


class TestNotInService:
    @pytest.mark.parametrize("status", [Status.OPTION, Status.PLANNED, Status.RETIRED])
    def test_the_status_to_include_is_named_with_its_spans(self, status):
        network = network_of(fibre("A", "M", 10.0), fibre("M", "Z", 10.0, status=status))
        reason = refusal(network)
        assert (reason.code, reason.where) == ("not-in-service", "A-Z")
        assert "(M-Z)" in reason.message
        assert f"accept status {status.value}" in reason.message
        assert is_feasible(network, accepted_statuses=frozenset({Status.IN_SERVICE, status}))

    def test_a_cable_that_is_not_in_service_takes_its_spans_along(self):
        network = network_of(fibre("A", "Z", 10.0, cable_status=Status.PLANNED))
        reason = refusal(network)
        assert reason.code == "not-in-service"
        assert "(A-Z)" in reason.message
        assert is_feasible(network, accepted_statuses=PLANNED)

    def test_a_planned_handover_is_named(self):
        network = network_of(
            fibre("A", "M", 10.0, operator="ONE"),
            fibre("M", "Z", 10.0, operator="TWO"),
            meetings=[("M", "ONE", "TWO", Status.PLANNED)],
        )
        reason = refusal(network)
        assert reason.code == "not-in-service"
        assert "M ONE-TWO" in reason.message
        assert "accept status planned" in reason.message
        assert is_feasible(network, accepted_statuses=PLANNED)

    def test_every_status_that_the_way_needs_is_named(self):
        network = network_of(
            fibre("A", "M", 10.0, status=Status.PLANNED),
            fibre("M", "Z", 10.0, status=Status.OPTION),
        )
        reason = refusal(network)
        assert "accept status option and planned" in reason.message
        both = frozenset({Status.IN_SERVICE, Status.OPTION, Status.PLANNED})
        assert is_feasible(network, accepted_statuses=both)

    def test_an_option_is_advised_before_what_is_planned_or_retired(self):
        network = network_of(
            fibre("A", "Z", 10.0, name="old", status=Status.RETIRED),
            fibre("A", "Z", 20.0, name="plan", status=Status.PLANNED),
            fibre("A", "Z", 30.0, name="choice", status=Status.OPTION),
        )
        reason = refusal(network)
        assert "(choice)" in reason.message
        assert reason.message.endswith("accept status option to plan with it")


class TestNoRoute:
    def test_two_islands_have_no_route(self):
        network = network_of(fibre("A", "B", 1.0), fibre("Y", "Z", 1.0))
        reason = refusal(network)
        assert (reason.code, reason.where) == ("no-route", "A-Z")
        assert "add the spans that are missing" in reason.message
        joined = network_of(fibre("A", "B", 1.0), fibre("Y", "Z", 1.0), fibre("B", "Y", 1.0))
        assert is_feasible(joined)

    def test_microwave_is_no_way_for_light(self):
        network = network_of(fibre("A", "Z", 1.0, medium=CableMedium.MICROWAVE))
        assert refusal(network).code == "no-route"

    def test_a_missing_handover_is_the_reason_and_agreeing_on_one_the_remedy(self):
        spans = (
            fibre("A", "M", 10.0, operator="ONE"),
            fibre("M", "Z", 10.0, operator="TWO"),
        )
        reason = refusal(network_of(*spans))
        assert reason.code == "no-route"
        assert "hand-over" in reason.message
        assert is_feasible(network_of(*spans, meetings=[("M", "ONE", "TWO")]))
        # Light runs both ways over a hand-over, whoever is named first.
        assert is_feasible(network_of(*spans, meetings=[("M", "TWO", "ONE")]))


class TestAvoided:
    NETWORK = network_of(
        fibre("A", "M", 10.0, operator="ONE", owner="LESSOR", cable="EAST"),
        fibre("M", "Z", 10.0, operator="ONE", cable="EAST"),
    )

    @pytest.mark.parametrize(
        "avoid",
        [
            Exclusions(site_ids=frozenset({"M"})),
            Exclusions(span_ids=frozenset({"M-Z"})),
            Exclusions(operator_ids=frozenset({"ONE"})),
            Exclusions(operator_ids=frozenset({"LESSOR"})),
            Exclusions(cable_ids=frozenset({"EAST"})),
            Exclusions(site_ids=frozenset({"A"})),
        ],
        ids=str,
    )
    def test_what_is_avoided_is_named(self, avoid):
        reason = refusal(self.NETWORK, avoid=avoid)
        assert (reason.code, reason.where) == ("avoided", "A-Z")
        words = (*avoid.site_ids, *avoid.span_ids, *avoid.operator_ids, *avoid.cable_ids)
        assert f"({words[0]}); avoid less" in reason.message
        assert is_feasible(self.NETWORK)


class TestNoPrice:
    def test_owners_without_price_are_named_and_their_price_is_the_remedy(self):
        rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1")]
        network = network_of(
            fibre("A", "M", 10.0), fibre("M", "Z", 10.0, owner="LESSOR"), prices=rows
        )
        reason = refusal(network)
        assert (reason.code, reason.where) == ("no-price", "prices")
        assert reason.message.startswith("LESSOR ask")
        assert "100 Gb/s" in reason.message
        rows.append(("LESSOR", PriceUnit.LEG, ChargePeriod.MONTH, 100.0, "1"))
        assert is_feasible(
            network_of(fibre("A", "M", 10.0), fibre("M", "Z", 10.0, owner="LESSOR"), prices=rows)
        )

    def test_a_bit_rate_that_nobody_sells_can_be_lowered(self):
        rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1")]
        network = network_of(fibre("A", "Z", 10.0), prices=rows)
        reason = refusal(network, bit_rate=200.0)
        assert reason.code == "no-price"
        assert "ask for a lower bit rate, at most 100" in reason.message
        assert is_feasible(network, bit_rate=100.0)

    def test_owners_elsewhere_who_ask_no_price_are_not_to_blame(self):
        rows = [("OTHER", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1")]
        network = network_of(
            fibre("A", "Z", 10.0),
            fibre("Z", "Y", 10.0, owner="ELSEWHERE"),
            fibre("Z", "X", 10.0, owner="OTHER"),
            prices=rows,
        )
        message = refusal(network).message
        assert message.startswith("OP ask")
        assert "ELSEWHERE" not in message


def noisy_library(reach_km=300.0):
    """One mode, which reaches no further than its receiver stands dispersion."""
    return small_library(
        transceiver_modes={"SR": mode("SR", 100.0, cd_ps_per_nm_max=17.2 * reach_km)}
    )


class TestOptics:
    def test_the_line_that_no_mode_crosses_is_named_and_a_roadm_between_is_the_remedy(self):
        spans = (fibre("A", "M", 200.0), fibre("M", "Z", 400.0))
        reason = refusal(network_of(*spans, library=noisy_library()))
        assert (reason.code, reason.where) == ("optics", "M-Z")
        assert "M-Z (400 km" in reason.message
        assert "A-M" not in reason.message
        halves = (fibre("A", "M", 200.0), fibre("M", "N", 200.0), fibre("N", "Z", 200.0))
        assert is_feasible(network_of(*halves, library=noisy_library()))

    def test_a_line_beyond_the_receiver_is_said_so_and_not_with_infinite_margin(self):
        reason = refusal(network_of(fibre("A", "Z", 400.0), library=noisy_library()))
        assert "inf" not in reason.message
        assert "dispersion" in reason.message

    def test_the_best_margin_of_a_noisy_line_is_told_and_a_lower_bit_rate_helps(self):
        modes = {
            "fast": mode("fast", 400.0, required_osnr_db=26.0),
            "slow": mode("slow", 50.0, required_osnr_db=10.0),
        }
        network = network_of(fibre("A", "Z", 600.0), library=small_library(transceiver_modes=modes))
        reason = refusal(network, bit_rate=400.0)
        assert reason.code == "optics"
        assert "400 Gb/s closes with 2 dB margin by no mode" in reason.message
        assert "best margin" in reason.message
        assert "ask for a lower bit rate" in reason.message
        assert is_feasible(network, bit_rate=200.0)

    def test_no_mode_is_fast_enough_is_said_so(self):
        network = network_of(
            fibre("A", "Z", 10.0),
            prices=[("OP", PriceUnit.KM, ChargePeriod.MONTH, 2_000.0, "1")],
        )
        reason = refusal(network, bit_rate=801.0)
        assert reason.code == "optics"
        assert "no mode is fast enough" in reason.message
        assert is_feasible(network, bit_rate=800.0)

    def test_a_branch_without_roadm_is_named_and_one_there_is_the_remedy(self):
        spans = (fibre("A", "X", 10.0), fibre("X", "Z", 10.0), fibre("X", "V", 10.0))
        reason = refusal(network_of(*spans, roadms="AZV"))
        assert reason.code == "optics"
        assert "ROADM" in reason.message
        assert "X" in reason.message
        assert "lower bit rate" not in reason.message
        assert is_feasible(network_of(*spans, roadms="AZVX"))

    def test_fibre_that_goes_into_the_sea_without_roadm_is_named_and_one_there_is_the_remedy(self):
        spans = (fibre("A", "L", 60.0), sea("L", "Z", 600.0, cable="WET"))
        wet = {"WET": system("WET")}
        reason = refusal(network_of(*spans, systems=wet, roadms="AZ"))
        assert reason.code == "optics"
        assert reason.message.endswith("install a ROADM at L")
        assert is_feasible(network_of(*spans, systems=wet))

    def test_noise_on_one_way_does_not_bar_the_other(self):
        network = network_of(
            fibre("A", "Z", 400.0, name="far"),
            fibre("A", "M", 300.0),
            fibre("M", "Z", 300.0),
            library=noisy_library(),
        )
        assert designed(network).offers[0].paths[0].span_ids == ("A-M", "M-Z")


class TestLatency:
    NETWORK = network_of(fibre("A", "Z", 200.0, name="long"), fibre("A", "Z", 122.4, name="short"))

    def test_the_least_that_can_be_had_is_told_and_asking_for_it_helps(self):
        reason = refusal(self.NETWORK, latency_ms_max=0.6)
        assert (reason.code, reason.where) == ("latency", "A-Z")
        told_ms = float(reason.message.rpartition("at least ")[2].removesuffix(" ms"))
        # 122.4 km are 0.612 ms; what is told must be enough when it is typed in again.
        assert told_ms == pytest.approx(0.612, abs=0.01)
        assert is_feasible(self.NETWORK, latency_ms_max=told_ms)

    def test_the_bound_itself_is_allowed(self):
        assert is_feasible(self.NETWORK, latency_ms_max=0.612)

    def test_every_path_of_a_protected_service_keeps_the_bound(self):
        assert is_feasible(self.NETWORK, latency_ms_max=1.0, protected=True)
        reason = refusal(self.NETWORK, latency_ms_max=0.9, protected=True)
        assert reason.code == "no-second-path"


class TestVia:
    NETWORK = network_of(
        fibre("A", "B", 10.0), fibre("B", "C", 10.0), fibre("C", "Z", 10.0), fibre("A", "Z", 10.0)
    )

    def test_an_order_that_no_way_keeps_is_refused_and_the_other_order_helps(self):
        reason = refusal(self.NETWORK, via_site_ids=("C", "B"))
        assert (reason.code, reason.where) == ("via", "C, B")
        assert "change the order or drop a site" in reason.message
        assert is_feasible(self.NETWORK, via_site_ids=("B", "C"))
        assert is_feasible(self.NETWORK, via_site_ids=("C",))

    def test_a_bound_that_the_way_over_the_sites_breaks_is_named(self):
        reason = refusal(self.NETWORK, via_site_ids=("B",), latency_ms_max=0.1)
        assert reason.code == "via"
        assert "within 0.1 ms" in reason.message
        assert is_feasible(self.NETWORK, via_site_ids=("B",), latency_ms_max=0.15)

    def test_a_site_that_no_span_reaches_is_refused_and_nothing_breaks(self):
        network = network_of(fibre("A", "Z", 10.0), more_sites=("ALONE",))
        reason = refusal(network, via_site_ids=("ALONE",))
        assert (reason.code, reason.where) == ("via", "ALONE")

    def test_a_dead_end_is_no_way_to_pass(self):
        network = network_of(fibre("A", "Z", 10.0), fibre("A", "END", 10.0))
        assert refusal(network, via_site_ids=("END",)).code == "via"

    def test_the_ends_themselves_are_always_passed(self):
        answer = designed(self.NETWORK, via_site_ids=("A", "Z"))
        assert answer.offers[0].paths[0].site_ids == ("A", "Z")

    def test_the_working_path_goes_over_the_sites_and_the_protection_need_not(self):
        answer = designed(self.NETWORK, via_site_ids=("B",), protected=True)
        for offer in answer.offers:
            working, protection = offer.paths
            assert working.site_ids == ("A", "B", "C", "Z")
            assert protection.site_ids == ("A", "Z")


class TestNoSecondPath:
    def test_one_way_alone_cannot_protect_itself(self):
        network = network_of(fibre("A", "M", 10.0), fibre("M", "Z", 10.0))
        reason = refusal(network, protected=True)
        assert (reason.code, reason.where) == ("no-second-path", "A-Z")
        assert "build a second way, or ask without protection" in reason.message
        assert is_feasible(network)
        second = network_of(*[fibre("A", "M", 10.0), fibre("M", "Z", 10.0), fibre("A", "Z", 50.0)])
        assert is_feasible(second, protected=True)

    def test_an_option_that_opens_a_second_way_is_named(self):
        network = network_of(
            fibre("A", "Z", 10.0), fibre("A", "Z", 20.0, name="new", status=Status.OPTION)
        )
        reason = refusal(network, protected=True)
        assert "accept status option, which opens one" in reason.message
        assert is_feasible(network, protected=True, accepted_statuses=OPTION)

    def test_a_second_way_that_the_latency_bound_bars_is_not_denied(self):
        network = TestLatency.NETWORK
        message = refusal(network, latency_ms_max=0.9, protected=True).message
        assert "build a second way" not in message
        assert "allow at least 1.00 ms" in message
        assert is_feasible(network, latency_ms_max=1.0, protected=True)

    def test_a_second_way_that_is_to_be_avoided_is_not_denied(self):
        network = TestLatency.NETWORK
        avoid = Exclusions(span_ids=frozenset({"long"}))
        message = refusal(network, avoid=avoid, protected=True).message
        assert "build a second way" not in message
        assert "avoid less" in message

    def test_a_second_way_that_nobody_sells_is_not_denied(self):
        rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1")]
        spans = (fibre("A", "Z", 10.0), fibre("A", "Z", 20.0, name="shy", owner="SHY"))
        message = refusal(network_of(*spans, prices=rows), protected=True).message
        assert "build a second way" not in message
        assert "add the prices" in message
        rows.append(("SHY", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1"))
        assert is_feasible(network_of(*spans, prices=rows), protected=True)

    def test_a_second_way_that_is_too_noisy_is_not_denied(self):
        modes = {
            "fast": mode("fast", 400.0, required_osnr_db=20.0),
            "slow": mode("slow", 50.0, required_osnr_db=10.0),
        }
        network = network_of(
            fibre("A", "Z", 10.0),
            fibre("A", "Z", 2_000.0, name="far"),
            library=small_library(transceiver_modes=modes),
        )
        message = refusal(network, bit_rate=400.0, protected=True).message
        assert "ask for a lower bit rate" in message
        assert is_feasible(network, bit_rate=200.0, protected=True)

    def test_a_bound_that_leaves_one_way_is_not_blamed_where_there_is_one_anyhow(self):
        network = network_of(fibre("A", "Z", 10.0))
        message = refusal(network, latency_ms_max=9.0, protected=True).message
        assert "build a second way" in message
        assert "allow at least" not in message

    def test_ways_that_share_a_span_are_two_ways_all_the_same(self):
        network = network_of(
            fibre("A", "M", 10.0), fibre("M", "Z", 10.0), fibre("M", "Z", 20.0, name="other")
        )
        assert is_feasible(network, protected=True)


class TestSeveralCauses:
    def test_each_cause_that_bars_every_way_alone_is_named(self):
        network = network_of(
            fibre("A", "Z", 400.0),
            library=noisy_library(),
            prices=[("OP", PriceUnit.END, ChargePeriod.MONTH, 100.0, "1")],
        )
        answer = designed(network, avoid=Exclusions(operator_ids=frozenset({OperatorId("OP")})))
        assert [reason.code for reason in answer.reasons] == ["avoided", "no-price", "optics"]

    def test_causes_that_bar_only_together_are_named_together(self):
        network = network_of(
            fibre("A", "Z", 10.0, name="cheap"),
            fibre("A", "Z", 20.0, name="free", owner="SHY"),
            prices=[("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1")],
        )
        avoid = Exclusions(span_ids=frozenset({"cheap"}))
        answer = designed(network, avoid=avoid)
        assert [reason.code for reason in answer.reasons] == ["avoided", "no-price"]
        assert is_feasible(network)

    def test_the_optical_cause_among_several_names_its_line(self):
        network = network_of(
            fibre("A", "Z", 10.0, name="near"),
            fibre("A", "Z", 400.0, name="far"),
            library=noisy_library(),
        )
        answer = designed(network, avoid=Exclusions(span_ids=frozenset({"near"})))
        by_code = {reason.code: reason for reason in answer.reasons}
        assert set(by_code) == {"avoided", "optics"}
        assert by_code["optics"].where == "far"


def test_a_refusal_does_not_depend_on_the_order_of_the_tables():
    network = TestVia.NETWORK
    turned = replace(network, spans=dict(reversed(network.spans.items())))
    assert refusal(network, via_site_ids=("C", "B")) == refusal(turned, via_site_ids=("C", "B"))
