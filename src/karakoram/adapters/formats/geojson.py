"""What does the network look like to a program that shows maps (GeoJSON, RFC 7946)?

Spans are straight lines between their sites, marked schematic: the glass does not run there, and
only ``length_km`` says how long it is.
"""

import json
from typing import Any

from karakoram.adapters.formats.credits import credits_of
from karakoram.core.identifiers import OperatorId
from karakoram.core.provenance import Provenance
from karakoram.network.network import Network
from karakoram.network.records import Site, Span


def geojson_from_network(network: Network) -> dict[str, Any]:
    """A feature collection: every site a Point, every span a LineString, both in WGS 84.

    Parameters
    ----------
    network
        A network that validation found sound: every identifier it names exists.
    """
    return {
        "type": "FeatureCollection",
        "name": network.name,
        "attribution": "; ".join(credits_of(network)),
        "features": [
            *(_site_feature(network, site) for site in network.sites.values()),
            *(_span_feature(network, span) for span in network.spans.values()),
        ],
    }


def geojson_text(network: Network) -> str:
    """The feature collection as text, one feature a line, so that versions can be compared."""
    collection = geojson_from_network(network)
    features = collection.pop("features")
    head = json.dumps(collection, ensure_ascii=False, allow_nan=False)
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features
    )
    return f'{head[:-1]}, "features": [\n{lines}\n]}}\n'


def _site_feature(network: Network, site: Site) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": site.site_id,
        "geometry": {"type": "Point", "coordinates": _position(site)},
        "properties": {
            "what": "site",
            "site_id": site.site_id,
            "name": site.name,
            "kind": site.kind.value,
            "role": site.role,
            "country": site.country,
            "region": site.region,
            "operator_ids": list(site.operator_ids),
            "operators": [_operator_name(network, key) for key in site.operator_ids],
            "coordinate_accuracy_km": site.coordinate_accuracy_km,
            "elevation_m": site.elevation_m,
            **_trust(site.provenance),
        },
    }


def _span_feature(network: Network, span: Span) -> dict[str, Any]:
    cable = network.cables[span.cable_id]
    ends = [network.sites[site_id] for site_id in (span.a_site_id, span.z_site_id)]
    return {
        "type": "Feature",
        "id": span.span_id,
        "geometry": {"type": "LineString", "coordinates": [_position(site) for site in ends]},
        "properties": {
            "what": "span",
            "span_id": span.span_id,
            "geometry": "schematic",
            "from": span.a_site_id,
            "to": span.z_site_id,
            "cable_id": span.cable_id,
            "cable": cable.name,
            "medium": cable.medium.value,
            "operator_id": span.operator_id,
            "operator": _operator_name(network, span.operator_id),
            "owner_id": span.owner_id,
            "owner": _operator_name(network, span.owner_id),
            "status": span.status.value,
            "length_km": span.length_km,
            "length_basis": span.length_basis.value,
            "risk_group_ids": list(span.risk_group_ids),
            "risk_groups": [network.risk_groups[key].name for key in span.risk_group_ids],
            **_trust(span.provenance),
        },
    }


def _trust(provenance: Provenance) -> dict[str, str]:
    return {
        "confidence": provenance.confidence.value,
        "source": provenance.source,
        "source_date": provenance.source_date,
    }


def _position(site: Site) -> list[float]:
    return [site.longitude_deg, site.latitude_deg]


def _operator_name(network: Network, operator_id: OperatorId) -> str:
    return network.operators[operator_id].name
