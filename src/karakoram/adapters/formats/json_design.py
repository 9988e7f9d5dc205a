"""How does a design read as JSON? Names and units stay; records become objects, sets become lists.

The keys are a promise to other programs: they may be added to, never renamed
(``docs/reference/cli.md``). Each table below says which key holds which field of a record.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any

from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.network.network import Network
from karakoram.planning.demand import Exclusions, ServiceDemand
from karakoram.planning.offers import (
    Infeasible,
    Offer,
    OfferPrice,
    Reason,
    ServiceDesign,
    ServicePath,
    SharedRisk,
)
from karakoram.planning.pricing import price_over_term
from karakoram.planning.traces import gsnr_confidence
from karakoram.planning.trust import (
    availability_trust,
    latency_trust,
    length_trust,
    price_trust,
)


def _same(*names: str) -> dict[str, str]:
    """Keys that are named as the fields they hold."""
    return dict(zip(names, names, strict=True))


_EXCLUSIONS: Mapping[str, str] = {
    "sites": "site_ids",
    "spans": "span_ids",
    "operators": "operator_ids",
    "cables": "cable_ids",
}
_REQUEST: Mapping[str, str] = {
    "a": "a_site_id",
    "z": "z_site_id",
    "on": "on_day",
    "via": "via_site_ids",
    "statuses": "accepted_statuses",
    **_same("bit_rate_gbps", "protection", "latency_ms_max", "term_months"),
}
_REASON = _same("code", "where", "message")
_REMEDY = _same("kind", "values")
_SHARED_RISK: Mapping[str, str] = {
    "id": "risk_id",
    **_same("name", "sort", "span_ids", "unavailable_min_per_year", "confidence"),
}
_PROOF = _same("scope", "prover")
_PATH: Mapping[str, str] = {
    **_same("role", "length_km", "latency_ms", "rtt_ms"),
    "sites": "site_ids",
    "spans": "span_ids",
    "regenerators": "regenerator_site_ids",
}
_ENDS: Mapping[str, str] = {"from": "a_site_id", "to": "z_site_id"}
_LEG: Mapping[str, str] = {
    "operator": "operator_id",
    "owner": "owner_id",
    **_ENDS,
    "spans": "span_ids",
    **_same("length_km"),
}
_LIGHTPATH: Mapping[str, str] = {
    **_ENDS,
    "mode": "transceiver_mode_id",
    **_same("wavelengths", "bit_rate_gbps", "spacing_ghz", "length_km"),
    **_same("gsnr_db", "gsnr_db_mean", "required_gsnr_db", "margin_db", "margin_db_min"),
    **_same("osnr_0_1nm_db", "cd_ps_per_nm", "pmd_ps"),
}
_PROFILE_POINT = _same(
    *("label", "distance_km", "is_derived", "power_in_dbm", "power_out_dbm", "gsnr_db"),
)
_OUTAGE_SHARE = _same("component", "name", "unavailable_min_per_year", "confidence")
_CHARGES: Mapping[str, str] = {"mrc_minor": "mrc.minor", "nrc_minor": "nrc.minor"}
_OFFER_PRICE: Mapping[str, str] = {"currency": "mrc.currency", **_CHARGES}
_OPERATOR_SHARE: Mapping[str, str] = {"operator": "operator_id", **_CHARGES}
_PRICE_LINE: Mapping[str, str] = {
    "operator": "operator_id",
    **_same("role", "subject", "price_id", "unit", "period", "quantity", "unit_price"),
    "amount_minor": "amount.minor",
    **_same("confidence"),
}
_TRACED_FIGURE: Mapping[str, str] = _same("subject", "figure") | {
    name: f"provenance.{name}" for name in ("source", "source_date", "confidence", "note")
}


def json_from_design(answer: ServiceDesign | Infeasible, *, network: Network) -> dict[str, Any]:
    """The answer as an object; ``offers`` is empty when the service is infeasible.

    Parameters
    ----------
    answer
        The offers, or why there is none.
    network
        What they were designed on: it tells how far lengths and light may be trusted.
    """
    demand = answer.demand
    request = _object(demand, _REQUEST) | {
        "transit_limits": [limit.word for limit in demand.transit_limits],
        "avoid": json_from_exclusions(demand.avoid),
    }
    if isinstance(answer, Infeasible):
        offers, reasons, advice = [], json_from_reasons(answer.reasons), []
    else:
        offers, reasons = [_offer(offer, demand, network) for offer in answer.offers], []
        advice = list(answer.advice)
    return {"request": request, "offers": offers, "infeasible": reasons, "advice": advice}


def json_from_exclusions(avoid: Exclusions) -> dict[str, list[str]]:
    """Four sorted lists of identifiers."""
    return _object(avoid, _EXCLUSIONS)


def json_from_reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """One object a reason."""
    return [
        _object(reason, _REASON) | {"remedies": _objects(reason.remedies, _REMEDY)}
        for reason in reasons
    ]


def json_from_shared_risks(risks: Iterable[SharedRisk]) -> list[dict[str, Any]]:
    """One object a risk."""
    return _objects(risks, _SHARED_RISK)


def _offer(offer: Offer, demand: ServiceDemand, network: Network) -> dict[str, Any]:
    proof = offer.diversity_proof
    return {
        "label": offer.label.value,
        "paths": [_path(path, network) for path in offer.paths],
        "shared_risks": json_from_shared_risks(offer.shared_risks),
        "diversity_proof": None if proof is None else _object(proof, _PROOF),
        "availability": offer.availability,
        "unavailable_min_per_year": offer.unavailability * MINUTES_PER_YEAR,
        "availability_confidence": availability_trust(offer).value,
        "outage_shares": _objects(offer.outage_shares, _OUTAGE_SHARE),
        "price": _price(offer.price, term_months=demand.term_months)
        | {"confidence": price_trust(offer).value},
        "assumptions": _objects(offer.assumptions, _TRACED_FIGURE),
        "figures": _objects(offer.traced_figures, _TRACED_FIGURE),
    }


def _path(path: ServicePath, network: Network) -> dict[str, Any]:
    return _object(path, _PATH) | {
        "length_confidence": length_trust(network, path).value,
        "latency_confidence": latency_trust(network, path).value,
        "legs": [
            _object(leg, _LEG) | {"length_confidence": length_trust(network, leg).value}
            for leg in path.legs
        ],
        "lightpaths": [
            _object(light, _LIGHTPATH)
            | {"gsnr_confidence": gsnr_confidence(network, path, light).value}
            for light in path.lightpaths
        ],
        "unavailable_min_per_year": path.unavailability * MINUTES_PER_YEAR,
        "profile": _objects(path.profile, _PROFILE_POINT),
    }


def _price(price: OfferPrice, *, term_months: int) -> dict[str, Any]:
    return _object(price, _OFFER_PRICE) | {
        "over_term_minor": price_over_term(price, term_months=term_months),
        "split": _objects(price.split, _OPERATOR_SHARE),
        "lines": _objects(price.lines, _PRICE_LINE),
    }


def _objects(records: Iterable[object], keys: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_object(record, keys) for record in records]


def _object(record: object, keys: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a record under their keys; a dot leads into a record within it."""
    return {key: _plain(attrgetter(field)(record)) for key, field in keys.items()}


def _plain(value: object) -> object:
    """What JSON can hold; sets are sorted, decimal numbers stay text, for JSON would round them."""
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case frozenset():
            return sorted(str(_plain(item)) for item in value)
        case _:
            return value
