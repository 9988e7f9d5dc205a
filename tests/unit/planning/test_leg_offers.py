import pytest

from karakoram.core.provenance import Confidence
from karakoram.network.legs import LegKind
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import Status
from karakoram.planning import site_loops
from karakoram.planning.leg_offers import OfferTerms, offered_legs, offered_points
from karakoram.planning.leg_tokens import Padding
from karakoram.planning.route_graph import route_graph
from tests.support.legs import DAY, KEY, OTHER_KEY
from tests.support.planning_networks import fibre, network_of

RING = (
    fibre("A", "M", 100.0, operator="PAR", name="am", groups=("STORM",)),
    fibre("M", "Z", 100.0, operator="PAR", name="mz", groups=("STORM",)),
    fibre("A", "Z", 300.0, operator="PAR", name="az"),
    fibre("A", "Z", 900.0, operator="PAR", name="far"),
    fibre("H", "A", 1.0, operator="ME", name="ha"),
    fibre("H", "Z", 1.0, operator="ME", name="hz"),
)
REST = {
    "meetings": [("A", "ME", "PAR"), ("Z", "ME", "PAR")],
    "groups": {"STORM": (0.5, 24.0)},
    "rules": {"site_failures_fit": 90_000.0, "site_mttr_h": 4.0},
}


def offered(*spans, rest=REST, **terms):
    network = network_of(*(spans or RING), **rest)
    asked = {"operator_id": "PAR", "bit_rate_gbps": 100.0, "on_day": DAY, **terms}
    return offered_legs(network, route_graph(network), OfferTerms(**asked))


def test_every_way_between_hand_over_points_is_a_leg_the_fastest_first():
    legs = offered()
    assert [leg.latency_ms for leg in legs] == pytest.approx([1.0, 1.5, 4.5])
    assert {leg.ends for leg in legs} == {("A", "Z")}
    assert [leg.leg_id for leg in legs] == ["PAR:A-Z:1", "PAR:A-Z:2", "PAR:A-Z:3"]
    assert all(leg.is_exhaustive and leg.kind is LegKind.WAY for leg in legs)
    assert {leg.z_partner_ids for leg in legs} == {("ME",)}


def test_what_is_left_out_is_bounded_by_a_row_of_rest():
    *ways, rest = offered(ways=2, key=KEY, tells_length=True)
    assert [leg.kind for leg in ways] == [LegKind.WAY] * 2
    assert rest.kind is LegKind.REST
    assert rest.latency_ms == pytest.approx(4.5)
    assert rest.length_km == pytest.approx(900.0)
    assert rest.price_minor == 900 * 36 * 100
    assert set(rest.risk_tokens) == {KEY.token("site:A"), KEY.token("site:Z")}
    assert not rest.tokens_complete


def test_an_operator_says_how_far_it_trusts_each_figure():
    assumed, stated = Confidence.ASSUMED, Confidence.STATED
    for leg in offered(key=KEY, tells_length=True):
        trusts = leg.latency_confidence, leg.price_confidence, leg.minutes_confidence
        assert assumed in trusts
        assert stated not in trusts
        assert leg.length_confidence is not None
    (first, *_) = offered()
    assert (first.length_confidence, first.minutes_confidence) == (None, None)


def test_where_the_search_is_cut_short_the_rest_costs_as_much_as_the_last_way_found(monkeypatch):
    monkeypatch.setattr(site_loops, "LOOKED_AT_MAX", 2)
    *ways, rest = offered()
    assert [leg.latency_ms for leg in ways] == pytest.approx([1.0, 1.5])
    assert (rest.kind, rest.latency_ms) == (LegKind.REST, pytest.approx(1.0))


def test_the_two_ways_that_share_least_are_told_besides_the_cheapest():
    spans = (
        fibre("A", "M", 10.0, operator="PAR", name="neck"),
        *(fibre("M", "Z", 10.0 + n, operator="PAR", name=f"p{n}") for n in range(3)),
        fibre("A", "Z", 500.0, operator="PAR", name="apart"),
        fibre("A", "Z", 900.0, operator="PAR", name="farther"),
        *RING[4:],
    )
    legs = offered(*spans, ways=2)
    assert [leg.latency_ms for leg in legs] == pytest.approx([0.1, 0.105, 2.5, 0.11])
    assert legs[-1].kind is LegKind.REST


