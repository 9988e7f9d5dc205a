"""How does an answer about routes read as JSON?"""

from typing import Any

from karakoram.adapters.formats.json_design import (
    json_from_exclusions,
    json_from_reasons,
    json_from_shared_risks,
)
from karakoram.adapters.formats.route_reasons import with_reasons
from karakoram.network.network import Network
from karakoram.planning.route_answers import (
    DisjointRoutes,
    Route,
)
from karakoram.planning.trust import latency_trust, length_trust
from karakoram.usecases.plan.find_routes import RoutesAnswer


def json_from_routes(found: RoutesAnswer) -> dict[str, Any]:
    """The answer as an object; ``disjoint`` is null when no pair was asked for or there is none."""
    question, answer, network = found.question, found.answer, found.network
    return {
        "request": {
            "a": question.a_site_id,
            "z": question.z_site_id,
            "k": question.k,
            "by": question.metric.value,
            "disjoint": question.disjoint,
            "transit_limits": [limit.word for limit in question.transit_limits],
            "avoid": json_from_exclusions(question.avoid),
            "statuses": sorted(status.value for status in question.accepted_statuses),
            "bit_rate_gbps": question.bit_rate_gbps,
            "on": question.on_day.isoformat(),
        },
        "routes": [_route(route, network) for route in answer.routes],
        "disjoint": None if answer.disjoint is None else _pair(answer.disjoint, network),
        "infeasible": json_from_reasons(with_reasons(question, answer).reasons),
    }


def _route(route: Route, network: Network) -> dict[str, Any]:
    return {
        "sites": list(route.site_ids),
        "spans": list(route.span_ids),
        "length_km": route.length_km,
        "length_confidence": length_trust(network, route).value,
        "latency_ms": route.latency_ms,
        "latency_confidence": latency_trust(network, route).value,
        "operators": list(route.operator_ids),
    }


def _pair(pair: DisjointRoutes, network: Network) -> dict[str, Any]:
    return {
        "routes": [_route(route, network) for route in pair.routes],
        "length_km": pair.length_km,
        "shared_risks": json_from_shared_risks(pair.shared_risks),
        "proof": pair.proof.prover,
    }
