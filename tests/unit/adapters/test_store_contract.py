"""What every store does, the plain one in memory included."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from karakoram.core.errors import ConflictError, NotFoundError, TakenError
from karakoram.sales.parties import Party
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.usecases.sell.sales_ports import Replay, Rider, SalesReader, SalesStore, SalesWriter
from tests.support.sales_records import NOON, any_record, buyer, claim, entry, qualification, rack

SERIES = ("SCO-2026-", "SCO-2025-", "ONE-2026-")


def test_it_plays_its_part(store):
    assert isinstance(store, SalesStore)
    assert store.read(lambda tx: isinstance(tx, SalesReader))
    assert store.write(lambda tx: isinstance(tx, SalesWriter))


def test_a_record_is_found_again_under_its_kind_alone(store):
    store.write(lambda tx: tx.add(qualification("same")))
    assert store.read(lambda tx: tx.find(Qualification, "same")) == qualification("same")
    assert store.read(lambda tx: tx.find(Product, "same")) is None
    assert store.read(lambda tx: tx.find(Qualification, "other")) is None


def test_what_is_there_is_not_added_again(store):
    store.write(lambda tx: tx.add(buyer()))
    with pytest.raises(ConflictError, match="CT is there already"):
        store.write(lambda tx: tx.add(buyer(name="Another")))
    assert store.read(lambda tx: tx.find(Party, "CT")) == buyer()


def test_the_next_version_counts_up_and_an_old_one_is_refused(store):
    store.write(lambda tx: tx.add(buyer()))
    store.write(lambda tx: tx.replace(buyer(name="New name")))
    assert store.read(lambda tx: tx.find(Party, "CT")) == buyer(name="New name", version=1)
    with pytest.raises(ConflictError, match="somebody else"):
        store.write(lambda tx: tx.replace(buyer(name="Late")))
    with pytest.raises(ConflictError, match="somebody else"):
        store.write(lambda tx: tx.replace(buyer("nobody")))


def test_records_come_oldest_first_by_buyer_and_state_and_no_more_than_asked(store):
    def fill(tx):
        for number, owner in ((3, "CT"), (1, "CT"), (2, "TW")):
            tx.add(qualification(f"q{number}", owner))

    store.write(fill)

    def ids(**asked):
        found = store.read(lambda tx: tx.find_all(Qualification, **asked))
        return [each.qualification_id for each in found]

    assert ids() == ["q1", "q2", "q3"]
    assert ids(buyer_id="CT") == ["q1", "q3"]
    assert ids(limit=2) == ["q1", "q2"]
    assert ids(offset=1, limit=1) == ["q2"]
    assert ids(offset=2) == ["q3"]
    assert ids(offset=3, limit=5) == []
    assert ids(buyer_id="CT", offset=1, limit=5) == ["q3"]
    assert ids(states=["green"]) == []
    assert store.read(lambda tx: tx.find_all(Party, buyer_id="CT")) == ()


def test_records_are_found_by_many_identifiers_at_once(store):
    for number in range(3):
        store.write(lambda tx, number=number: tx.add(qualification(f"q{number}")))
    found = store.read(lambda tx: tx.find_some(Qualification, iter(["q2", "q0", "other", "q2"])))
    assert found == {"q0": qualification("q0"), "q2": qualification("q2")}
    assert store.read(lambda tx: tx.find_some(Qualification, [])) == {}
    assert store.read(lambda tx: tx.find_some(Party, ["q0"])) == {}


def test_identifiers_are_sorted_as_python_sorts_them(store):
    words = ["a", "B", "ä", "Z", "z", "_", "0", "红", "🛰", "a b", "a-b"]
    store.write(lambda tx: [tx.add(buyer(word)) for word in words])
    found = store.read(lambda tx: tx.find_all(Party))
    assert [each.party_id for each in found] == sorted(words)


def test_resources_are_found_by_kind_and_by_either_end(store):
    far = rack("far", kind=ResourceKind.STM, a_site_id="RWP", z_site_id="GIL")
    other = rack("other", a_site_id="KHI")
    store.write(lambda tx: tx.add_resources([rack(), far, other]))

    def ids(*kinds, site_ids=()):
        found = store.read(lambda tx: tx.resources(kinds, site_ids=site_ids))
        return [each.resource_id for each in found]

    assert ids() == ["far", "other", "rack"]
    assert ids(ResourceKind.RACK) == ["other", "rack"]
    assert ids(site_ids=["GIL"]) == ["far", "rack"]
    assert ids(ResourceKind.RACK, site_ids=["GIL", "RWP"]) == ["rack"]
    found = store.read(lambda tx: tx.resources_by_id(["rack", "gone", "far", "far"]))
    assert found == (far, rack())


def test_a_resource_is_added_once_and_replaced_by_version(store):
    store.write(lambda tx: tx.add_resources([rack()]))
    with pytest.raises(ConflictError, match="rack is there already"):
        store.write(lambda tx: tx.add_resources([rack()]))
    store.write(lambda tx: tx.replace_resources([rack(name="A")]))
    assert store.read(lambda tx: tx.resources_by_id(["rack"])) == (rack(name="A", version=1),)
    with pytest.raises(ConflictError, match="somebody else"):
        store.write(lambda tx: tx.replace_resources([rack(name="B")]))


def test_a_claim_takes_units_and_its_release_gives_them_back(store):
    store.write(lambda tx: tx.add_resources([rack()]))
    both = [claim("a", 0b0011), claim("b", 0b1100, by="other", hop=1)]
    store.write(lambda tx: tx.add_claims(both))
    assert store.read(lambda tx: tx.resources_by_id(["rack"])) == (rack(taken=15, version=2),)
    assert store.read(lambda tx: tx.claims_on(["rack"])) == tuple(both)
    assert store.read(lambda tx: tx.claims_of(["other", "nobody"])) == (both[1],)
    store.write(lambda tx: tx.release_claims(both[:1]))
    assert store.read(lambda tx: tx.resources_by_id(["rack"])) == (rack(taken=12, version=3),)


def test_nobody_gets_what_another_holds_or_what_is_not_offered(store):
    store.write(lambda tx: tx.add_resources([rack()]))
    store.write(lambda tx: tx.add_claims([claim("a", 0b11)]))
    for units in (0b110, 1 << 42):
        with pytest.raises(TakenError, match="rack of GIL") as refused:
            store.write(lambda tx, units=units: tx.add_claims([claim("b", units)]))
        assert refused.value.where == "rack"
    assert store.read(lambda tx: tx.claims_on(["rack"])) == (claim("a", 0b11),)


def test_a_claim_is_made_once_and_on_what_is_there(store):
    store.write(lambda tx: tx.add_resources([rack()]))
    store.write(lambda tx: tx.add_claims([claim("a", 1)]))
    with pytest.raises(ConflictError, match="a is there already"):
        store.write(lambda tx: tx.add_claims([claim("a", 2)]))
    with pytest.raises(NotFoundError, match="no resource gone"):
        store.write(lambda tx: tx.add_claims([claim("b", on="gone")]))
    with pytest.raises(NotFoundError, match="no claim b"):
        store.write(lambda tx: tx.release_claims([claim("b")]))
    with pytest.raises(NotFoundError, match="no claim b"):
        store.write(lambda tx: tx.keep_claims([claim("b")], claimant_id="x"))


def test_what_is_refused_half_way_leaves_nothing(store):
    store.write(lambda tx: tx.add_resources([rack()]))

    def half(tx):
        tx.add(buyer())
        tx.log(entry())
        tx.remember("CT", "ext", Replay(action="quote", digest="d", subject_id="q"))
        tx.add_claims([claim("a", 1), claim("b", 1)])

    with pytest.raises(TakenError):
        store.write(half)
    assert store.read(lambda tx: tx.find(Party, "CT")) is None
    assert store.read(lambda tx: tx.log_of("q1")) == ()
    assert store.read(lambda tx: tx.replay("CT", "ext")) is None
    assert store.read(lambda tx: tx.claims_on(["rack"])) == ()
    assert store.read(lambda tx: tx.resources_by_id(["rack"])) == (rack(),)


def test_a_reservation_ends_unless_it_is_kept(store):
    late = NOON + timedelta(microseconds=1)
    held = [claim("a", 1, until=NOON), claim("b", 2, until=late), claim("c", 4)]
    store.write(lambda tx: tx.add_resources([rack()]))
    store.write(lambda tx: tx.add_claims(held))
    assert store.write(lambda tx: tx.claims_expired_at(NOON)) == (held[0],)
    assert store.write(lambda tx: tx.claims_expired_at(late)) == tuple(held[:2])
    store.write(lambda tx: tx.keep_claims(held[:1], claimant_id="buyer"))
    kept = replace(held[0], claimant_id="buyer", until=None)
    assert store.read(lambda tx: tx.claims_of(["buyer"])) == (kept,)
    assert store.write(lambda tx: tx.claims_expired_at(NOON)) == ()


def test_claims_of_a_claimant_come_in_the_order_of_their_hops(store):
    store.write(lambda tx: tx.add_resources([rack("r1"), rack("r2"), rack("r3")]))
    store.write(
        lambda tx: tx.add_claims(
            [claim("x", on="r1", hop=2), claim("y", on="r2"), claim("z", on="r3", hop=1)]
        )
    )
    found = store.read(lambda tx: tx.claims_of(["product"]))
    assert [each.claim_id for each in found] == ["y", "z", "x"]


def test_what_carries_something_is_not_removed(store):
    store.write(lambda tx: tx.add_resources([rack(), rack("empty")]))
    store.write(lambda tx: tx.add_claims([claim("a")]))
    with pytest.raises(TakenError, match="rack still carries"):
        store.write(lambda tx: tx.remove_resources(["empty", "rack"]))
    with pytest.raises(NotFoundError, match="no resource gone"):
        store.write(lambda tx: tx.remove_resources(["gone"]))
    store.write(lambda tx: tx.remove_resources(["empty"]))
    assert store.read(lambda tx: [r.resource_id for r in tx.resources()]) == ["rack"]


def test_riders_are_found_any_number_of_layers_up_each_once(store):
    names = ["fibre", "oms", "wave1", "wave2", "odu"]
    store.write(lambda tx: tx.add_resources([rack(each) for each in names]))
    store.write(
        lambda tx: tx.add_claims(
            [
                claim("1", on="fibre", by="oms"),
                claim("2", on="oms", by="wave1"),
                claim("3", 2, on="oms", by="wave2"),
                claim("4", on="wave1", by="odu"),
                claim("5", on="wave2", by="odu"),
                claim("6", on="odu", by="product"),
                claim("7", 2, on="wave2", by="direct"),
            ]
        )
    )
    riders = (("oms", 1), ("wave1", 2), ("wave2", 2), ("direct", 3), ("odu", 3), ("product", 4))
    found = store.read(lambda tx: tx.riders("fibre"))
    assert tuple((each.rider_id, each.depth) for each in found) == riders
    assert store.read(lambda tx: tx.riders("product")) == ()


def test_of_what_rides_is_told_what_it_is_and_whose(store):
    wave = rack("wave", kind=ResourceKind.WAVE, name="GIL-RWP 100G")
    product = any_record(
        Product, random.Random(1), product_id="p", product_offering_id="DXX", buyer_id="CT"
    )

    def fill(tx):
        tx.add_resources([rack("fibre"), wave])
        tx.add(replace(product, version=0))
        tx.add_claims(
            [
                claim("1", 1, on="fibre", by="wave"),
                claim("2", 2, on="fibre", by="offer"),
                claim("3", 1, on="wave", by="p"),
                claim("4", 4, on="fibre", by="p"),
                claim("5", 2, on="wave", by="p"),
            ]
        )

    store.write(fill)
    found = store.read(lambda tx: tx.riders("fibre"))
    assert found == (
        Rider("offer", 1, None, "", None),
        Rider("p", 1, None, "DXX", "CT"),
        Rider("wave", 1, ResourceKind.WAVE, "GIL-RWP 100G", None),
    )
    assert [each.what for each in found] == [
        "held by an offer or order",
        "DXX",
        "wave GIL-RWP 100G",
    ]


def test_quotes_that_no_longer_hold_are_found_by_state_and_moment(store):
    def quote(number, state, hours):
        until = NOON + timedelta(hours=hours)
        rng = random.Random(number)
        made_at = until - timedelta(days=30)
        said = {"quote_id": f"q{number}", "state": state, "made_at": made_at, "version": 0}
        return any_record(Quote, rng, valid_until=until, **said)

    answered, orderable = QuoteState.ANSWERED, QuoteState.ORDERABLE
    quotes = [quote(3, orderable, 0), quote(1, answered, -1), quote(2, orderable, 1)]
    quotes.append(quote(4, QuoteState.ACCEPTED, -1))
    store.write(lambda tx: [tx.add(each) for each in quotes])

    def over(*states):
        return store.read(
            lambda tx: tx.quotes_over_at(NOON, states=[each.value for each in states])
        )

    assert over(answered, orderable) == (quotes[1], quotes[0])
    assert over(answered) == (quotes[1],)
    late = replace(quotes[0], valid_until=NOON + timedelta(days=9))
    store.write(lambda tx: tx.replace(late))
    assert over(orderable) == ()


def test_an_external_identifier_is_remembered_once_for_each_buyer(store):
    used = Replay(action="quote.issue", digest="d", subject_id="q1")
    store.write(lambda tx: tx.remember("CT", "ext", used))
    assert store.read(lambda tx: tx.replay("CT", "ext")) == used
    assert store.read(lambda tx: tx.replay("TW", "ext")) is None
    with pytest.raises(ConflictError, match="used already"):
        store.write(lambda tx: tx.remember("CT", "ext", used))


def test_the_log_of_a_record_is_in_order(store):
    store.write(lambda tx: [tx.log(entry(each)) for each in ("e2", "e1")])
    store.write(lambda tx: tx.log(entry("e3", subject_id="q2")))
    assert store.read(lambda tx: tx.log_of("q1")) == (entry("e2"), entry("e1"))


def test_the_logs_of_several_records_are_each_in_order_and_others_are_left_out(store):
    store.write(lambda tx: [tx.log(entry(each)) for each in ("e2", "e1")])
    store.write(lambda tx: [tx.log(entry(f"e{n}", subject_id=f"q{n}")) for n in (3, 4)])
    assert store.read(lambda tx: tx.logs_of(each for each in ("q3", "none", "q1"))) == {
        "q1": (entry("e2"), entry("e1")),
        "q3": (entry("e3", subject_id="q3"),),
    }
    assert store.read(lambda tx: tx.logs_of([])) == {}


def test_a_transaction_sees_what_it_wrote_itself(store):
    def action(tx):
        tx.add(buyer())
        tx.replace(buyer(name="B"))
        return tx.find(Party, "CT")

    assert store.write(action) == buyer(name="B", version=1)


def test_an_action_may_raise_whatever_it_likes(store):
    with pytest.raises(ZeroDivisionError):
        store.write(lambda tx: (tx.add(buyer()), 1 / 0))
    assert store.read(lambda tx: tx.find_all(Party)) == ()


def test_papers_are_found_by_their_numbers_and_each_series_has_its_last(store):
    rng = random.Random(11)
    numbers = (
        "SCO-2026-0009",
        "SCO-2026-9999",
        "SCO-2026-10000",
        "SCO-2025-0007",
        "SCO-C2026-0003",
        "SCO-2026-7-2026-0001",
        "SCO-2026-2026-0001",
    )

    def fill(tx):
        for place, number in enumerate(numbers):
            tx.add(
                any_record(CreditNote, rng, credit_note_id=f"n{place}", number=number, version=0)
            )

    store.write(fill)

    def found(number):
        note = store.read(lambda tx: tx.find_numbered(CreditNote, number))
        return note and note.credit_note_id

    assert [found(each) for each in numbers] == [f"n{place}" for place in range(len(numbers))]
    assert found("SCO-2026-0008") is None
    assert store.read(lambda tx: tx.find_numbered(Invoice, numbers[0])) is None
    last = {each: store.read(lambda tx, s=each: tx.last_number(CreditNote, s)) for each in SERIES}
    assert last == dict(zip(SERIES, ("SCO-2026-10000", "SCO-2025-0007", None), strict=True))
