"""Quotes: offers, reservations, retries, expiry."""

from dataclasses import replace
from datetime import timedelta

import pytest

from karakoram.core.errors import (
    IllegalTransitionError,
    InvalidDataError,
    NotFoundError,
    RefusedError,
)
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.configurations import configuration
from karakoram.sales.qualifications import ServiceabilityConfidence, Wish
from karakoram.sales.quotes import Quote, QuoteLevel, QuoteState
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.expire_quotes import expire_quotes
from karakoram.usecases.sell.issue_quote import QuoteWish
from karakoram.usecases.sell.qualify_product import qualify_product
from tests.support.selling import (
    START,
    channels,
    deed,
    faults,
    later,
    line,
    ordered,
    quoted,
    seller,
    wave,
)


@pytest.fixture
def selling():
    return seller()


def claimed_by(selling, *claimants):
    return selling.store.read(lambda tx: tx.claims_of(claimants))


def test_a_firm_quote_holds_what_it_needs_until_it_expires(selling):
    quote = quoted(selling, wave(), "q1")
    assert quote.state is QuoteState.ORDERABLE
    assert quote.valid_until == START + timedelta(days=30)
    (offer,) = quote.offers
    assert offer.label == "cheapest, lowest latency, most diverse"
    assert offer.mrc.minor == 100 * 100
    assert {claim.until for claim in claimed_by(selling, offer.offer_id)} == {quote.valid_until}
    assert not faults(selling.store)


def test_what_is_returned_is_what_is_stored(selling):
    quote = quoted(selling, wave(), "q1")
    ended = decline_quote(quote.quote_id, deed=deed(), store=selling.store, ids=selling.ids)
    assert ended == selling.store.read(lambda tx: tx.find(Quote, quote.quote_id))
    assert ended.version == quote.version + 1


def test_the_prices_are_those_of_the_day_of_the_deed(selling):
    day = later(400)
    seen = []
    planner = selling.planners[FeasibilityCheck.MULTIPLEX_PATH]

    def watched(question, basis):
        seen.append(question.on_day)
        return planner(question, basis)

    watching = replace(selling, planners={FeasibilityCheck.MULTIPLEX_PATH: watched})
    quoted(watching, channels("1"), "q", at=day)
    qualified(watching, channels("1"), "g", at=day)
    assert seen == [day.date()] * 2


def test_a_budgetary_quote_holds_nothing(selling):
    before = selling.store.tables.claims
    quote = quoted(selling, wave(), "q1", level=QuoteLevel.BUDGETARY)
    assert quote.state is QuoteState.ANSWERED
    assert quote.offers
    assert selling.store.tables.claims == before


def test_asking_again_gives_the_same_quote_and_holds_nothing_more(selling):
    first = quoted(selling, wave(), "q1")
    held = dict(selling.store.tables.claims)
    assert quoted(selling, wave(), "q1", at=later(1)) == first
    assert selling.store.tables.claims == held


def test_another_request_under_the_same_name_is_refused(selling):
    quoted(selling, wave(), "q1")
    with pytest.raises(RefusedError, match="names what is done already: quote.issue") as no:
        quoted(selling, channels(), "q1")
    assert (no.value.code, no.value.where) == ("external-id-reused", "q1")


def test_what_two_quotes_hold_is_never_the_same(selling):
    for number in range(4):
        quoted(selling, wave(), f"q{number}")
        assert not faults(selling.store)
    no_port = quoted(selling, wave(), "q5")
    assert no_port.state is QuoteState.UNABLE_TO_PROVIDE
    assert [reason.code for reason in no_port.reasons] == ["no-free-port", "no-free-port"]


def test_an_expired_quote_gives_its_units_to_the_next(selling):
    for number in range(4):
        quoted(selling, wave(), f"q{number}")
    assert quoted(selling, wave(), "later", at=later(30)).state is QuoteState.ORDERABLE
    states = [each.state for each in selling.store.read(lambda tx: tx.find_all(Quote))]
    assert states.count(QuoteState.EXPIRED) == 4
    assert not faults(selling.store)


def test_expiry_can_be_asked_for_and_takes_budgetary_quotes_too(selling):
    quoted(selling, wave(), "q1", level=QuoteLevel.BUDGETARY)
    parts = {"store": selling.store, "ids": selling.ids}
    assert expire_quotes(deed=deed(later(29)), **parts) == 0
    assert expire_quotes(deed=deed(later(30)), **parts) == 1


