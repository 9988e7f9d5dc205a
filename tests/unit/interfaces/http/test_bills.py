"""A wave is billed, paid and credited, and each party reads its bills over TM Forum 678."""

from datetime import UTC, date, datetime

import pytest

from karakoram.core.identifiers import ExternalId
from karakoram.core.money import Money
from karakoram.interfaces.http import bill_documents, paths, tmf_bill
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import Viewer
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.viewing import bill_id, may_see_bill
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.settle import see_bills
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.receive_payment import BuyerPayment, receive_payment
from karakoram.usecases.settle.see_bills import BillQuestion, bills_seen
from tests.support.http_calls import (
    BASE,
    breaches,
    completed,
    is_part,
    later,
    ordered,
    platform,
    quoted,
)
from tests.support.memory_store import MemoryTransaction
from tests.support.settling import desk, outage

BILLS = f"{paths.BILL}/customerBill"
CHARGES = f"{paths.BILL}/appliedCustomerBillingRate"
REQUESTS = f"{paths.BILL}/customerBillOnDemand"
FEBRUARY = datetime(2027, 2, 1, 9, tzinfo=UTC)
NOVEMBER, DECEMBER = period_from_word("2026-11"), period_from_word("2026-12")
FILE = "tmf678-customerbill"


def sold():
    """A platform on which CT has had a wave since November, in February."""
    made = platform()
    completed(made, ordered(made, quoted(made, "q"), "o")["id"])
    later(made, FEBRUARY)
    return made


@pytest.fixture
def made():
    return sold()


@pytest.fixture(scope="module")
def billed():
    """November and December billed, a part of November paid, December credited for an outage."""
    made = sold()
    settling = made.served.settling
    for period in (NOVEMBER, DECEMBER):
        [one] = bill_period(BillRun(period=period), deed=desk(), settling=settling)
        if period is NOVEMBER:
            for reference, minor in (("bank 7", 1_000), ("bank 8", 500)):
                paid = BuyerPayment(
                    invoice=one.number,
                    amount=Money(minor, "USD"),
                    paid_on=date(2027, 2, 1),
                    external_id=ExternalId(reference),
                )
                receive_payment(paid, deed=desk(), settling=settling)
    product = type("Named", (), {"product_id": one.lines[0].product_id})
    day = datetime(2026, 12, 10, tzinfo=UTC)
    broken = outage(product, "T1", day, day.replace(hour=12))
    record_outage(broken, deed=desk(), settling=settling)
    assert len(credit_outages(DECEMBER, deed=desk(), settling=settling)) == 1
    return made


def asked(made, by="sco-finance", **form):
    return made.post(REQUESTS, form, by=by)


def test_answers_keep_to_the_published_schemas(billed):
    for path, kind in ((BILLS, "CustomerBill"), (CHARGES, "AppliedCustomerBillingRate")):
        told = billed.get(path, by="ct").json()
        assert told
        assert [breach for each in told for breach in breaches(FILE, kind, each)] == []
        assert billed.get(told[0]["href"].removeprefix(BASE), by="ct").json() == told[0]
    assert breaches(FILE, "CustomerBill", {**told[0], "state": "open"})


def test_a_bill_tells_what_is_asked_what_is_paid_and_what_is_open(billed):
    first, second, note = billed.get(BILLS, by="ct").json()
    assert [each["category"] for each in (first, second, note)] == ["normal"] * 2 + ["credit note"]
    assert (first["state"], second["state"]) == ("partiallyPaid", "sent")
    assert (note["state"], note["creditedBill"]["id"]) == ("settled", second["id"])
    for each in (first, second):
        off = sum(one["appliedAmount"]["value"] for one in each["appliedPayment"])
        assert each["remainingAmount"]["value"] == each["taxIncludedAmount"]["value"] - off
    assert second["appliedPayment"][0]["payment"]["id"] == note["id"]
    assert [
        (one["payment"]["id"], one["appliedAmount"]["value"]) for one in first["appliedPayment"]
    ] == [("bank 7", 10.0), ("bank 8", 5.0)]
    assert first["billingPeriod"]["startDateTime"] == "2026-11-01T00:00:00Z"
    assert first["billingAccount"]["id"] == "SCO.CT"
    assert (first["runType"], first["paymentDueDate"]) == ("onCycle", "2027-03-03T00:00:00Z")


