"""How do the records of sales stand in JSON, in the words of MEF Sonata and TM Forum?"""

from collections.abc import Iterable
from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.core.identifiers import OperatorId
from karakoram.core.provenance import confidence_word
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.change_log import LogEntry
from karakoram.sales.configurations import Configuration
from karakoram.sales.offer_trust import (
    availability_trust,
    charges_trust,
    days_trust,
    latency_trust,
    lead_time_trust,
    length_trust,
    margin_trust,
)
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.plans import Charge, PlanMeasures, Refusal
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification, Wish
from karakoram.sales.quotes import Quote, QuoteOffer
from karakoram.sales.viewing import Viewer, visible_legs
from karakoram.usecases.operate.trace_path import TraceHop
from karakoram.usecases.operate.trace_words import ToldRider


def json_from_party(party: Party) -> dict[str, Any]:
    """A party."""
    return {
        "id": party.party_id,
        "name": party.name,
        "role": party.role.value,
        "customerKind": party.kind.value,
        "marketSegment": party.segment.value,
        "country": party.country,
        "currency": party.currency,
        "sponsor": party.sponsor_id,
    }


def json_from_qualification(one: Qualification) -> dict[str, Any]:
    """A qualification: serviceability with its reasons."""
    return {
        "id": one.qualification_id,
        "buyerId": one.buyer_id,
        "externalId": one.external_id,
        **_wish(one.wish),
        "serviceabilityConfidence": one.confidence.value,
        "reasons": json_from_refusals(one.reasons),
        "measures": None if one.measures is None else _measures(one.measures),
        "installationDays": one.installation_days,
        "installationDaysConfidence": confidence_word(days_trust(one.installation_days)),
        "creationDate": one.made_at.isoformat(),
        "guaranteedUntilDate": one.guaranteed_until and one.guaranteed_until.isoformat(),
    }


def json_from_quote(quote: Quote, *, shares: bool = False) -> dict[str, Any]:
    """A quote with its offers; what each owner earns only where asked for."""
    return {
        "id": quote.quote_id,
        "buyerId": quote.buyer_id,
        "externalId": quote.external_id,
        **_wish(quote.wish),
        "quoteLevel": quote.level.value,
        "state": quote.state.value,
        "creationDate": quote.made_at.isoformat(),
        "validUntil": quote.valid_until.isoformat(),
        "product": quote.product_id,
        "orderedOffer": quote.ordered_offer_id,
        "offers": [_offer(offer, shares=shares) for offer in quote.offers],
        "reasons": json_from_refusals(quote.reasons),
    }


def json_from_order(order: ProductOrder) -> dict[str, Any]:
    """An order with the work of each operator."""
    return {
        "id": order.product_order_id,
        "buyerId": order.buyer_id,
        "externalId": order.external_id,
        "action": order.action.value,
        "state": order.state.value,
        "product": order.product_id,
        "quote": order.quote_id,
        "orderDate": order.made_at.isoformat(),
        "legs": [_leg(leg) for leg in order.legs],
        "reasons": json_from_refusals(order.reasons),
    }


def json_from_legs(order: ProductOrder, operator_id: OperatorId) -> dict[str, Any]:
    """What one operator must do for an order, and nothing of buyers or prices."""
    own = visible_legs(order, Viewer(operator_id=operator_id))
    names = {each.leg.name for each in own}
    return {
        "order": order.product_order_id,
        "operator": operator_id,
        "legs": [
            {
                **_leg(leg),
                "after": [name for name in leg.leg.after if name in names],
                "afterOthers": sum(name not in names for name in leg.leg.after),
            }
            for leg in own
        ],
    }


def json_from_product(product: Product) -> dict[str, Any]:
    """A sold product."""
    return {
        "id": product.product_id,
        "buyerId": product.buyer_id,
        "payerId": product.payer_id,
        "sellerId": product.seller_id,
        "productOffering": product.product_offering_id,
        "characteristics": dict(product.configuration.by_name),
        "state": product.state.value,
        "order": product.product_order_id,
        "startDate": product.active_from and product.active_from.isoformat(),
        "endDate": product.active_until and product.active_until.isoformat(),
        "measures": _measures(product.plan.measures),
        "ways": [list(way) for way in product.plan.ways],
    }


def json_from_trace(hops: Iterable[TraceHop]) -> dict[str, Any]:
    """What a product rides on."""
    return {
        "hops": [
            {
                "depth": hop.depth,
                "side": hop.side.value,
                "hop": hop.hop,
                "resource": hop.resource_id,
                "name": hop.resource and hop.resource.name,
                "kind": hop.resource and hop.resource.kind.value,
                "operator": hop.resource and hop.resource.operator_id,
                "units": list(hop.units),
                "gapBefore": hop.gap_before and list(hop.gap_before),
            }
            for hop in hops
        ]
    }


