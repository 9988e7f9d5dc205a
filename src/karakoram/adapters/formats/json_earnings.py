"""How do earnings from abroad stand in JSON?"""

from collections.abc import Iterable
from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.adapters.formats.json_settlement import json_from_exchange
from karakoram.core.provenance import confidence_word
from karakoram.settlement.foreign_earnings import ForeignEarning, Worth
from karakoram.usecases.settle.report_earnings import EarningsTotal, earnings_totals


def json_from_earnings(earnings: Iterable[ForeignEarning]) -> dict[str, Any]:
    """Totals by owner, country and currency, and each owner's part of every invoice."""
    every = tuple(earnings)
    return {
        "totals": [_total(each) for each in earnings_totals(every)],
        "invoices": [_earning(each) for each in every],
    }


def _total(total: EarningsTotal) -> dict[str, Any]:
    return {
        "owner": total.operator_id,
        "country": total.country,
        "openBefore": _worth(total.opening),
        "billed": _worth(total.billed),
        "credited": _worth(total.credited),
        "collected": _worth(total.collected),
        "withheld": _worth(total.withheld),
        "open": _worth(total.closing),
        "gain": json_from_money(total.gain),
        "rateConfidence": confidence_word(total.rate_confidence),
    }


def _earning(one: ForeignEarning) -> dict[str, Any]:
    return {
        "owner": one.part.operator_id,
        "country": one.part.country,
        "buyer": one.part.payer_id,
        "invoice": one.part.invoice,
        "openBefore": _worth(one.opening),
        **{kind.value: _worth(worth) for kind, worth in one.by_kind.items()},
        "open": _worth(one.closing),
        "rateConfidence": confidence_word(one.rate_confidence),
        "exchange": None if one.exchange is None else json_from_exchange(one.exchange),
    }


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        "original": json_from_money(worth.original),
        "inBook": json_from_money(worth.in_book),
    }