def test_tokens_are_those_of_spans_groups_and_sites_that_can_fail():
    first = offered(key=KEY)[0]
    names = ("span:am", "span:mz", "group:STORM", "site:A", "site:M", "site:Z")
    assert set(first.risk_tokens) == set(map(KEY.token, names))
    assert first.place_tokens == (KEY.token("site:M"),)
    assert (first.a_site_token, first.z_site_token) == (KEY.token("site:A"), KEY.token("site:Z"))
    assert first.minutes_of[KEY.token("group:STORM")] == round(0.5 * 24 * 60 / (1 + 12 / 8766))
    assert first.minutes_total == sum(first.token_minutes)
    assert first.key_fingerprint == KEY.fingerprint
    assert first.tokens_complete


def test_the_order_of_tokens_tells_nothing():
    for leg in offered(key=KEY):
        assert list(leg.risk_tokens) == sorted(leg.risk_tokens)
        assert list(leg.place_tokens) == sorted(leg.place_tokens)


def test_a_site_that_cannot_fail_is_a_place_and_no_risk():
    first = offered(key=KEY, rest={**REST, "rules": {}})[0]
    assert KEY.token("site:M") in first.place_tokens
    assert KEY.token("site:M") not in first.risk_tokens


def test_without_a_key_there_are_no_tokens():
    for leg in offered():
        told = (*leg.risk_tokens, *leg.place_tokens, leg.a_site_token, leg.z_site_token)
        assert told == (None, None)
        assert not leg.tokens_complete


def test_padding_hides_how_many_tokens_there_are_and_is_always_the_same():
    padding = Padding(key=OTHER_KEY, multiple=10)
    plain, padded = offered(key=KEY), offered(key=KEY, padding=padding)
    assert {len(leg.risk_tokens) for leg in padded} == {10}
    assert {len(leg.place_tokens) for leg in padded} == {10}
    for bare, leg in zip(plain, padded, strict=True):
        assert set(bare.risk_tokens) < set(leg.risk_tokens)
        assert leg.minutes_total == bare.minutes_total
        assert sum(leg.token_minutes) > leg.minutes_total
        assert set(leg.token_minutes) == set(bare.token_minutes)
    assert padded == offered(key=KEY, padding=padding)
    more = [
        set(leg.risk_tokens) - set(bare.risk_tokens)
        for bare, leg in zip(plain, padded, strict=True)
    ]
    assert not more[0] & more[1]


def test_padding_to_no_multiple_is_refused():
    with pytest.raises(ValueError, match="from 1 to 500, got 0"):
        Padding(key=KEY, multiple=0)


def test_what_is_not_sold_has_no_price():
    prices = [("ME", PriceUnit.KM, ChargePeriod.MONTH, 400.0, "1")]
    assert {leg.price_minor for leg in offered(rest={**REST, "prices": prices})} == {None}
    assert offered()[0].price_minor == 200 * 36 * 100


def test_only_what_is_in_service_is_offered():
    spans = (*RING, fibre("A", "Z", 10.0, operator="PAR", name="new", status=Status.PLANNED))
    assert offered(*spans) == offered()


def test_points_are_hand_overs_pops_and_what_is_named_besides():
    network = network_of(*RING, **REST)
    assert offered_points(network, "PAR") == ("A", "Z")
    assert {leg.ends for leg in offered(more_site_ids=("M",))} == {
        ("A", "M"),
        ("A", "Z"),
        ("M", "Z"),
    }


def test_the_corridor_says_all_that_its_operators_have(corridor):
    graph = route_graph(corridor)
    legs = offered_legs(corridor, graph, OfferTerms(operator_id="SCO", on_day=DAY, key=KEY))
    assert len(legs) == 6
    assert all(leg.kind is LegKind.WAY for leg in legs)
    assert {leg.ends for leg in legs} == {("KJB", "RWP")}


def test_no_ways_at_all_is_refused():
    with pytest.raises(ValueError, match="ways must be from 1 to 1,000, got 0"):
        OfferTerms(operator_id="PAR", on_day=DAY, ways=0)
