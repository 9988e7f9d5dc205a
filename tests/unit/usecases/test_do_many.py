"""Many quotes from a list: each row has its own outcome."""

import pytest

from karakoram.sales.configurations import configuration
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import QuoteState
from karakoram.usecases.do_many import ListRow, do_many
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from tests.support.selling import channels, deed, faults, line, seller, wave


@pytest.fixture
def selling():
    return seller()


def rows(*wishes):
    return [
        ListRow(row=number, name=f"row {number}", asked=(f"row {number}", QuoteWish(wish=wish)))
        for number, wish in enumerate(wishes, start=2)
    ]


def asked(selling, listed):
    def act(asked):
        name, wish = asked
        return issue_quote(wish, buyer_id="CT", external_id=name, deed=deed(), selling=selling)

    return tuple(do_many(listed, act))


def test_a_bad_row_does_not_stand_in_the_way_of_the_others(selling):
    wrong = configuration({"a_site": "A", "z_site": "Z", "timeslots": "99", "colour": "red"})
    outcomes = asked(
        selling,
        rows(
            wave(),
            Wish(product_offering_id="DXX-N64", configuration=wrong),
            Wish(product_offering_id="WAFE-100G", configuration=configuration({})),
            line(),
            channels(),
        ),
    )
    first, bad, unknown, refused, last = outcomes
    assert first.answer.state is last.answer.state is QuoteState.ORDERABLE
    assert {(each.place.row, each.place.field) for each in bad.findings} == {
        (3, "timeslots"),
        (3, "colour"),
    }
    assert (unknown.refusal.code, unknown.refusal.where) == ("not-found", "row 4")
    assert "WAVE-100G" in unknown.refusal.alternatives
    assert refused.refusal.code == "not-eligible"
    assert [each.answer is None for each in outcomes] == [False, True, True, True, False]
    assert not faults(selling.store)


def test_rows_get_what_is_free_in_their_order_and_never_the_same(selling):
    outcomes = asked(selling, rows(*[wave()] * 5))
    assert [each.answer.state for each in outcomes] == [
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
    changed = rows(channels("3"))
    (reused,) = asked(selling, changed)
    assert reused.refusal.code == "external-id-reused"