def json_from_riders(riders: Iterable[ToldRider]) -> dict[str, Any]:
    """What rides on plant."""
    return {
        "riders": [
            {
                "depth": each.rider.depth,
                "id": each.rider.rider_id,
                "what": each.rider.what,
                "record": each.record,
                "buyerId": each.buyer_id,
                "a": each.a_site,
                "z": each.z_site,
                "sides": [side.value for side in each.sides],
                "isProtected": each.is_protected,
            }
            for each in riders
        ]
    }


def json_from_log(entries: Iterable[LogEntry]) -> dict[str, Any]:
    """The change log of one record."""
    return {
        "log": [
            {
                "at": entry.deed.at.isoformat(),
                "who": entry.deed.who,
                "why": entry.deed.why,
                "action": entry.action,
                "stateBefore": entry.state_before,
                "stateAfter": entry.state_after,
                "detail": entry.detail,
            }
            for entry in entries
        ]
    }


def _wish(wish: Wish) -> dict[str, Any]:
    return {
        "productOffering": wish.product_offering_id,
        "characteristics": _values(wish.configuration),
    }


def _values(given: Configuration) -> dict[str, str]:
    return dict(given.by_name)


def _offer(offer: QuoteOffer, *, shares: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": offer.offer_id,
        "label": offer.label,
        "monthlyRecurringCharge": json_from_money(offer.mrc),
        "monthlyRecurringChargeConfidence": confidence_word(
            charges_trust(offer.plan.charges, PriceType.RECURRING)
        ),
        "nonRecurringCharge": json_from_money(offer.nrc),
        "nonRecurringChargeConfidence": confidence_word(
            charges_trust(offer.plan.charges, PriceType.ONE_TIME)
        ),
        "installationDays": offer.installation_days,
        "installationDaysConfidence": lead_time_trust(offer.plan).value,
        "measures": _measures(offer.plan.measures),
        "remarks": json_from_refusals(offer.remarks),
        "ways": [list(way) for way in offer.plan.ways],
        "charges": [_charge(charge, shares=shares) for charge in offer.plan.charges],
        "figures": [
            {
                "subject": each.subject,
                "figure": each.figure,
                "source": each.provenance.source,
                "confidence": each.provenance.confidence.value,
            }
            for each in offer.plan.figures
        ],
    }
    if shares:
        told["shares"] = [
            {
                "operator": share.operator_id,
                "monthlyRecurringCharge": json_from_money(share.mrc),
                "nonRecurringCharge": json_from_money(share.nrc),
            }
            for share in offer.shares
        ]
    return told


def _charge(charge: Charge, *, shares: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": charge.name,
        "priceType": charge.kind.value,
        "amount": json_from_money(charge.amount),
        "unitPrice": charge.unit_price,
        "unit": charge.unit,
        "confidence": charge.confidence.value,
        "source": charge.source,
    }
    if not shares:
        return told
    return {**told, "operator": charge.operator_id, "places": list(charge.places)}


def _leg(order: LegOrder) -> dict[str, Any]:
    leg = order.leg
    return {
        "id": order.leg_order_id,
        "name": leg.name,
        "operator": leg.operator_id,
        "a": leg.a_site_id,
        "z": leg.z_site_id,
        "side": leg.side.value,
        "work": leg.work,
        "after": list(leg.after),
        "state": order.state.value,
        "dueDate": order.due_on.isoformat(),
        "jeopardy": order.jeopardy,
    }


def _measures(measures: PlanMeasures) -> dict[str, Any]:
    return {
        "lengthKm": measures.length_km,
        "lengthConfidence": confidence_word(length_trust(measures)),
        "latencyMs": measures.latency_ms,
        "latencyConfidence": confidence_word(latency_trust(measures)),
        "availability": measures.availability,
        "availabilityConfidence": confidence_word(availability_trust(measures)),
        "gsnrMarginDb": measures.gsnr_margin_db,
        "gsnrMarginConfidence": confidence_word(margin_trust(measures)),
        "sharedRisks": list(measures.shared_risks),
    }


def json_from_refusals(reasons: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Why something cannot be had, where, and what would help."""
    return [
        {
            "code": reason.code,
            "where": reason.where,
            "message": reason.message,
            "alternatives": list(reason.alternatives),
        }
        for reason in reasons
    ]
