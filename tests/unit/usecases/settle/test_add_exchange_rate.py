"""A rate of another day is added once to terms of one's own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.adapters.formats.settlement_folder import NewSettlementFolder, OwnSettlementFolder
from karakoram.adapters.time_zones import SystemZones
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.usecases.do_many import ListRow
from karakoram.usecases.settle.add_exchange_rate import add_exchange_rate, add_exchange_rates
from karakoram.usecases.settle.do_all import ListPlace
from karakoram.usecases.settle.settlement_ports import TermsKeeper
from tests.support.settling import rate, terms

JANUARY = rate("USD", "PKR", date(2027, 1, 1), "284.10")


@pytest.fixture
def own(tmp_path):
    NewSettlementFolder(tmp_path / "terms").write_terms(terms())
    return OwnSettlementFolder(tmp_path / "terms", zones=SystemZones())


def test_it_is_added_once_and_the_others_stay(own):
    assert isinstance(own, TermsKeeper)
    before = own.read_terms()
    assert add_exchange_rate(JANUARY, terms=own)
    assert not add_exchange_rate(JANUARY, terms=own)
    after = own.read_terms()
    assert after.dated_rates.on_day("USD", "PKR", date(2027, 1, 3)) == JANUARY
    assert after == replace(before, exchange_rates=after.exchange_rates)
    assert len(after.exchange_rates) == len(before.exchange_rates) + 1


def test_another_worth_of_the_same_day_is_refused(own):
    add_exchange_rate(JANUARY, terms=own)
    with pytest.raises(RefusedError) as no:
        add_exchange_rate(replace(JANUARY, quote_per_base=Decimal(300)), terms=own)
    assert no.value.code == "rate-twice"


def asked(*rates):
    return [ListRow(row=at, name=f"row {at}", asked=each) for at, each in enumerate(rates, start=2)]


def test_rates_of_a_list_are_added_all_or_none(own):
    place = ListPlace(table="rates", file="rates.csv", column_by_code={"rate-twice": "worth"})
    second = rate("USD", "PKR", date(2027, 1, 2), "285")
    other = replace(JANUARY, quote_per_base=Decimal(300))
    before = own.read_terms()
    with pytest.raises(InvalidDataError) as no:
        add_exchange_rates(asked(JANUARY, second, other), terms=own, place=place)
    assert [(each.code, each.place.row) for each in no.value.findings] == [("rate-twice", 4)]
    assert own.read_terms() == before
    done = add_exchange_rates(asked(JANUARY, second, JANUARY), terms=own, place=place)
    assert [each.answer for each in done] == [True, True, False]
    assert len(own.read_terms().exchange_rates) == len(before.exchange_rates) + 2
