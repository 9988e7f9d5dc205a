"""Every remedy is typed, asking so has an answer, and what was not searched is not denied."""

import pytest

from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import Status
from karakoram.planning import search_space, site_loops
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import Infeasible, RemedyKind, ServiceDesign
from karakoram.planning.prepare import prepare
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

TWO_LENGTHS = network_of(fibre("A", "Z", 200.0, name="long"), fibre("A", "Z", 122.4, name="short"))
RING = network_of(
    fibre("A", "B", 10.0), fibre("B", "C", 10.0), fibre("C", "Z", 10.0), fibre("A", "Z", 10.0)
)


def refusal(network, **asked):
    """The one reason."""
    answer = designed(network, **asked)
    assert isinstance(answer, Infeasible), "expected a refusal"
    (reason,) = answer.reasons
    return reason


def is_feasible(network, **asked):
    return isinstance(designed(network, **asked), ServiceDesign)


def noisy_library(reach_km=300.0):
    """One mode, which reaches no further than its receiver stands dispersion."""
    return small_library(
        transceiver_modes={"SR": mode("SR", 100.0, cd_ps_per_nm_max=17.2 * reach_km)}
    )


def remedies(reason):
    return [(remedy.kind, *remedy.values) for remedy in reason.remedies]


class TestRemedies:
    """What helps is typed, and asking so has an answer."""

    def test_the_highest_bit_rate_that_light_carries_is_named(self):
        fast = mode("fast", 400.0, required_osnr_db=26.0)
        slow = mode("slow", 50.0, required_osnr_db=10.0)
        library = small_library(transceiver_modes={"fast": fast, "slow": slow})
        network = network_of(fibre("A", "Z", 600.0), library=library)
        reason = refusal(network, bit_rate=400.0)
        assert remedies(reason) == [(RemedyKind.LOWER_BIT_RATE, "200")]
        assert "at most 200 Gb/s" in reason.message
        assert is_feasible(network, bit_rate=200.0)

    def test_no_lower_bit_rate_is_named_where_none_helps(self):
        reason = refusal(network_of(fibre("A", "Z", 400.0), library=noisy_library()))
        assert reason.remedies == ()
        assert "lower bit rate" not in reason.message
        assert "ROADM site between" in reason.message

    def test_a_submarine_line_is_not_cut_in_two(self):
        network = network_of(
            sea("A", "Z", 4_000.0, cable="WET"),
            systems={"WET": system("WET")},
            library=noisy_library(),
        )
        message = refusal(network).message
        assert message.endswith("no lower bit rate of the library does")

    def test_a_price_at_a_lower_bit_rate_is_named_with_it(self):
        rows = [("OP", PriceUnit.KM, ChargePeriod.MONTH, 100.0, "1")]
        network = network_of(fibre("A", "Z", 10.0), prices=rows)
        assert remedies(refusal(network, bit_rate=200.0)) == [(RemedyKind.LOWER_BIT_RATE, "100")]
        none = network_of(fibre("A", "Z", 10.0), prices=())
        assert refusal(none).remedies == ()

    def test_statuses_latency_and_protection_are_typed(self):
        both = network_of(
            fibre("A", "M", 10.0, status=Status.PLANNED),
            fibre("M", "Z", 10.0, status=Status.OPTION),
        )
        assert remedies(refusal(both)) == [(RemedyKind.ACCEPT_STATUS, "option", "planned")]
        assert remedies(refusal(TWO_LENGTHS, latency_ms_max=0.6)) == [
            (RemedyKind.ALLOW_LATENCY, "0.62")
        ]
        assert remedies(refusal(network_of(fibre("A", "Z", 9.0)), protected=True)) == [
            (RemedyKind.NO_PROTECTION,)
        ]

    def test_enough_latency_counts_the_way_over_the_via_sites(self):
        reason = refusal(RING, via_site_ids=("B",), latency_ms_max=0.01)
        assert remedies(reason) == [(RemedyKind.ALLOW_LATENCY, "0.15")]
        assert is_feasible(RING, via_site_ids=("B",), latency_ms_max=0.15)

    def test_no_message_speaks_the_language_of_one_interface(self):
        network = network_of(
            fibre("A", "Z", 10.0), fibre("A", "Z", 20.0, name="new", status=Status.OPTION)
        )
        assert "--" not in refusal(network, protected=True).message


class TestNotProven:
    @pytest.fixture(autouse=True)
    def one_look(self, monkeypatch):
        """Searches that give up after the first way."""
        monkeypatch.setattr(site_loops, "LOOKED_AT_MAX", 1)

    def loops_first(self, *more):
        """The fastest way comes back to X, where ONE and TWO hand over nothing."""
        return network_of(
            fibre("A", "X", 10.0, operator="ONE"),
            fibre("X", "Y", 10.0, name="up", operator="ONE"),
            fibre("Y", "X", 10.0, name="down", operator="TWO"),
            fibre("X", "Z", 10.0, operator="TWO"),
            *more,
            meetings=[("Y", "ONE", "TWO")],
        )

    def test_a_search_given_up_is_no_definite_no(self):
        network = self.loops_first(fibre("A", "Z", 500.0, operator="ONE"))
        reason = refusal(network)
        assert (reason.code, reason.where) == ("not-proven", "A-Z")
        assert "given up" in reason.message

    def test_with_all_its_looks_the_same_search_finds_the_way(self, monkeypatch):
        monkeypatch.setattr(site_loops, "LOOKED_AT_MAX", 9)
        assert is_feasible(self.loops_first(fibre("A", "Z", 500.0, operator="ONE")))

    def test_a_barred_way_behind_a_search_given_up_is_no_definite_no(self):
        network = self.loops_first(fibre("A", "Z", 500.0, operator="ONE", name="far"))
        avoid = Exclusions(span_ids=frozenset({"A-X"}))
        both = Exclusions(span_ids=frozenset({"A-X", "far"}))
        assert is_feasible(network, avoid=avoid)
        assert refusal(network, avoid=both).code == "not-proven"

    def test_a_second_way_is_not_denied_where_the_search_for_pairs_was_cut_short(self):
        # The one way found is a pair with itself; whether there is another was not searched out.
        network = self.loops_first(fibre("Y", "Z", 100.0, operator="ONE"))
        space = search_space.search_space(prepare(network), demand(protected=True))
        assert not space.is_only_way()

    def test_it_is_denied_where_every_way_was_looked_at(self, monkeypatch):
        monkeypatch.setattr(site_loops, "LOOKED_AT_MAX", 9)
        network = self.loops_first(fibre("Y", "Z", 100.0, operator="ONE"))
        space = search_space.search_space(prepare(network), demand(protected=True))
        assert space.is_only_way()
        wide = self.loops_first(
            fibre("Y", "Z", 100.0, operator="ONE"), fibre("A", "Z", 9.0, operator="ONE")
        )
        assert not search_space.search_space(prepare(wide), demand(protected=True)).is_only_way()


def test_ways_that_break_the_rule_do_not_count_among_the_good_ones():
    # The four least exposed ways pass no B; the fifth does.
    near = [fibre("A", "Z", 10.0 + i, name=f"near {i}") for i in range(4)]
    network = network_of(*near, fibre("A", "B", 30.0), fibre("B", "Z", 30.0))
    space = search_space.search_space(prepare(network), demand(via_site_ids=("B",)))
    (path,) = space.good_paths(space.exposure(), k=4)
    assert space.prepared.graph.spans_of(path) == ("A-B", "B-Z")
