"""What a person reads of a catalogue: every figure with how far it may be trusted."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Console

from karakoram.core.findings import Finding, Place, Severity
from karakoram.interfaces.cli.catalogue_screen import (
    show_offerings,
    show_one_offering,
    show_price_changes,
)
from karakoram.sales.catalogue.words import MarketSegment, PriceBasis
from karakoram.usecases.catalogue.change_price_list import ChangeKind, PriceChange, PriceListAnswer
from karakoram.usecases.catalogue.show_catalogue import OfferingsAnswer
from tests.support import catalogues as small
from tests.support.catalogues import DAY, price, small_catalogue


def printed(show, *arguments, **options):
    """All words of what is shown, with single blanks."""
    console = Console(file=io.StringIO(), width=120, markup=False, highlight=False)
    show(console, *arguments, **options)
    return " ".join(console.file.getvalue().split())


@pytest.fixture
def answer(corridor):
    def answered(*offerings, **tables):
        return OfferingsAnswer(
            catalogue=small_catalogue(**tables),
            network=corridor,
            offerings=offerings,
            on_date=DAY,
        )

    return answered


def one(answer, offering, *, sources=False, **tables):
    return printed(show_one_offering, answer(offering, **tables), sources=sources)


def test_a_list_tells_sellers_segments_and_confidence(answer):
    told = printed(show_offerings, answer(small.LINE_OFFERING, small.DSL_OFFERING))
    assert "small: 2 offerings on 2026-11-28" in told
    assert "DPLC DPLC of SCO and One Network SCO ONE wholesale, private urban" in told
    assert "public rural, private rural" in told
    assert told.count("assumed") == 3  # two offerings and the legend


@pytest.mark.parametrize(
    ("segments", "text"),
    [
        (tuple(MarketSegment), "everybody"),
        ((MarketSegment.PUBLIC_URBAN, MarketSegment.PUBLIC_RURAL), "public"),
        ((MarketSegment.PRIVATE_RURAL, MarketSegment.WHOLESALE), "wholesale, private rural"),
    ],
)
def test_segments_are_said_in_few_words(answer, segments, text):
    told = one(answer, replace(small.DSL_OFFERING, segments=segments))
    assert f"For: {text}; person, public body" in told


def test_an_empty_list_says_what_to_do(answer):
    assert "None fits; leave out a filter" in printed(show_offerings, answer())


def test_an_offering_is_told_whole(answer):
    told = one(answer, small.LINE_OFFERING)
    for words in (
        "DPLC of SCO and One Network (DPLC)",
        "checked by multiplex path",
        "Special Communications Organization, One Network",
        "Where: everywhere",
        "Here: signal=E1|E3",
        "e1 along path by signal: E1=1, E3=21, STM-1=63; times protection: none=1, 1+1=2",
        "monthly charge PKR 80,000 service month - signal=E3 ONE assumed",
        "distance PKR 145.8 km month length_km - all assumed",
        "availability >= 99.5 %",
        "availability 99 10 assumed",
        "assumed = placeholder",
    ):
        assert words in told, words


def test_days_sponsor_and_missing_promise_are_told(answer):
    told = one(answer, small.DSL_OFFERING)
    assert "from 2026-01-01 until 2027-01-01" in told
    assert "Where: AST, GHK, Gilgit-Baltistan" in told
    assert "since ever until 2027-01-01" in one(
        answer, replace(small.DSL_OFFERING, valid_from=None)
    )
    assert "Status: Launched, from 2026-01-01" in one(
        answer, replace(small.DSL_OFFERING, valid_to=None)
    )
    told = one(answer, replace(small.CENTRE_OFFERING, service_level_id=None))
    assert "Sponsor: SCO-SOCIAL is charged; what is used is reported to it" in told
    assert "none is published" in told


def test_units_tiers_and_ranges_are_told(answer):
    need = replace(*(small.PORT_A,), fixed_units=Decimal(10), characteristic="timeslots")
    product = replace(small.DSL, characteristic_ids=("timeslots", "open"))
    open_one = replace(
        *(small.TIMESLOTS,), characteristic_id="open", name="open", at_least=None, default=""
    )
    told = one(
        *(answer, small.DSL_OFFERING),
        characteristics=(small.SIGNAL, small.TIMESLOTS, small.PROTECTION, open_one),
        product_specifications=(small.LINE, product),
        resource_specifications=(small.PLACES, replace(need, units_per_value=Decimal("0.5"))),
        product_offering_prices=(
            replace(price("a", "DSL-RURAL", "2"), tier_to=Decimal(1000)),
            replace(price("b", "DSL-RURAL", "1"), tier_from=Decimal(1000)),
        ),
    )
    assert "10 + 0.5 x timeslots" in told
    assert "0 to 1,000" in told
    assert "above 1,000" in told
    assert "timeslots 1 to 31 1 64 kbit/s" in told
    assert "open whole -" in told


def test_prices_of_the_network_are_not_made_up_here(answer):
    network = replace(small.LINE_OFFERING, price_basis=PriceBasis.NETWORK)
    nothing = {"product_offering_prices": ()}
    assert "From the price book of the network, leg by leg" in one(answer, network, **nothing)
    told = printed(show_offerings, answer(network))
    assert "network = from the price book of the network" in told
    assert "network: " in told
    unpriced = printed(show_offerings, answer(small.DSL_OFFERING, **nothing))
    assert "broadband none" in unpriced


def test_sources_of_prices_are_told_when_asked_for(answer):
    assert "made up for tests" not in one(answer, small.DSL_OFFERING).partition("Prices on")[2]
    told = one(answer, small.DSL_OFFERING, sources=True)
    assert "dsl-month (assumed): - [made up for tests ]" in told


def test_a_note_is_told(answer):
    noted = replace(
        small.DSL_OFFERING, provenance=replace(small.SAID, note="the cities are assumed")
    )
    assert "Note: the cities are assumed" in one(answer, noted)


def test_changes_of_prices_are_told_before_and_after():
    after = replace(small.PRICES[0], amount=Decimal(2))
    change = PriceChange(kind=ChangeKind.CHANGED, before=small.PRICES[0], after=after)
    gone = PriceChange(kind=ChangeKind.REMOVED, before=small.PRICES[0], after=None)
    new = PriceChange(kind=ChangeKind.ADDED, before=None, after=after)
    doubt = Finding(
        code="doubt", place=Place(table="x"), message="doubtful", severity=Severity.WARNING
    )
    told = printed(
        show_price_changes,
        PriceListAnswer(
            changes=(change, gone, new), unchanged=1_000, warnings=(doubt,), is_written=False
        ),
        folder="mine",
    )
    assert "mine would change: 3 prices, 1,000 stay as they are" in told
    assert "changed line-e1 PKR 9,000 PKR 2 assumed" in told
    assert "removed line-e1 PKR 9,000 - assumed" in told
    assert "added line-e1 - PKR 2 assumed" in told
    assert "Warning: x: doubtful" in told


def test_more_changes_than_a_screen_holds_are_counted():
    change = PriceChange(kind=ChangeKind.ADDED, before=None, after=small.PRICES[0])
    told = printed(
        show_price_changes,
        PriceListAnswer(changes=(change,) * 53, unchanged=0, warnings=(), is_written=True),
        folder="mine",
    )
    assert "mine changed: 53 prices" in told
    assert "and 3 more; --json shows all" in told


def test_a_list_without_changes_has_no_table():
    told = printed(
        show_price_changes,
        PriceListAnswer(changes=(), unchanged=5, warnings=(), is_written=False),
        folder="mine",
    )
    assert told == "mine would change: 0 prices, 5 stay as they are"
