"""What is sold to whom, and what a price list changes: asked in words, answered with findings."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.provenance import Confidence, weakest
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.words import PriceBasis
from karakoram.usecases.catalogue.change_price_list import (
    change_price_list,
    copy_catalogue,
    write_price_list,
)
from karakoram.usecases.catalogue.show_catalogue import (
    OfferingsQuestion,
    list_offerings,
    network_price_trusts,
    show_offering,
)
from karakoram.usecases.catalogue.validate_stored_catalogue import validate_stored_catalogue
from tests.support.catalogues import (
    DAY,
    PRICES,
    by_identifier,
    price,
    sold_on,
)
from tests.support.ports import GivenNetwork
from tests.support.small_corridor import small_network

WARNING = Finding(
    code="doubt", place=Place(table="x"), message="doubtful", severity=Severity.WARNING
)
ERROR = Finding(code="wrong", place=Place(table="x"), message="wrong")


@dataclass
class KeptCatalogue:
    """A catalogue that is given, and what is written in its place."""

    catalogue: object
    findings: tuple = ()
    written: list = field(default_factory=list)

    def read_catalogue(self, network=None):
        return self.catalogue

    def read_catalogue_with_findings(self, network=None):
        return self.catalogue, self.findings

    def write_catalogue(self, catalogue):
        self.written.append(catalogue)


@dataclass
class KeptPrices:
    """A price list that is given, and what is written."""

    prices: dict = field(default_factory=dict)
    findings: tuple = ()

    def read_prices(self):
        return self.prices, self.findings

    def write_prices(self, prices):
        self.prices = prices


class Today:
    def today(self):
        return DAY


def world():
    """The small network and a catalogue that sells on it."""
    network = small_network()
    return network, KeptCatalogue(sold_on(network))


def listed(**words):
    network, store = world()
    found = list_offerings(
        OfferingsQuestion(**words),
        catalogues=store,
        networks=GivenNetwork(network),
        clock=Today(),
    )
    return [offering.product_offering_id for offering in found.offerings]


def test_everything_sold_today_is_listed():
    assert listed() == ["DPLC", "DSL-RURAL", "CENTRE"]


def test_an_offering_that_the_network_prices_is_trusted_as_the_price_book_is():
    network, store = world()
    given = GivenNetwork(network)
    found = list_offerings(OfferingsQuestion(), catalogues=store, networks=given, clock=Today())
    (own, *_) = found.offerings
    assert set(found.price_trusts(own)) == {
        each.provenance.confidence for each in found.prices(own)
    }
    of_network = replace(own, price_basis=PriceBasis.NETWORK, value_uses=("bit_rate_gbps=100|400",))
    prices = {
        key: replace(each, provenance=replace(each.provenance, confidence=Confidence.STATED))
        for key, each in network.prices.items()
    }
    published = replace(found, network=replace(network, prices=prices))
    assert Confidence.STATED in published.price_trusts(of_network)
    assert Confidence.STATED not in found.price_trusts(own)
    named = {own.product_offering_id: of_network}
    sold = replace(published.catalogue, product_offerings=named)
    told = network_price_trusts(sold, published.network, on_day=published.on_date)
    assert told == {own.product_offering_id: weakest(published.price_trusts(of_network))}
    assert network_price_trusts(found.catalogue, network, on_day=found.on_date) == {}


def test_words_narrow_the_list():
    network, _ = world()
    first, second = list(network.operators)[:2]
    sites = list(network.sites.values())
    other = next(site for site in sites if site.site_id != sites[0].site_id)
    assert listed(operator=first) == ["DPLC"]
    assert listed(operator=second) == ["DSL-RURAL", "CENTRE"]
    assert listed(segment="wholesale") == ["DPLC"]
    assert listed(segment="Private rural") == ["DSL-RURAL"]
    assert listed(site=sites[0].site_id) == ["DPLC", "DSL-RURAL", "CENTRE"]
    assert listed(site=other.site_id) == ["DPLC", "CENTRE"]


def test_a_day_and_a_status_narrow_the_list_unless_every_offering_is_asked_for():
    assert listed(on_day=date(2027, 1, 1)) == ["DPLC", "CENTRE"]
    assert listed(on_day=date(2027, 1, 1), every=True) == ["DPLC", "DSL-RURAL", "CENTRE"]
    network, store = world()
    retired = replace(
        store.catalogue.product_offerings["DPLC"], lifecycle_status=LifecycleStatus.RETIRED
    )
    store.catalogue = replace(
        store.catalogue,
        product_offerings={**store.catalogue.product_offerings, "DPLC": retired},
    )
    found = list_offerings(
        OfferingsQuestion(), catalogues=store, networks=GivenNetwork(network), clock=Today()
    )
    assert [one.product_offering_id for one in found.offerings] == ["DSL-RURAL", "CENTRE"]


def test_every_word_that_means_nothing_is_told_at_once():
    with pytest.raises(InvalidDataError) as told:
        listed(operator="nobody here", site="nowhere at all", segment="rural")
    assert [finding.code for finding in told.value.findings] == [
        "question-operator",
        "question-site",
        "question-segment",
    ]


def test_an_offering_is_shown_with_the_prices_of_the_day():
    network, store = world()
    old = price("old", "DSL-RURAL", "1", name="old", valid_to=DAY)
    tables = {**store.catalogue.product_offering_prices, "old": old}
    store.catalogue = replace(store.catalogue, product_offering_prices=tables)

    def shown(word, on_day=None):
        return show_offering(
            word,
            on_day=on_day,
            catalogues=store,
            networks=GivenNetwork(network),
            clock=Today(),
        )

    today = shown("dsl-rural")
    assert [p.product_offering_price_id for p in today.prices(today.offerings[0])] == ["dsl-month"]
    then = shown("DSL-RURAL", on_day=date(2026, 1, 1))
    assert len(then.prices(then.offerings[0])) == 2
    with pytest.raises(InvalidDataError, match="no offering is called 'DSL'"):
        shown("DSL")


def test_errors_of_a_catalogue_stand_before_warnings():
    network, store = world()
    store.findings = (WARNING, ERROR)
    found = validate_stored_catalogue(catalogues=store, networks=GivenNetwork(network))
    assert found == (ERROR, WARNING)


def test_a_price_list_and_a_copy_hold_what_the_catalogue_holds():
    network, store = world()
    prices, target = KeptPrices(), KeptCatalogue(None)
    ports = {"catalogues": store, "networks": GivenNetwork(network)}
    assert write_price_list(**ports, prices=prices) == len(prices.prices) == 5
    assert copy_catalogue(**ports, target=target) is store.catalogue
    assert target.written == [store.catalogue]


def changed(prices, *, is_dry_run=False):
    network, store = world()
    answer = change_price_list(
        prices=prices,
        catalogues=store,
        networks=GivenNetwork(network),
        is_dry_run=is_dry_run,
    )
    return answer, store.written


def test_a_list_adds_changes_and_removes():
    _, store = world()
    listed_prices = dict(store.catalogue.product_offering_prices)
    listed_prices["dsl-month"] = replace(listed_prices["dsl-month"], amount=Decimal(1099))
    listed_prices["dsl-once"] = price("dsl-once", "DSL-RURAL", "10", name="connection")
    del listed_prices["line-km"]
    for is_dry_run in (True, False):
        answer, written = changed(KeptPrices(listed_prices), is_dry_run=is_dry_run)
        assert [
            (one.kind.value, one.price.product_offering_price_id) for one in answer.changes
        ] == [
            ("changed", "dsl-month"),
            ("added", "dsl-once"),
            ("removed", "line-km"),
        ]
        assert answer.unchanged == 3
        assert answer.warnings == ()
        assert answer.is_written is not is_dry_run
        assert len(written) == (not is_dry_run)
    assert written[0].product_offering_prices == listed_prices


def test_the_same_list_writes_nothing():
    _, store = world()
    answer, written = changed(KeptPrices(dict(store.catalogue.product_offering_prices)))
    assert (answer.changes, answer.is_written, written) == ((), False, [])


def test_a_list_that_breaks_a_rule_is_refused_whole():
    wrong = price("new", "NOWHERE", "1")
    with pytest.raises(InvalidDataError, match="'NOWHERE' is not in product_offerings"):
        changed(KeptPrices(by_identifier((wrong,))))
    with pytest.raises(InvalidDataError, match="wrong"):
        changed(KeptPrices({}, (ERROR,)))


def test_a_list_that_leaves_an_offering_without_price_warns():
    answer, _ = changed(KeptPrices(by_identifier(PRICES[:1])), is_dry_run=True)
    assert {finding.code for finding in answer.warnings} == {"offering-without-price"}
    assert {finding.place.record for finding in answer.warnings} == {"DSL-RURAL", "CENTRE"}
