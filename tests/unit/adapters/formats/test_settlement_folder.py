"""Terms of settlement in tables: the packaged ones, and every finding of those that are wrong."""

from datetime import date

import pytest

from karakoram.adapters.formats.network_folder import read_network
from karakoram.adapters.formats.settlement_folder import (
    SETTLEMENT_TABLES,
    NewSettlementFolder,
    SettlementFolder,
)
from karakoram.adapters.time_zones import SystemZones
from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError
from karakoram.core.provenance import Confidence
from karakoram.refdata.corridor import corridor_folder
from karakoram.refdata.levies import TaxedService
from karakoram.refdata.packaged import packaged_folder
from karakoram.settlement.agreements import SettlementMode, ShareRule
from karakoram.settlement.owner_books import OwnerBook
from karakoram.settlement.taxed_products import EXPORT, tax_treatment
from karakoram.settlement.terms import validate_terms
from karakoram.usecases.settle.copy_terms import copy_terms
from karakoram.usecases.settle.settlement_ports import TermsSource
from tests.support.selling import CARRIER, PERSON
from tests.support.settling import owner_book


@pytest.fixture
def folder(tmp_path):
    for table in SETTLEMENT_TABLES:
        text = packaged_folder("settlement").joinpath(f"{table}.csv").read_text(encoding="utf-8")
        (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_packaged_terms_are_right_and_say_what_is_assumed(network):
    source = SettlementFolder(packaged_folder("settlement"), zones=SystemZones())
    assert isinstance(source, TermsSource)
    terms = source.read_terms(network)
    assert validate_terms(terms, network=network) == ()
    waves = terms.settlement_agreements["corridor-waves"]
    assert (waves.rule, waves.provenance.confidence) == (ShareRule.LENGTH, Confidence.ASSUMED)
    voice = terms.settlement_agreements["voice-termination"]
    assert voice.mode is SettlementMode.TERMINATION_CHARGE
    assert {each.provenance.confidence for each in terms.exchange_rates.values()} == {
        Confidence.ASSUMED
    }
    assert terms.book_of("SCO").functional_currency == "CNY"
    with pytest.raises(NotFoundError, match="no book of NHA"):
        terms.book_of("NHA")


@pytest.fixture(scope="module")
def network():
    return read_network(corridor_folder())


@pytest.mark.parametrize(
    ("table", "old_new", "code"),
    [
        ("agreed_shares", ("corridor-waves:SCO,corridor-waves,", "x,corridor-wave,"), "agreement"),
        ("agreed_shares", ("corridor-waves,ONE", "corridor-waves,SCO"), "share-twice"),
        ("agreed_shares", ("corridor-waves,CYB", "corridor-waves,CYX"), "unknown-operator"),
        ("agreed_shares", ("minute,0.30", ","), "no-charges"),
        (
            "settlement_agreements",
            ("special_arrangement,length", "special_arrangement,cost"),
            "no-w",
        ),
        (
            "settlement_agreements",
            ("special_arrangement,per_leg,", "termination_charge,,"),
            "no-ch",
        ),
        ("settlement_agreements", ("per_leg,,", "per_leg,WAVE-10G,"), "agreements-overlap"),
        ("owner_books", ("ONE,PKR", "OMEGA,PKR"), "unknown-operator"),
        ("owner_books", ("Asia/Karachi", "Asia/Gilgit"), "unknown-time-zone"),
        (
            "exchange_rates",
            ("PKR-2026-02-01,USD,PKR,2026-02-01", "x,USD,PKR,2026-01-01"),
            "rate",
        ),
    ],
)
def test_what_does_not_fit_together_is_found_by_row(folder, network, table, old_new, code):
    old, new = old_new
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidDataError) as bad:
        SettlementFolder(folder, zones=SystemZones()).read_terms(network)
    found = [each for each in bad.value.findings if code in each.code]
    assert found
    assert all(each.place.file.endswith(".csv") and each.place.row for each in found)


def test_taxes_of_a_folder_count_in_the_place_of_the_packaged_ones(folder):
    path = folder / "taxes_and_levies.csv"
    header, *_ = path.read_text(encoding="utf-8").splitlines()
    row = "VAT-CH,VAT of Switzerland,CH,invoice,,8.1,,,2024-01-01,,law of 2022,2022,stated,"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    terms = SettlementFolder(folder, zones=SystemZones()).read_terms()
    assert [(each.levy_id, str(each.percent)) for each in terms.taxes_and_levies.values()] == [
        ("VAT-CH", "8.1")
    ]


def test_a_leased_line_is_shared_by_the_fibre_that_it_rides_on(network):
    terms = SettlementFolder(packaged_folder("settlement"), zones=SystemZones()).read_terms(network)
    line = terms.agreements.for_product("DPLC-ETHERNET", on_day=date(2026, 12, 1))
    assert line is not None
    assert (line.rule, line.provenance.confidence) == (ShareRule.LENGTH, Confidence.ASSUMED)
    parties = {each.operator_id for each in terms.agreements.shares_of(line.agreement_id)}
    assert parties == {"SCO", "ONE", "CYB"}


def test_a_copy_of_the_terms_reads_back_as_the_same(tmp_path):
    source = SettlementFolder(packaged_folder("settlement"), zones=SystemZones())
    target = NewSettlementFolder(tmp_path / "mine")
    copied = copy_terms(source=source, target=target)
    assert SettlementFolder(tmp_path / "mine", zones=SystemZones()).read_terms() == copied
    with pytest.raises(RefusedError, match="mine is not empty"):
        copy_terms(source=source, target=target)
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_an_owner_book_knows_its_currency():
    assert isinstance(owner_book("SCO"), OwnerBook)
    with pytest.raises(ValueError, match="functional_currency must be a currency of"):
        owner_book("SCO", "XXX")


def test_what_is_supplied_to_a_buyer_abroad_is_an_export():
    book = owner_book("SCO")
    assert tax_treatment(CARRIER, book, TaxedService.DATA).jurisdiction == EXPORT
    assert tax_treatment(PERSON, book, TaxedService.DATA).jurisdiction == "PK-PB"
