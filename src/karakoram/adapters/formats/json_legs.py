"""How do legs that are offered, and an answer over legs, read as JSON?"""

from collections.abc import Iterable
from typing import Any

from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.core.findings import Finding
from karakoram.core.provenance import confidence_word
from karakoram.network.legs import OfferedLeg
from karakoram.planning.leg_answers import LegAnswer, LegPair, LegQuestion, LegWay


def json_from_offered_legs(
    operator_id: str, points: Iterable[str], legs: Iterable[OfferedLeg]
) -> dict[str, Any]:
    """What an operator hands over, with tokens counted and not shown: they stand in the file.

    Parameters
    ----------
    operator_id, points
        Who offers, and between which sites.
    legs
        Every row.
    """
    rows = list(legs)
    fingerprints = [leg.key_fingerprint for leg in rows if leg.key_fingerprint]
    return {
        "operator": operator_id,
        "points": list(points),
        "key_fingerprint": fingerprints[0] if fingerprints else None,
        "legs": [
            {
                "id": leg.leg_id,
                "kind": leg.kind.value,
                "a": leg.a_site_id,
                "z": leg.z_site_id,
                "status": leg.status.value,
                "latency_ms": leg.latency_ms,
                "latency_confidence": confidence_word(leg.latency_confidence),
                "length_km": leg.length_km,
                "length_confidence": confidence_word(leg.length_confidence),
                "price_minor": leg.price_minor,
                "price_confidence": confidence_word(leg.price_confidence),
                "currency": leg.currency or None,
                "term_months": leg.term_months,
                "bit_rate_gbps": leg.bit_rate_gbps,
                "a_partners": list(leg.a_partner_ids),
                "z_partners": list(leg.z_partner_ids),
                "place_tokens": len(leg.place_tokens),
                "risk_tokens": len(leg.risk_tokens),
                "minutes_total": leg.minutes_total,
                "minutes_confidence": confidence_word(leg.minutes_confidence),
                "tokens_complete": leg.tokens_complete,
                "offered_on": leg.offered_on.isoformat(),
                "valid_to": None if leg.valid_to is None else leg.valid_to.isoformat(),
            }
            for leg in rows
        ],
    }


def json_from_leg_answer(
    question: LegQuestion, answer: LegAnswer, *, warnings: Iterable[Finding] = ()
) -> dict[str, Any]:
    """The answer as an object; ``pair`` is null when none was asked for or there is none."""
    return {
        "request": {
            "a": question.a_site_id,
            "z": question.z_site_id,
            "k": question.k,
            "by": question.metric.value,
            "disjoint": question.disjoint,
            "statuses": sorted(status.value for status in question.accepted_statuses),
            "on": question.on_day.isoformat(),
        },
        "ways": [_way(way) for way in answer.ways],
        "certain": answer.certain,
        "pair": None if answer.pair is None else _pair(answer.pair),
        "proven_pair": None if answer.proven_pair is None else _pair(answer.proven_pair),
        "silent_operators": list(answer.silent_operator_ids),
        "left_out": list(answer.left_out),
        "warnings": json_from_findings(warnings),
    }


def _way(way: LegWay) -> dict[str, Any]:
    return {
        "legs": list(way.leg_ids),
        "sites": list(way.site_ids),
        "operators": list(way.operator_ids),
        "latency_ms": way.latency_ms,
        "latency_confidence": way.latency_confidence.value,
        "length_km": way.length_km,
        "length_confidence": confidence_word(way.length_confidence),
        "price_minor": None if way.price is None else way.price.minor,
        "currency": None if way.price is None else way.price.currency,
        "price_confidence": confidence_word(way.price_confidence),
        "unproven_legs": list(way.unproven_leg_ids),
    }


def _pair(pair: LegPair) -> dict[str, Any]:
    return {
        "ways": [_way(way) for way in pair.ways],
        "proven": pair.is_proven,
        "unproven_legs": list(pair.unproven_leg_ids),
        "shared_minutes": pair.shared_minutes,
        "shared_confidence": pair.shared_confidence.value,
        "shared": [
            {
                "token": exposure.token,
                "site": exposure.site_id,
                "minutes": exposure.minutes,
                "confidence": exposure.confidence.value,
                "legs": list(exposure.leg_ids),
            }
            for exposure in pair.shared
        ],
        "best": pair.is_best,
        "minutes_at_least": pair.minutes_at_least,
        "proof": pair.prover,
    }
