"""How does a design read as JSON? Names and units stay; records become objects, sets become lists.

The keys are a promise to other programs: they may be added to, never renamed
(``docs/reference/cli.md``).
"""

from collections.abc import Iterable
from typing import Any

from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.planning.demand import Exclusions, ServiceDemand
from karakoram.planning.offers import (
    DiversityProof,
    Infeasible,
    Leg,
    Lightpath,
    Offer,
    OfferPrice,
    OutageShare,
    PriceLine,
    ProfilePoint,
    Reason,
    ServiceDesign,
    ServicePath,
    SharedRisk,
    TracedFigure,
)


def json_from_design(answer: ServiceDesign | Infeasible) -> dict[str, Any]:
    """The answer as an object; ``offers`` is empty when the service is infeasible."""
    if isinstance(answer, Infeasible):
        return {
            "request": _request(answer.demand),
            "offers": [],
            "infeasible": json_from_reasons(answer.reasons),
            "advice": [],
        }
    return {
        "request": _request(answer.demand),
        "offers": [_offer(offer) for offer in answer.offers],
        "infeasible": [],
        "advice": list(answer.advice),
    }


def json_from_exclusions(avoid: Exclusions) -> dict[str, list[str]]:
    """Four sorted lists of identifiers."""
    return {
        "sites": sorted(avoid.site_ids),
        "spans": sorted(avoid.span_ids),
        "operators": sorted(avoid.operator_ids),
        "cables": sorted(avoid.cable_ids),
    }


def json_from_reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """One object a reason."""
    return [
        {
            "code": reason.code,
            "where": reason.where,
            "message": reason.message,
            "remedies": [
                {"kind": remedy.kind.value, "values": list(remedy.values)}
                for remedy in reason.remedies
            ],
        }
        for reason in reasons
    ]


def json_from_shared_risks(risks: Iterable[SharedRisk]) -> list[dict[str, Any]]:
    """One object a risk."""
    return [
        {
            "id": risk.risk_id,
            "name": risk.name,
            "sort": risk.sort.value,
            "span_ids": list(risk.span_ids),
            "unavailable_min_per_year": risk.unavailable_min_per_year,
            "confidence": risk.confidence.value,
        }
        for risk in risks
    ]


def _request(demand: ServiceDemand) -> dict[str, Any]:
    return {
        "a": demand.a_site_id,
        "z": demand.z_site_id,
        "bit_rate_gbps": demand.bit_rate_gbps,
        "protection": demand.protection.value,
        "on": demand.on_day.isoformat(),
        "latency_ms_max": demand.latency_ms_max,
        "avoid": json_from_exclusions(demand.avoid),
        "via": list(demand.via_site_ids),
        "statuses": sorted(status.value for status in demand.accepted_statuses),
        "term_months": demand.term_months,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "label": offer.label.value,
        "paths": [_path(path) for path in offer.paths],
        "shared_risks": json_from_shared_risks(offer.shared_risks),
        "diversity_proof": _proof(offer.diversity_proof),
        "availability": offer.availability,
        "unavailable_min_per_year": offer.unavailability * MINUTES_PER_YEAR,
        "outage_shares": [_outage_share(share) for share in offer.outage_shares],
        "price": _price(offer.price),
        "assumptions": [_figure(figure) for figure in offer.assumptions],
        "figures": [_figure(figure) for figure in offer.traced_figures],
    }


def _proof(proof: DiversityProof | None) -> dict[str, str] | None:
    return None if proof is None else {"scope": proof.scope.value, "prover": proof.prover}


def _path(path: ServicePath) -> dict[str, Any]:
    return {
        "role": path.role.value,
        "sites": list(path.site_ids),
        "spans": list(path.span_ids),
        "legs": [_leg(leg) for leg in path.legs],
        "length_km": path.length_km,
        "latency_ms": path.latency_ms,
        "rtt_ms": path.rtt_ms,
        "lightpaths": [_lightpath(lightpath) for lightpath in path.lightpaths],
        "regenerators": list(path.regenerator_site_ids),
        "unavailable_min_per_year": path.unavailability * MINUTES_PER_YEAR,
        "profile": [_profile_point(point) for point in path.profile],
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "operator": leg.operator_id,
        "owner": leg.owner_id,
        "from": leg.a_site_id,
        "to": leg.z_site_id,
        "spans": list(leg.span_ids),
        "length_km": leg.length_km,
    }


def _lightpath(lightpath: Lightpath) -> dict[str, Any]:
    return {
        "from": lightpath.a_site_id,
        "to": lightpath.z_site_id,
        "mode": lightpath.transceiver_mode_id,
        "wavelengths": lightpath.wavelengths,
        "bit_rate_gbps": lightpath.bit_rate_gbps,
        "spacing_ghz": lightpath.spacing_ghz,
        "gsnr_db": lightpath.gsnr_db,
        "gsnr_db_mean": lightpath.gsnr_db_mean,
        "required_gsnr_db": lightpath.required_gsnr_db,
        "margin_db": lightpath.margin_db,
        "margin_db_min": lightpath.margin_db_min,
        "osnr_0_1nm_db": lightpath.osnr_0_1nm_db,
        "cd_ps_per_nm": lightpath.cd_ps_per_nm,
        "pmd_ps": lightpath.pmd_ps,
        "length_km": lightpath.length_km,
    }


def _profile_point(point: ProfilePoint) -> dict[str, Any]:
    return {
        "label": point.label,
        "km": point.km,
        "is_derived": point.is_derived,
        "power_in_dbm": point.power_in_dbm,
        "power_out_dbm": point.power_out_dbm,
        "gsnr_db": point.gsnr_db,
    }


def _outage_share(share: OutageShare) -> dict[str, Any]:
    return {
        "component": share.component,
        "name": share.name,
        "unavailable_min_per_year": share.unavailable_min_per_year,
        "confidence": share.confidence.value,
    }


def _price(price: OfferPrice) -> dict[str, Any]:
    return {
        "currency": price.mrc.currency,
        "mrc_minor": price.mrc.minor,
        "nrc_minor": price.nrc.minor,
        "split": [
            {
                "operator": share.operator_id,
                "mrc_minor": share.mrc.minor,
                "nrc_minor": share.nrc.minor,
            }
            for share in price.split
        ],
        "lines": [_price_line(line) for line in price.lines],
    }


def _price_line(line: PriceLine) -> dict[str, Any]:
    """Quantity and unit price stay decimal text: JSON numbers would round them."""
    return {
        "operator": line.operator_id,
        "role": line.role.value,
        "subject": line.subject,
        "price_id": line.price_id,
        "unit": line.unit.value,
        "period": line.period.value,
        "quantity": str(line.quantity),
        "unit_price": str(line.unit_price),
        "amount_minor": line.amount.minor,
        "confidence": line.confidence.value,
    }


def _figure(traced: TracedFigure) -> dict[str, Any]:
    provenance = traced.provenance
    return {
        "subject": traced.subject,
        "figure": traced.figure,
        "source": provenance.source,
        "source_date": provenance.source_date,
        "confidence": provenance.confidence.value,
        "note": provenance.note,
    }
