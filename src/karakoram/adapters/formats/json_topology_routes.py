"""How do routes over a plain topology read as JSON?"""

from math import inf
from typing import Any

from karakoram.adapters.formats.json_design import json_from_reasons
from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.planning.topology_answers import (
    DisjointTopologyRoutes,
    TopologyPairRoutes,
    TopologyRoute,
)
from karakoram.usecases.plan.find_topology_routes import TopologyRoutesAnswer


def json_from_topology_routes(found: TopologyRoutesAnswer) -> dict[str, Any]:
    """The answer as an object, one object a pair."""
    topology, question, rule = found.topology, found.question, found.question.rule
    return {
        "topology": {
            "name": topology.name,
            "sites": len(topology.sites),
            "sections": len(topology.sections),
            "risk_groups": len(topology.risk_group_ids),
            "length_bases": [basis.value for basis in topology.length_bases],
            "source": topology.provenance.source,
            "licence": topology.licence,
        },
        "request": {
            "k": question.k,
            "disjoint": None if question.disjoint is None else question.disjoint.value,
            "avoid": {
                "sites": sorted(rule.avoid_site_ids),
                "sections": sorted(rule.avoid_section_ids),
                "risk_groups": sorted(rule.avoid_risk_group_ids),
            },
            "via": list(rule.via_site_ids),
            "latency_ms_max": None if rule.latency_ms_max == inf else rule.latency_ms_max,
            "group_index": found.group_index,
        },
        "pairs": [_pair(pair) for pair in found.pairs],
        "warnings": json_from_findings(found.warnings),
    }


def _pair(pair: TopologyPairRoutes) -> dict[str, Any]:
    return {
        "from": pair.a_site_id,
        "to": pair.z_site_id,
        "routes": [_route(route) for route in pair.routes],
        "disjoint": None if pair.disjoint is None else _disjoint(pair.disjoint),
        "infeasible": json_from_reasons(pair.reasons),
    }


def _route(route: TopologyRoute) -> dict[str, Any]:
    return {
        "length_km": route.length_km,
        "latency_ms": route.latency_ms,
        "sites": list(route.site_ids),
        "sections": list(route.section_ids),
    }


def _disjoint(pair: DisjointTopologyRoutes) -> dict[str, Any]:
    """``length_km`` is null where no two routes are disjoint; the paths then share least."""
    return {
        "length_km": None if pair.shared_risks else pair.length_km,
        "shared_risks": [
            {"id": risk.risk_id, "sort": risk.sort.value} for risk in pair.shared_risks
        ],
        "proof": pair.proof,
        "paths": [_route(route) for route in pair.routes],
        "paths_length_km": pair.length_km,
    }
