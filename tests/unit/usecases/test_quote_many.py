"""Many quotes from a list: each row has its own outcome."""

import pytest

from karakoram.sales.configurations import configuration
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import QuoteState
from karakoram.usecases.issue_quote import QuoteWish
from karakoram.usecases.quote_many import QuoteRow, quote_many
from tests.support.selling import channels, deed, faults, line, seller, wave


@pytest.fixture
def selling():
    return seller()


def rows(*wishes):
    return [
        QuoteRow(row=number, external_id=f"row {number}", asked=QuoteWish(wish=wish))
        for number, wish in enumerate(wishes, start=2)
    ]


def asked(selling, listed, **more):
    return quote_many(listed, buyer_id="CT", deed=deed(), selling=selling, **more)


def test_a_bad_row_does_not_stand_in_the_way_of_the_others(selling):
    wrong = configuration({"a_site": "A", "z_site": "Z", "timeslots": "99", "colour": "red"})
    seen = []
    outcomes = asked(
        selling,
        rows(
            wave(),
            Wish(product_offering_id="DXX-N64", configuration=wrong),
            Wish(product_offering_id="WAFE-100G", configuration=configuration({})),
            line(),
            channels(),
        ),
        progress=lambda done, whole: seen.append((done, whole)),
    )
    first, bad, unknown, refused, last = outcomes
    assert first.quote.state is last.quote.state is QuoteState.ORDERABLE
    assert {(each.place.row, each.place.field) for each in bad.findings} == {
        (3, "timeslots"),
        (3, "colour"),
    }
    assert (unknown.refusal.code, unknown.refusal.where) == ("not-found", "row 4")
    assert "WAVE-100G" in unknown.refusal.alternatives
    assert refused.refusal.code == "not-eligible"
    assert [each.quote is None for each in outcomes] == [False, True, True, True, False]
    assert seen == [(number, 5) for number in range(1, 6)]
    assert not faults(selling.store)


def test_rows_get_what_is_free_in_their_order_and_never_the_same(selling):
    outcomes = asked(selling, rows(*[wave()] * 5))
    assert [each.quote.state for each in outcomes] == [
        *[QuoteState.ORDERABLE] * 4,
        QuoteState.UNABLE_TO_PROVIDE,
    ]
    assert not faults(selling.store)


def test_a_list_sent_again_gives_the_same_quotes_and_holds_nothing_more(selling):
    listed = rows(wave(), channels())
    first = asked(selling, listed)
    held = dict(selling.store.tables.claims)
    assert asked(selling, listed) == first
    assert selling.store.tables.claims == held
    changed = [QuoteRow(row=2, external_id="row 2", asked=QuoteWish(wish=channels("3")))]
    (reused,) = asked(selling, changed)
    assert reused.refusal.code == "external-id-reused"
