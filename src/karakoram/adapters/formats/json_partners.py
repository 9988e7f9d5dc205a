"""How do partners and what is bought of them stand in JSON? Without any secret."""

from collections.abc import Iterable
from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.core.findings import Finding
from karakoram.sales.purchases import PARTNER_TRUST, LegPrice, Purchase
from karakoram.usecases.buy.buy_legs import QualifiedLeg
from karakoram.usecases.buy.partner_legs import Bought
from karakoram.usecases.buy.partner_ports import PartnerTerms


def json_from_partner(terms: PartnerTerms) -> dict[str, Any]:
    """A partner, and whether its secret was found."""
    return {
        "operator": terms.operator_id,
        "url": terms.url,
        "buyerId": terms.buyer_id,
        "sellerId": terms.seller_id,
        "clientId": terms.client_id,
        "secretFrom": terms.secret_from,
        "hasSecret": terms.has_secret,
        "offerings": [
            {"ours": ours, "theirs": theirs.offering_id}
            for ours, theirs in sorted(terms.offerings.items())
        ],
    }


def json_from_qualified(
    legs: Iterable[QualifiedLeg], findings: tuple[Finding, ...]
) -> dict[str, Any]:
    """What partners say to the question whether they can provide legs."""
    return {
        "legs": [
            {
                "leg": each.leg,
                "operator": each.operator_id,
                "serviceabilityConfidence": each.told.confidence,
                "reason": each.told.reason,
                "installationDays": each.told.installation_days,
                "installationDaysConfidence": None
                if each.told.installation_days is None
                else each.told.days_confidence.value,
            }
            for each in legs
        ],
        "findings": json_from_findings(findings),
    }


def json_from_bought(bought: Bought) -> dict[str, Any]:
    """Purchases, and everything that a partner could not or would not do."""
    return {
        "purchases": [_json_from_purchase(each) for each in bought.purchases],
        "findings": json_from_findings(bought.findings),
    }


def _json_from_purchase(purchase: Purchase) -> dict[str, Any]:
    """A purchase."""
    return {
        "id": purchase.purchase_id,
        "operator": purchase.operator_id,
        "order": purchase.product_order_id,
        "leg": purchase.leg,
        "changes": purchase.changed_id,
        "productOffering": purchase.wish.product_offering_id,
        "characteristics": purchase.wish.configuration.by_name,
        "state": purchase.state.value,
        "price": _price(purchase.price),
        "validUntil": None if purchase.valid_until is None else purchase.valid_until.isoformat(),
        "there": {
            "quote": purchase.quote_there,
            "order": purchase.order_there,
            "product": purchase.product_there,
            "cease": purchase.cease_there,
            "state": purchase.word,
        },
        "dueDate": purchase.due_on.isoformat(),
        "reasons": [
            {"code": each.code, "where": each.where, "message": each.message}
            for each in purchase.reasons
        ],
    }


def _price(price: LegPrice | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "monthlyRecurringCharge": json_from_money(price.mrc),
        "nonRecurringCharge": json_from_money(price.nrc),
        "confidence": PARTNER_TRUST.value,
    }
