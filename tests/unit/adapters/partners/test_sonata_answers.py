"""What partners tell is read as Sonata says, and nothing that cannot be is taken for a price."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from karakoram.adapters.partners.sonata_answers import (
    QualificationAnswer,
    QuoteAnswer,
    cleaned,
    days_of,
    in_utc,
    price_of,
    told_problem,
)
from karakoram.core.money import Money
from karakoram.sales.purchases import LegPrice
from karakoram.usecases.buy.partner_ports import PartnerError


def lines(*told):
    quote = QuoteAnswer.model_validate(
        {
            "id": "q",
            "state": "approved.orderable",
            "quoteItem": [
                {
                    "product": {},
                    "quoteItemPrice": [
                        {
                            "priceType": kind,
                            "price": {"dutyFreeAmount": {"unit": unit, "value": value}},
                            **({"recurringChargePeriod": period} if period else {}),
                        }
                        for kind, unit, value, period in told
                    ],
                }
            ],
        }
    )
    return quote.quoteItem[0].quoteItemPrice


MONTH = {"amount": 1, "units": "months"}


def test_prices_of_each_month_and_once_are_summed_to_the_cent_and_usage_is_left_out():
    told = lines(
        ("recurring", "USD", 5284.1, MONTH),
        ("recurring", "USD", 72.92, None),
        ("nonRecurring", "USD", 25_000, None),
        ("usageBased", "USD", 0.001, None),
    )
    assert price_of(told) == LegPrice(mrc=Money(535702, "USD"), nrc=Money(2500000, "USD"))
    assert price_of(lines(("usageBased", "USD", 1, None))) is None


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ([("recurring", "USD", 1, {"amount": 1, "units": "years"})], "1 months"),
        ([("recurring", "USD", 1, {"amount": 3, "units": "months"})], "1 months"),
        ([("recurring", "USD", 1, MONTH), ("nonRecurring", "EUR", 1, None)], "USD, PKR"),
        ([("recurring", "XXX", 1, MONTH)], "USD, PKR"),
        ([("recurring", "USD", 0.001, MONTH)], "whole minor units of USD"),
        ([("gift", "USD", 1, None)], "recurring or nonRecurring"),
    ],
)
def test_a_price_that_is_no_two_sums_is_told_with_what_would_be_right(told, right):
    with pytest.raises(PartnerError) as refused:
        price_of(lines(*told))
    assert refused.value.code == "partner-wrong-price"
    assert right in refused.value.alternatives[0]


def test_one_price_has_one_currency():
    with pytest.raises(ValueError, match="one currency"):
        LegPrice(mrc=Money(1, "USD"), nrc=Money(1, "EUR"))


def test_days_are_calendar_days():
    def days(amount, units):
        item = {"product": {}, "installationInterval": {"amount": amount, "units": units}}
        told = {"id": "p", "productOfferingQualificationItem": [item]}
        answer = QualificationAnswer.model_validate(told)
        return days_of(answer.productOfferingQualificationItem[0].installationInterval)

    assert days(25, "calendarDays") == 25
    assert days(25, "businessDays") is None
    assert days_of(None) is None


def test_moments_are_in_utc():
    assert in_utc(None) is None
    assert in_utc(datetime.fromisoformat("2026-11-28T12:00:00")) == datetime(
        2026, 11, 28, 12, tzinfo=UTC
    )
    assert in_utc(datetime.fromisoformat("2026-11-28T17:00:00+05:00")).hour == 12


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"3", b"[3, null]", b"{}"])
def test_an_error_without_words_is_told_as_one(body):
    assert told_problem(body).text == "it does not say why"


def test_errors_of_a_log_in_and_of_sonata_are_read():
    assert told_problem(b'{"error": "invalid_client"}').text == "invalid_client"
    several = b'[{"code": "a", "propertyPath": "x"}, {"reason": "b", "propertyPath": "y"}]'
    assert (told_problem(several).text, told_problem(several).where) == ("a | b", "x, y")


def test_words_of_a_partner_do_nothing_to_a_screen():
    assert cleaned("a\tb\r\n\x1b]0;x\x07") == "a b ?]0;x?"
    assert len(cleaned("x" * 10_000)) == 500


def quoted(days='{"amount": 20, "units": "calendarDays"}', until='"2027-01-01T00:00:00Z"'):
    return QuoteAnswer.model_validate_json(
        f'{{"id": "q", "state": "x", "validFor": {{"endDateTime": {until}}}, "quoteItem": '
        f'[{{"product": {{}}, "quoteItemInstallationInterval": {days}}}]}}'
    )


@pytest.mark.parametrize("count", ["9" * 400, "-1", "1000001", "1.5"])
def test_a_time_that_cannot_be_is_refused(count):
    assert days_of(quoted().quoteItem[0].quoteItemInstallationInterval) == 20
    with pytest.raises(ValidationError, match="quoteItemInstallationInterval.amount"):
        quoted(days=f'{{"amount": {count}, "units": "calendarDays"}}')


def test_a_number_is_no_moment():
    assert quoted().validFor.endDateTime == datetime(2027, 1, 1, tzinfo=UTC)
    with pytest.raises(ValidationError, match="validFor.endDateTime"):
        quoted(until="20270101")