def test_the_lines_of_a_bill_make_its_sum(billed):
    for bill in billed.get(BILLS, by="sco-finance").json():
        lines = billed.get(f"{CHARGES}?bill.id={bill['id']}", by="sco-finance").json()
        assert lines
        sums = sum(each["taxExcludedAmount"]["value"] for each in lines)
        assert sums == bill["taxExcludedAmount"]["value"]
        is_note = bill["category"] == "credit note"
        assert {each["type"] for each in lines} == {
            "appliedBillingCredit" if is_note else "appliedBillingCharge"
        }
        assert {each["bill"]["id"] for each in lines} == {bill["id"]}
        if not is_note:
            assert {each["name"] for each in lines} <= {"monthly charge", "one-time charge"}


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("", 3),
        ("?category=normal", 2),
        ("?category=credit note", 1),
        ("?category=normal&state=settled", 0),
        ("?state=settled", 1),
        ("?state=partiallyPaid", 1),
        ("?state=partiallyPaid,settled", 2),
        ("?state=lost", 0),
        ("?category=trial customer", 0),
        ("?billingAccount.id=SCO.CT", 3),
        ("?remainingAmount.value.lt=100", 3),
        ("?remainingAmount.value.gt=0&category=normal&billDate.lte=2027-02-02", 2),
        ("?appliedPayment.payment.id.eq=none", 0),
        ("?relatedParty.id=P1", 0),
    ],
)
def test_bills_are_found_by_their_attributes(billed, question, count):
    answer = billed.get(f"{BILLS}{question}", by="ct")
    assert len(answer.json()) == count == int(answer.headers["X-Total-Count"])


def test_bills_are_read_in_parts_and_in_chosen_attributes(billed):
    every = [each["id"] for each in billed.get(BILLS, by="ct").json()]
    for by in ("ct", "sco-finance", "root"):
        parts = [billed.get(f"{BILLS}?offset={n}&limit=1&fields=state", by=by) for n in range(3)]
        assert [part.json()[0]["id"] for part in parts] == every
        assert {part.status_code for part in parts} == {206}
        assert {tuple(part.json()[0]) for part in parts} == {("id", "href", "state")}
    lines = billed.get(f"{CHARGES}?limit=2&offset=1", by="ct")
    assert (lines.headers["X-Result-Count"], lines.status_code) == ("2", 206)


def test_who_neither_pays_nor_sold_is_told_nothing(billed):
    bills = billed.get(BILLS, by="root").json()
    lines = billed.get(CHARGES, by="root").json()
    for by in ("p1", "op1-finance"):
        for path, whole in ((BILLS, bills), (CHARGES, lines)):
            assert billed.get(path, by=by).json() == []
            assert billed.get(f"{path}/{whole[0]['id']}", by=by).status_code == 404
        assert billed.get(f"{CHARGES}?bill.id={bills[0]['id']}", by=by).json() == []


def test_a_bill_is_made_on_demand_once(made):
    form = {"billingAccount": {"id": "SCO.CT"}, "name": "January", "description": "as agreed"}
    answer = asked(made, **form)
    told = answer.json()
    assert answer.status_code == 201, answer.text
    assert is_part(form, told)
    assert breaches(FILE, "CustomerBillOnDemand", told) == []
    assert told["href"] == answer.headers["Location"]
    bill = made.get(told["customerBill"]["href"].removeprefix(BASE), by="ct").json()
    assert bill["runType"] == "offCycle"
    assert bill["billingPeriod"] == {
        "startDateTime": "2027-01-01T00:00:00Z",
        "endDateTime": "2027-02-01T00:00:00Z",
    }
    for by in ("ct", "sco-finance"):
        [task] = made.get(REQUESTS, by=by).json()
        assert made.get(f"{REQUESTS}/{told['id']}", by=by).json() == task
        assert task.get("description") == (None if by == "ct" else "as agreed")
    again = asked(made, **form)
    assert (again.status_code, again.json()["code"]) == (422, "nothing-to-bill")
    assert again.json()["message"].endswith("has billed it. Try: name another billingPeriod.")


def test_who_asked_for_a_bill_stands_in_the_log(made):
    told = asked(made, relatedParty={"id": "CT"}, description="as agreed").json()
    [entry] = made.served.selling.store.read(lambda tx: tx.log_of(told["id"]))
    assert (entry.action, entry.deed.who, entry.deed.why) == (
        "invoice.issue",
        "sco-finance",
        "as agreed",
    )


def test_only_the_days_that_are_named_are_billed(made):
    days = {"startDateTime": "2026-11-01T00:00:00+05:00", "endDateTime": "2026-12-01T00:00:00Z"}
    form = {"relatedParty": {"id": "CT"}, "billingPeriod": days}
    told = asked(made, **form).json()
    bill = made.get(f"{BILLS}/{told['id']}").json()
    assert bill["billingPeriod"]["startDateTime"] == "2026-11-01T00:00:00Z"


