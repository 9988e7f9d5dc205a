"""How does what is owed for a period stand in JSON?"""

from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.rating.samples import BurstMonth
from karakoram.usecases.settle.rate_products import RatingAnswer


def json_from_rating(answer: RatingAnswer) -> dict[str, Any]:
    """The lines of a period, and what each owner earns."""
    return {
        "period": {
            "from": answer.period.from_day.isoformat(),
            "to": answer.period.to_day.isoformat(),
        },
        "zone": answer.zone,
        "lines": [json_from_line(line) for line in answer.lines],
        "totals": [
            {
                "operator": one.operator_id,
                "amount": json_from_money(one.amount),
                "confidence": one.confidence.value,
            }
            for one in answer.totals
        ],
        "repeatedUsage": answer.repeated,
        "bandwidth": [_json_from_burst(each) for each in answer.bursts],
    }


def _json_from_burst(burst: BurstMonth) -> dict[str, Any]:
    """The bandwidth of a product in a month; numbers as words, as of all quantities."""
    return {
        "product": burst.product_id,
        "from": burst.month.from_day.isoformat(),
        "to": burst.month.to_day.isoformat(),
        "samples": burst.sample_count,
        "missingSamples": burst.missing_count,
        "samplesOutOfService": burst.unserved_count,
        "ingressMbps": f"{burst.ingress_mbps:f}",
        "egressMbps": f"{burst.egress_mbps:f}",
        "committedMbps": f"{burst.committed_mbps:f}",
        "aboveMbps": f"{burst.usage.quantity:f}",
        "usageId": burst.usage.usage_id,
    }


def json_from_line(line: RatedCharge) -> dict[str, Any]:
    """One rated line."""
    return {
        "key": line.key,
        "product": line.product_id,
        "payer": line.payer_id,
        "operator": line.operator_id,
        "name": line.name,
        "kind": line.kind.value,
        "from": line.from_day.isoformat(),
        "to": line.to_day.isoformat(),
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "unitPrice": line.unit_price,
        "amount": json_from_money(line.amount),
        "confidence": line.confidence.value,
        "source": line.source,
    }
