"""Numbers of papers go on in each series, whoever gives them."""

from karakoram.sales.parties import Party
from karakoram.usecases.settle.numbers_given import NumbersGiven, next_number, numbers_given
from tests.support.memory_store import MemoryStore
from tests.support.sales_records import buyer


def test_the_next_number_follows_the_largest_of_its_series():
    assert next_number("A-", []) == "A-0001"
    assert next_number("A-", ["A-0001", "B-0009", "A-0002"]) == "A-0003"
    assert next_number("A-2026-", ["A-2026-9999", "A-2025-12000"]) == "A-2026-10000"


def test_each_series_goes_on_by_itself():
    first, given = numbers_given(["A-2026-0003"]).next_of("A-2026-")
    second, given = given.next_of("B-2026-")
    third, given = given.next_of("A-2026-")
    assert (first, second, third) == ("A-2026-0004", "B-2026-0001", "A-2026-0005")
    assert given.count == 4


def test_what_somebody_else_has_given_meanwhile_is_read():
    store = MemoryStore()
    number_of = {"CT": "A-0001", "TW": "A-0002"}.get

    def known(given):
        return store.read(lambda tx: given.known_by(tx, Party, lambda one: number_of(one.party_id)))

    given = known(NumbersGiven())
    assert given.next_of("A-")[0] == "A-0001"
    store.write(lambda tx: tx.add(buyer("CT")))
    _, own = given.next_of("A-")
    assert known(own) is own
    store.write(lambda tx: tx.add(buyer("TW")))
    assert known(own).next_of("A-")[0] == "A-0003"
