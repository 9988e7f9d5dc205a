"""How do taxes and levies of an owner stand in JSON?"""

from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.settlement.levy_payments import LevyPayment, LevyStanding
from karakoram.usecases.settle.report_levies import LevyLine, LevyReport, LevyTotal


def json_from_levies(report: LevyReport) -> dict[str, Any]:
    """The report with its lines and totals."""
    return {
        "operator": report.operator_id,
        "period": {
            "startDate": report.period.from_day.isoformat(),
            "endDate": report.period.to_day.isoformat(),
        },
        "totals": [_total(each) for each in report.totals],
        "owed": [_standing(each) for each in report.standings],
        "lines": [_line(each) for each in report.lines],
    }


def json_from_levy_payment(payment: LevyPayment) -> dict[str, Any]:
    """What was paid to an authority."""
    return {
        "operator": payment.operator_id,
        "levy": payment.levy_id,
        "period": {
            "startDate": payment.period.from_day.isoformat(),
            "endDate": payment.period.to_day.isoformat(),
        },
        "amount": json_from_money(payment.amount),
        "paidOn": payment.paid_on.isoformat(),
        "reference": payment.reference,
    }


def _standing(standing: LevyStanding) -> dict[str, Any]:
    return {
        "levy": standing.levy_id,
        "before": json_from_money(standing.before),
        "booked": json_from_money(standing.booked),
        "paid": json_from_money(standing.paid),
        "paidLater": json_from_money(standing.paid_later),
        "open": json_from_money(standing.open_amount),
        "confidence": standing.confidence.value,
    }


def _total(total: LevyTotal) -> dict[str, Any]:
    return {
        "kind": total.kind.value,
        "levy": total.levy_id,
        "name": total.name,
        "amount": json_from_money(total.amount),
        "confidence": total.confidence.value,
    }


def _line(line: LevyLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "levy": line.levy_id,
        "name": line.name,
        "bookedOn": line.booked_on.isoformat(),
        "reference": line.reference,
        "percent": line.percent,
        "base": None if line.base is None else json_from_money(line.base),
        "amount": json_from_money(line.amount),
        "confidence": line.confidence.value,
        "source": line.source,
    }
