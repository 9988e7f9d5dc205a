"""Laws of a catalogue: what is written is read, tiers add up, what is asked for more is no less."""

import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.adapters.formats.price_list_file import PriceListFile
from karakoram.core.findings import errors_of
from karakoram.core.provenance import Confidence, Provenance
from karakoram.sales.catalogue.eligibility import EligibleCustomer, ServicePlace, eligible
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.words import Area, CustomerKind, MarketSegment, UnitOfMeasure
from tests.support.catalogues import (
    DAY,
    DSL_OFFERING,
    PLACES,
    PRICES,
    by_identifier,
    price,
    small_catalogue,
)

texts = some.text(
    some.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")),
    max_size=20,
)
"""Without blanks: a workbook loses those around a text."""
words = some.from_regex(r"[A-Za-z0-9_.:-]{1,12}", fullmatch=True)
amounts = some.decimals(0, 10**9, places=4)
quantities = some.decimals(0, 10**6, places=2)
days = some.dates(date(2000, 1, 1), date(2100, 1, 1))
drafts = some.fixed_dictionaries(
    {
        "days": some.tuples(days, days),
        "tier": some.tuples(quantities, quantities),
        "is_open": some.booleans(),
        "price_id": words,
        "unit": some.sampled_from(UnitOfMeasure),
        "quantity_of": some.sampled_from(("", "length_km", "length_km*length_km")),
        "conditions": some.sampled_from(((), ("signal=E1|E3", "protection=1+1"))),
        "amount": amounts,
        "currency": some.sampled_from(("PKR", "USD", "JPY")),
        "source": texts,
        "confidence": some.sampled_from(Confidence),
    }
)


def price_from(draft):
    """The price that a draft describes; an interval that is empty is taken as an open one."""
    starts, ends = sorted(draft["days"])
    low, high = sorted(draft["tier"])
    return replace(
        price(draft["price_id"], "DPLC", "1"),
        name=f"{draft['price_id']} {draft['source']}".strip(),
        unit_of_measure=draft["unit"],
        quantity_of=draft["quantity_of"],
        applies_when=draft["conditions"],
        tier_from=low,
        tier_to=None if draft["is_open"] or low == high else high,
        amount=draft["amount"],
        currency=draft["currency"],
        valid_from=starts,
        valid_to=None if draft["is_open"] or starts == ends else ends,
        provenance=Provenance(source=draft["source"], confidence=draft["confidence"]),
    )


@given(some.lists(drafts, max_size=4), texts)
@settings(max_examples=15, deadline=None)
def test_a_catalogue_that_is_written_is_read_again(some_drafts, description):
    more = map(price_from, some_drafts)
    whole = replace(
        small_catalogue(product_offering_prices=(*PRICES, *more)), description=description
    )
    with tempfile.TemporaryDirectory() as folder:
        CatalogueFolder(Path(folder) / "cat").write_catalogue(whole)
        assert CatalogueFolder(Path(folder) / "cat").read_catalogue() == whole
        for name in ("prices.csv", "prices.xlsx"):
            file = PriceListFile(Path(folder) / name)
            file.write_prices(whole.product_offering_prices)
            prices, findings = file.read_prices()
            assert prices == whole.product_offering_prices
            assert errors_of(findings) == ()


@given(quantities, some.lists(quantities, min_size=1, max_size=4, unique=True))
def test_tiers_that_meet_charge_every_unit_once(quantity, bounds):
    edges = [Decimal(0), *sorted(bound for bound in bounds if bound), None]
    tiers = [replace(PRICES[0], tier_from=low, tier_to=high) for low, high in pairwise(edges)]
    assert sum(tier.units_charged(quantity) for tier in tiers) == quantity


@given(drafts, quantities, quantities)
def test_more_units_are_never_charged_less(draft, less, more):
    one = price_from(draft)
    assert one.units_charged(less + more) >= one.units_charged(less) >= 0


@given(some.sampled_from(("E1", "E3", "STM-1")))
def test_protection_takes_twice_what_goes_without(signal):
    plain = PLACES.units({"signal": signal, "protection": "none"})
    assert PLACES.units({"signal": signal, "protection": "1+1"}) == 2 * plain


customers = some.builds(
    EligibleCustomer,
    kind=some.sampled_from(CustomerKind),
    sponsor_account_id=some.sampled_from(("SCO-SOCIAL", None)),
)
places = some.builds(
    ServicePlace,
    site_id=some.sampled_from(("AST", "GIL")),
    region=some.sampled_from(("Gilgit-Baltistan", "Punjab")),
    area=some.sampled_from(Area),
)


@given(customers, places, days, some.sampled_from(LifecycleStatus))
def test_an_offering_with_fewer_limits_has_no_more_reasons_against_it(who, where, day, status):
    narrow = replace(DSL_OFFERING, lifecycle_status=status)
    wide = replace(
        narrow,
        segments=tuple(MarketSegment),
        customer_kinds=(),
        site_ids=(),
        regions=(),
        valid_from=None,
        valid_to=None,
    )
    codes = {one.code for one in eligible(narrow, who, where, on_date=day)}
    fewer = {one.code for one in eligible(wide, who, where, on_date=day)}
    assert fewer <= codes
    assert bool(fewer) == (status is not LifecycleStatus.LAUNCHED)


def test_the_day_of_the_tests_lies_in_the_offering():
    assert DSL_OFFERING.validity.holds_on(DAY)
    assert by_identifier(PRICES).keys() == {one.product_offering_price_id for one in PRICES}