def test_a_declined_quote_gives_everything_back(selling):
    before = selling.store.tables.copy()
    quote = quoted(selling, wave(), "q1")
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    decline_quote(quote.quote_id, **parts)
    assert selling.store.tables.claims == before.claims
    assert selling.store.tables.resources.keys() == before.resources.keys()
    with pytest.raises(IllegalTransitionError, match="cannot decline a quote that is declined"):
        decline_quote(quote.quote_id, **parts)


def test_a_quote_that_was_accepted_is_not_declined_and_says_so(selling):
    quote = quoted(selling, wave(), "q1")
    ordered(selling, quote, "o1")
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    with pytest.raises(IllegalTransitionError, match="cannot decline a quote that is accepted"):
        decline_quote(quote.quote_id, **parts)


def test_the_catalogue_prices_what_the_network_does_not(selling):
    quote = quoted(selling, line(), "q1", buyer="P1")
    assert quote.offers[0].mrc.minor > 0
    assert {charge.operator_id for charge in quote.offers[0].plan.charges} == {"SCO"}


def test_every_wrong_value_is_told_at_once(selling):
    values = {"a_site": "X", "z_site": "Z", "timeslots": "99", "colour": "red"}
    wish = Wish(product_offering_id="DXX-N64", configuration=configuration(values))
    with pytest.raises(InvalidDataError) as bad:
        quoted(selling, wish, "q1")
    fields = {finding.place.field for finding in bad.value.findings}
    assert fields == {"a_site", "timeslots", "colour"}


def test_who_may_not_have_it_is_told_what_it_may_have(selling):
    with pytest.raises(RefusedError, match="is for operator, not for person") as no:
        quoted(selling, wave(), "q1", buyer="P1")
    assert (no.value.code, no.value.where) == ("not-eligible", "WAVE-100G")


def test_strangers_and_strange_products_are_not_found(selling):
    with pytest.raises(NotFoundError, match="no party 'XX' is registered"):
        quoted(selling, wave(), "q1", buyer="XX")
    unknown = Wish(product_offering_id="WAFE-100G", configuration=configuration({}))
    with pytest.raises(NotFoundError, match="Did you mean WAVE-100G"):
        quoted(selling, unknown, "q1")


@pytest.mark.parametrize("days", [0, 181])
def test_a_quote_holds_a_day_to_half_a_year(days):
    with pytest.raises(ValueError, match="valid_days must be 1 to 180"):
        QuoteWish(wish=wave(), valid_days=days)


def qualified(selling, wish, name, buyer="CT", at=START):
    return qualify_product(wish, buyer_id=buyer, external_id=name, deed=deed(at), selling=selling)


def test_what_is_held_past_its_time_is_free_to_a_qualification():
    selling = seller(ports=1)
    quoted(selling, channels("1"), "q1", valid_days=1)
    held = qualified(selling, channels("1"), "y")
    assert held.confidence is not ServiceabilityConfidence.GREEN
    assert held.guaranteed_until is None
    free = qualified(selling, channels("1"), "g", at=later(2))
    assert free.confidence is ServiceabilityConfidence.GREEN
    assert free.guaranteed_until == later(2 + 30).date()


def test_qualification_is_green_yellow_or_red_with_reasons(selling):
    green = qualified(selling, wave(), "g")
    assert (green.confidence, green.reasons) == (ServiceabilityConfidence.GREEN, ())
    assert green.measures.length_km == 100.0
    assert green.installation_days == 25
    yellow = qualified(selling, channels("31"), "y0")
    assert yellow.confidence is ServiceabilityConfidence.GREEN
    quoted(selling, channels("20"), "q1")
    yellow = qualified(selling, channels("20"), "y1")
    assert yellow.confidence is ServiceabilityConfidence.YELLOW
    assert [reason.code for reason in yellow.reasons] == ["no-free-slot"]
    for number in range(3):
        quoted(selling, line(), f"n{number}", buyer="P1")
    red = qualified(selling, line(), "r", buyer="P1")
    assert red.confidence is not ServiceabilityConfidence.GREEN
    assert red.measures is None


def test_qualification_holds_nothing_and_answers_a_retry_alike(selling):
    before = dict(selling.store.tables.claims)
    first = qualified(selling, wave(), "g")
    assert qualified(selling, wave(), "g") == first
    assert selling.store.tables.claims == before
    with pytest.raises(RefusedError, match="already"):
        qualified(selling, channels(), "g")
