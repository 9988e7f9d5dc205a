"""What must hold of any answer of the planner, whatever the network and the question."""

from itertools import pairwise

from karakoram.planning.demand import Protection
from karakoram.planning.offers import Infeasible, OfferLabel, RiskSort, ServiceDesign
from karakoram.planning.path_side import PathSide
from karakoram.planning.pricing import price_over_term
from karakoram.planning.risks import span_risk_ids

_PREFIX = {RiskSort.SPAN: "span", RiskSort.RISK_GROUP: "group", RiskSort.SITE: "site"}
CODES = {
    "no-add-drop",
    "not-in-service",
    "no-route",
    "avoided",
    "no-price",
    "optics",
    "latency",
    "via",
    "no-second-path",
}


def check_answer(prepared, demand, answer):
    """Fail when the answer breaks a law."""
    assert answer.demand == demand
    if isinstance(answer, Infeasible):
        assert answer.reasons
        for reason in answer.reasons:
            assert reason.code in CODES
            assert reason.where
            assert ";" in reason.message, "what is wrong; what would help"
        return
    assert isinstance(answer, ServiceDesign)
    assert [offer.label for offer in answer.offers] == list(OfferLabel)
    for offer in answer.offers:
        for path in offer.paths:
            check_path(prepared.network, demand, path)
        check_offer(prepared, demand, offer)
    check_labels(prepared, answer)


def check_path(network, demand, path):
    """It leads from A to Z over accepted fibre, keeps the bound, and its light closes."""
    assert (path.site_ids[0], path.site_ids[-1]) == (demand.a_site_id, demand.z_site_id)
    assert len(set(path.site_ids)) == len(path.site_ids)
    spans = [network.spans[span_id] for span_id in path.span_ids]
    for span, ends in zip(spans, pairwise(path.site_ids), strict=True):
        assert {span.a_site_id, span.z_site_id} == set(ends)
        assert span.status in demand.accepted_statuses
        assert network.cables[span.cable_id].status in demand.accepted_statuses
    check_avoided(demand.avoid, path, spans)
    if demand.latency_ms_max is not None:
        assert path.latency_ms <= demand.latency_ms_max + 1e-9
    if path.role is PathSide.WORKING:
        places = [path.site_ids.index(site_id) for site_id in demand.via_site_ids]
        assert places == sorted(places)
    check_light(demand, path)
    check_legs(path)


def check_avoided(avoid, path, spans):
    assert avoid.site_ids.isdisjoint(path.site_ids)
    assert avoid.span_ids.isdisjoint(path.span_ids)
    for span in spans:
        assert span.cable_id not in avoid.cable_ids
        assert avoid.operator_ids.isdisjoint((span.operator_id, span.owner_id))


def check_light(demand, path):
    lightpaths = path.lightpaths
    assert (lightpaths[0].a_site_id, lightpaths[-1].z_site_id) == (
        demand.a_site_id,
        demand.z_site_id,
    )
    regenerated = tuple(before.z_site_id for before, _ in pairwise(lightpaths))
    assert regenerated == tuple(after.a_site_id for _, after in pairwise(lightpaths))
    assert regenerated == path.regenerator_site_ids
    for lightpath in lightpaths:
        assert lightpath.margin_db >= lightpath.margin_db_min
        assert lightpath.bit_rate_gbps >= demand.bit_rate_gbps
    assert abs(sum(one.length_km for one in lightpaths) - path.length_km) < 1e-6
    assert abs(path.profile[-1].distance_km - path.length_km) < 1e-6


def check_legs(path):
    assert tuple(span_id for leg in path.legs for span_id in leg.span_ids) == path.span_ids
    for before, after in pairwise(path.legs):
        assert before.z_site_id == after.a_site_id
        assert (before.operator_id, before.owner_id) != (after.operator_id, after.owner_id)


def check_offer(prepared, demand, offer):
    """The split adds up, the shared risks are the intersection, protection helps."""
    price = offer.price
    assert sum(share.mrc.minor for share in price.split) == price.mrc.minor
    assert sum(share.nrc.minor for share in price.split) == price.nrc.minor
    assert sum(line.amount.minor for line in price.lines) == price.mrc.minor + price.nrc.minor
    is_protected = demand.protection is Protection.ONE_PLUS_ONE
    assert len(offer.paths) == 1 + is_protected
    assert {f"{_PREFIX[risk.sort]}:{risk.risk_id}" for risk in offer.shared_risks} == (
        risks_shared(prepared, demand, offer) if is_protected else set()
    )
    assert 0.0 <= offer.unavailability <= 1.0
    for path in offer.paths:
        assert offer.unavailability <= path.unavailability * (1.0 + 1e-12)
    shares = [share.unavailable_min_per_year for share in offer.outage_shares]
    assert shares == sorted(shares, reverse=True)


def risks_shared(prepared, demand, offer):
    """From the tables: what both paths are exposed to, but for the ends and bare sites."""
    network = prepared.network
    exposed = [
        {risk for span_id in path.span_ids for risk in span_risk_ids(network.spans[span_id])}
        for path in offer.paths
    ]
    ends = {f"site:{demand.a_site_id}", f"site:{demand.z_site_id}"}
    bare = {
        risk.risk_id
        for risk in prepared.graph.risks
        if risk.sort is RiskSort.SITE and risk.unavailability == 0.0
    }
    return (exposed[0] & exposed[1]) - ends - bare


def shared_weight(offer):
    """Whole minutes a year of common risk, at least one for each."""
    return sum(max(1, round(risk.unavailable_min_per_year)) for risk in offer.shared_risks)


def check_labels(prepared, answer):
    """Cheapest is never dearer, lowest latency never slower, most diverse never shares more."""
    cheapest, fastest, diverse = answer.offers
    months = answer.demand.term_months
    for other in answer.offers:
        assert price_over_term(cheapest.price, term_months=months) <= price_over_term(
            other.price, term_months=months
        )
        assert sum(path.latency_ms for path in fastest.paths) <= sum(
            path.latency_ms for path in other.paths
        )
        assert shared_weight(diverse) <= shared_weight(other)