@pytest.mark.parametrize(
    ("by", "form", "status", "code"),
    [
        ("sco-finance", {}, 422, "no-account-named"),
        ("root", {"relatedParty": {"id": "CT"}}, 422, "no-account-named"),
        ("root", {"billingAccount": {"id": "OP9.CT"}}, 422, "unknown-reference"),
        ("op1-finance", {"billingAccount": {"id": "SCO.CT"}}, 403, "not-the-seller"),
        ("op1-finance", {"relatedParty": {"id": "CT"}}, 422, "nothing-to-bill"),
        ("op1-finance", {"relatedParty": {"id": "nobody"}}, 422, "unknown-reference"),
        ("root", {"billingAccount": {"id": "SCO.C T"}}, 422, "unknown-reference"),
        (
            "sco-finance",
            {"billingAccount": {"id": "SCO.CT"}, "relatedParty": {"id": "P1"}},
            422,
            "other-account",
        ),
        (
            "sco-finance",
            {
                "relatedParty": {"id": "CT"},
                "billingPeriod": {
                    "startDateTime": "2027-01-01T00:00:00Z",
                    "endDateTime": "2027-01-01T00:00:00Z",
                },
            },
            422,
            "no-such-period",
        ),
        (
            "sco-finance",
            {
                "relatedParty": {"id": "CT"},
                "billingPeriod": {
                    "startDateTime": "2027-02-01T00:00:00Z",
                    "endDateTime": "2027-03-01T00:00:00Z",
                },
            },
            422,
            "in-the-future",
        ),
        ("sco-finance", {"billingPeriod": "2027-01"}, 400, "invalid-body"),
        (
            "sco-finance",
            {
                "relatedParty": {"id": "CT"},
                "billingPeriod": {"startDateTime": 1793836800, "endDateTime": 1796428800},
            },
            400,
            "invalid-body",
        ),
    ],
)
def test_a_bill_that_cannot_be_made_is_refused(made, by, form, status, code):
    answer = asked(made, by=by, **form)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert breaches("tmf622-productorder", "Error", answer.json()) == []


def test_a_bill_is_not_changed_here(billed):
    [bill, *_] = billed.get(BILLS, by="root").json()
    for method in ("PATCH", "DELETE", "POST"):
        path = BILLS if method == "POST" else f"{BILLS}/{bill['id']}"
        answer = billed.call(method, path, json={"state": "settled"})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", [BILLS, CHARGES, REQUESTS])
def test_an_unknown_identifier_is_404(billed, path):
    [first, *_] = billed.get(BILLS, by="root").json()
    for word in ("none", f"{first['id']}.99"):
        answer = billed.get(f"{path}/{word}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert billed.get(f"{REQUESTS}/{first['id']}").status_code == 404


def test_a_page_of_a_payer_is_read_as_a_page(billed, monkeypatch):
    read, right = [], MemoryTransaction.find_some

    def counted(self, kind, record_ids):
        found = right(self, kind, record_ids)
        read.extend(each for each in found.values() if not isinstance(each, Submission))
        return found

    whole = billed.get(BILLS, by="ct").json()
    monkeypatch.setattr(MemoryTransaction, "find_some", counted)
    pages = [billed.get(f"{BILLS}?limit=1&offset={n}", by="ct") for n in range(len(whole))]
    assert [each.json() for each in pages] == [[each] for each in whole]
    assert {each.headers["X-Total-Count"] for each in pages} == {str(len(whole))}
    assert len(read) == len(whole) > 1


class TestWrongServers:
    """Each check fails on a server that is wrong in what it checks."""

    def test_one_that_shows_another_s_bills_is_seen(self, billed, monkeypatch):
        monkeypatch.setattr(see_bills, "may_see_bill", lambda *_: True)
        with pytest.raises(AssertionError):
            test_who_neither_pays_nor_sold_is_told_nothing(billed)

    def test_one_that_loses_a_line_is_seen(self, billed, monkeypatch):
        def all_but_first(seen, call):
            return iter(tuple(bill_documents.charge_documents(seen, call))[1:])

        monkeypatch.setattr(tmf_bill, "charge_documents", all_but_first)
        with pytest.raises(AssertionError):
            test_the_lines_of_a_bill_make_its_sum(billed)

    def test_one_that_forgets_what_was_paid_is_seen(self, billed, monkeypatch):
        right = bill_documents._of_invoice
        monkeypatch.setattr(
            bill_documents,
            "_of_invoice",
            lambda *given: {**right(*given), "appliedPayment": []},
        )
        with pytest.raises(AssertionError):
            test_a_bill_tells_what_is_asked_what_is_paid_and_what_is_open(billed)


def test_the_platform_sees_every_bill(billed):
    viewer = Viewer()
    found = bills_seen(BillQuestion(), viewer=viewer, store=billed.served.selling.store)
    assert found.total == len(found.bills) == 3
    assert all(may_see_bill(each.bill, viewer) for each in found.bills)
    names = [bill_id(each.bill) for each in found.bills]
    assert names == sorted(names)
