"""The commands of settlement, from a bill to owners that are even."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from karakoram.core.money import Money
from karakoram.interfaces.cli.settlement_options import moment_from_word, money_from_word
from tests.support.desk import rows_of


def test_a_line_is_disputed_by_its_number_and_every_screen_names_products(told):
    tell, shown, product, terms, _ = told
    within = ("--period", "2026-11", "--terms", terms)
    tell("invoice", "make", *within)
    tell("statement", "make", *within)
    statements = tell("statement", "list")["statements"]
    ours = next(each for each in statements if each["operator"] == "OP1")
    claim = ("--amount", "USD 1", "--against", "SCO", "--reason", "x", "--terms", terms)
    dispute = tell("dispute", "open", ours["number"], "--line", "1", *claim)
    assert dispute["line"] == ours["lines"][0]["key"]
    wrong = tell("dispute", "open", ours["number"], "--line", "999", *claim, code=2)
    assert "its lines are 1 to" in wrong
    assert f"product {product.product_id}: USD" in shown("invoice", "show", "SCO-2026-0001")
    statement = shown("statement", "show", ours["number"])
    assert product.product_id in statement
    assert "Measure and share, the rule itself: assumed" in statement
    assert "there is no owner statement" in tell("statement", "show", "SCO-S9", code=2)
    listed = shown("statement", "list")
    assert "Open" in listed
    assert "These balances in USD sum to USD 0.00" in listed


def test_a_failure_of_plant_is_told_first_and_then_recorded(told):
    tell, shown, product, terms, _ = told
    when = ("--since", "2026-11-10T00:00Z", "--until", "2026-11-12T00:00Z", "--terms", terms)
    plant = ("--span", "fibre:A-Z", "--at-fault", "OP1", "--cause", "flood")
    words = ("outage", "add", "TT-9", *plant, *when)
    (hit,) = tell(*words, "--dry-run")["products"]
    assert (hit["product"], hit["isDown"]) == (product.product_id, True)
    assert hit["credits"][0]["month"] == "2026-11"
    assert tell("outage", "list")["outages"] == []
    assert "1 product down, 0 on another way; recorded" in shown(*words)
    (outage,) = tell("outage", "list")["outages"]
    assert (outage["product"], outage["where"]) == (product.product_id, "fibre:A-Z")
    both = (*words, "--product", product.product_id)
    assert "name --product PRODUCT, or --span" in tell(*both, code=2)


def assumed(rows):
    return [{**each, "confidence": "assumed"} for each in rows]


def shares_are_whole(shared):
    sums = [sum(Decimal(each["percent"]) for each in charge["shares"]) for charge in shared]
    assert {each["confidence"] for each in shared} == {"assumed"}
    return sums and set(sums) == {Decimal(100)}


def test_from_a_bill_to_owners_that_are_even(told):
    tell, shown, product, terms, folder = told
    within = ("--terms", terms)
    period = ("--period", "2026-11")
    (invoice,) = tell("invoice", "make", *period, *within)["invoices"]
    assert invoice["billNo"] == "SCO-2026-0001"
    assert "earnedBy" not in invoice["lines"][0]
    assert "Nothing is new: no charge falls into the period, or all are billed" in shown(
        "invoice", "make", *period, *within
    )
    outage = ("outage", "add", "TT-1", "--product", product.product_id, "--at-fault", "OP1")
    tell(*outage, "--since", "2026-11-10T00:00Z", "--until", "2026-11-11T00:00+00:00",
         "--where", "A-Z", "--cause", "landslide", *within)  # fmt: skip
    assert "landslide" not in shown("outage", "list")
    (note,) = tell("invoice", "credit", *period, *within, "--shares")["creditNotes"]
    assert note["lines"][0]["borneBy"] == "OP1"
    statements = tell("statement", "make", *period, *within)["statements"]
    assert sum(round(float(each["balance"]["value"]) * 100) for each in statements) == 0
    ours = next(each for each in statements if each["operator"] == "OP1")
    assert shares_are_whole(ours["shared"])
    line = next(each for each in ours["lines"] if each["kind"] == "credit_borne")
    dispute = tell("dispute", "open", ours["number"], "--line", line["key"], "--amount", "USD 1",
                   "--against", "SCO", "--reason", "hand-over", *within)  # fmt: skip
    assert [each["number"] for each in tell("dispute", "list")["disputes"]] == [dispute["number"]]
    tell("dispute", "answer", dispute["number"], "accept", *within)
    table = folder / "ours.csv"
    tell("statement", "show", ours["number"], "--to", str(table))
    wrong = folder / "wrong.csv"
    wrong.write_text(
        table.read_text(encoding="utf-8").replace(",1.00,", ",2.00,"), encoding="utf-8"
    )
    assert "amount" in tell("statement", "agree", ours["number"], "--theirs", str(wrong), *within,
                            code=1)  # fmt: skip
    for each in tell("statement", "list")["statements"]:
        theirs = ("--theirs", str(table)) if each["operator"] == "OP1" else ()
        tell("statement", "agree", each["number"], *theirs, *within)
    shown_first = tell("statement", "net", *period, *within)
    assert (shown_first["paid"], shown_first["statements"][0]["state"]) == (False, "agreed")
    netting = tell(
        *("statement", "net", *period, *within), *("--reference", "RTGS-1", "--on", "2026-12-20")
    )
    assert netting["payments"] == assumed(shown_first["payments"])
    assert {each["state"] for each in netting["statements"]} == {"settled"}
    open_amount = tell("invoice", "show", "SCO-2026-0001")["remainingAmount"]
    paid = tell("invoice", "pay", "SCO-2026-0001", "--amount",
                f"{open_amount['unit']} {open_amount['value']}", "--on", "2026-12-20",
                "--reference", "B1", *within)  # fmt: skip
    assert paid["state"] == "settled"
    for words in (("invoice", "list"), ("invoice", "show", "SCO-2026-0001"), ("dispute", "list"),
                  ("statement", "list"), ("statement", "show", ours["number"]),
                  ("exchange", "report", "OP1", "--period", "2026-12", *within)):  # fmt: skip
        assert shown(*words)
    assert tell("invoice", "list", "--state", "settled")["invoices"]
    assert "in-the-future" in tell("ledger", "close", "OP1", "2027-01-01", *within, code=2)
    closed = tell("ledger", "close", "OP1", "2026-12-20", *within)
    assert closed["closedUntil"] == "2026-12-20"


def test_what_a_command_of_settlement_makes_is_written_as_a_table(told):
    tell, _, product, terms, folder = told
    within = ("--period", "2026-11", "--terms", terms)

    def table(*words, code=0, ending="csv"):
        path = folder / f"made.{ending}"
        tell(*words, "--to", str(path), code=code)
        return rows_of(path)

    (invoice,) = table("invoice", "make", *within)
    assert table("invoice", "make", *within) == [invoice]  # nothing is new: what was told stays
    assert (invoice["invoice"], invoice["state"]) == ("SCO-2026-0001", "sent")
    outage = ("outage", "add", "TT-1", "--product", product.product_id, "--at-fault", "OP1")
    when = ("--since", "2026-11-10T00:00Z", "--until", "2026-11-11T00:00Z", "--terms", terms)
    tell(*outage, "--where", "A-Z", "--cause", "landslide", *when)
    (credit,) = table("invoice", "credit", *within, ending="xlsx")
    assert (credit["credit_note"], credit["payer"], credit["borne_by"]) == (
        "SCO-C2026-0001",
        "CT",
        "OP1",
    )
    made = table("statement", "make", *within)
    assert sum(Decimal(each["balance"]) for each in made) == 0
    theirs = folder / "theirs.csv"
    theirs.write_text("key,amount,currency\nx,1.00,USD\n", encoding="utf-8")
    agreeing = ("statement", "agree", made[0]["statement"], "--terms", terms)
    differences = table(*agreeing, "--theirs", str(theirs), code=1)
    assert {each["what"] for each in differences} == {"missing here", "missing there"}
    assert next(each["theirs"] for each in differences if each["key"] == "x") == "1.00"
    assert table(*agreeing) == []
    for each in made[1:]:
        tell("statement", "agree", each["statement"], "--terms", terms)
    payments = table("statement", "net", *within)
    owed = {each["owner"]: Decimal(each["balance"]) for each in made if each["currency"] == "USD"}
    assert sum(Decimal(each["amount"]) for each in payments) == sum(
        balance for balance in owed.values() if balance > 0
    )
    assert {each["confidence"] for each in payments} == {"assumed"}


@pytest.mark.parametrize(
    "word",
    [
        "12",
        "USD",
        "USD 1.005",
        "USD x",
        "XXX 1",
        "",
        "USD 1,50",
        "USD 1,0",
        "USD 1_0,,",
        "USD 1,2345",
    ],
)
def test_what_is_no_amount_is_refused(word):
    with pytest.raises(ValueError, match="must"):
        money_from_word(word)


@pytest.mark.parametrize("word", ["USD 1234567890123456", "USD 1,234,567,890,123,456.00"])
def test_an_amount_that_no_store_holds_is_told_to_be_too_long(word):
    with pytest.raises(ValueError, match="at most 15 digits before the point"):
        money_from_word(word)


def test_an_amount_is_read_with_its_thousands():
    assert money_from_word("USD 1,234.50") == money_from_word("1234.5usd") == Money(123_450, "USD")
    assert money_from_word("USD -1").minor == -100


@pytest.mark.parametrize("word", ["yesterday", "0001-01-01T00:00Z", "9999-12-31T23:59-05:00"])
def test_what_is_no_moment_is_refused(word):
    with pytest.raises(ValueError, match="must be a moment such as"):
        moment_from_word(word)


@pytest.mark.parametrize("word", ["2026-07-31T14:30", "2026-07-31"])
def test_a_moment_says_its_zone(word):
    with pytest.raises(ValueError, match="must say its zone"):
        moment_from_word(word)


@pytest.mark.parametrize("word", ["2026-07-31T14:30Z", " 2026-07-31T19:30+05:00"])
def test_a_moment_is_told_in_utc(word):
    assert moment_from_word(word) == datetime(2026, 7, 31, 14, 30, tzinfo=UTC)
