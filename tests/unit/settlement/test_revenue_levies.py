"""What owners owe their regulators on what they earned, computed by hand."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.refdata.levies import read_levies
from karakoram.settlement.revenue_levies import levy_entries, revenue_levies, statement_revenue
from karakoram.settlement.shares import line_shares
from karakoram.settlement.statements import owner_lines
from tests.support.settlement import AUGUST, credit_note, invoice, line, statement, usd
from tests.support.settling import terms

TODAY = date(2027, 1, 20)


def pkr(minor):
    return Money(minor, "PKR")


def ours(minor=10_000, credit=400, operator="OP2"):
    billed = invoice(line("a", minor, operator))
    shares = [line_shares(billed.lines[0], seller_id="SCO", agreement=None)]
    notes = [credit_note(credit, operator=operator)]
    return statement(operator, owner_lines([billed], shares, notes)[operator])


def levied(revenue, jurisdiction="PK-SD"):
    return revenue_levies(revenue, levies=read_levies(), jurisdiction=jurisdiction, on_day=AUGUST)


def amounts(revenue, **more):
    return {each.levy_id: each.amount.minor for each in levied(revenue, **more)}


def test_each_levy_is_a_share_of_what_was_earned():
    # 1.5 % of 700.01 are 10.50015, 0.5 % are 3.50005; nothing of it is owed outside Pakistan.
    assert amounts(pkr(70_001)) == {"USF": 1_050, "R-AND-D": 350, "LICENCE-FEE": 350}
    assert amounts(pkr(70_001), jurisdiction="CN") == {}
    assert {each.confidence for each in levied(pkr(1))} == {Confidence.ASSUMED}


def test_a_half_is_rounded_to_even_and_what_was_given_back_takes_levies_back():
    # 0.5 % of 3.00 are 1.5 minor units, to even 2; of 5.00 they are 2.5, to even 2.
    assert amounts(pkr(300))["R-AND-D"] == amounts(pkr(500))["R-AND-D"] == 2
    assert amounts(pkr(-70_001))["USF"] == -1_050
    assert amounts(pkr(0)) == {}


def test_revenue_is_what_was_earned_less_the_credits_borne_in_the_currency_of_the_book():
    # 100.00 earned less 4.00 borne at 280 are 28,000.00 - 1,120.00 = 26,880.00 rupees.
    given = {"exchange_rates": terms().dated_rates, "on_day": TODAY}
    assert statement_revenue(ours(), functional_currency="USD", **given) == usd(9_600)
    assert statement_revenue(ours(), functional_currency="PKR", **given) == pkr(2_688_000)
    with pytest.raises(NotFoundError, match="no exchange rate"):
        statement_revenue(ours(), functional_currency="EUR", **given)


def test_a_levy_is_cost_and_debt_in_accounts_of_its_own():
    # 1.5 % of 26,880.00 are 403.20; 0.5 % are 134.40.
    entries = levy_entries(ours(), levied(pkr(2_688_000)))
    assert [(each.debit.name, each.credit.name, each.amount.minor) for each in entries] == [
        ("Expenses:Levies:USF:PKR", "Liabilities:Levies:USF:PKR", 40_320),
        ("Expenses:Levies:R-AND-D:PKR", "Liabilities:Levies:R-AND-D:PKR", 13_440),
        ("Expenses:Levies:LICENCE-FEE:PKR", "Liabilities:Levies:LICENCE-FEE:PKR", 13_440),
    ]
    back = levy_entries(ours(), levied(pkr(-200)))
    assert (back[0].debit.name, back[0].amount.minor) == ("Liabilities:Levies:USF:PKR", 3)


def test_a_levy_on_revenue_knows_no_threshold():
    usf = next(each for each in read_levies() if each.levy_id == "USF")
    with pytest.raises(ValueError, match="must not be given for a levy on revenue"):
        replace(usf, above=usf.percent, above_currency="PKR")
