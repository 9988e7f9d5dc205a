"""Papers and reports of settlement on the command line."""

from datetime import UTC, datetime

import pytest

from karakoram import bootstrap
from tests.support.memory_store import FixedMoment

PERIOD = ("--period", "2026-11")


def test_an_invoice_and_a_credit_note_are_written_as_papers(billed):
    tell, shown, _, folder = billed
    for number in ("SCO-2026-0001", "SCO-C2026-0001"):
        paper = folder / f"{number}.pdf"
        assert str(paper) in shown("invoice", "show", number, "--pdf", str(paper))
        assert paper.read_bytes().startswith(b"%PDF")
    assert "By payer and days past due" in shown("invoice", "aged")
    (payment,) = tell("invoice", "show", "SCO-2026-0001")["payments"]
    assert (payment["amount"]["value"], payment["withheld"]["value"]) == ("10.00", "1.50")
    assert tell("invoice", "show", "SCO-C2026-0001")["reason"] == "service_level"


def test_a_paper_of_nothing_is_refused(told):
    tell, _, _, _, folder = told
    assert "no invoice and no credit note" in tell("invoice", "show", "X", code=2)
    assert "without --pdf" in tell("invoice", "show", "X", "--fonts", str(folder), code=2)


def test_levies_on_what_an_owner_earned_are_told_and_paid(billed, monkeypatch):
    tell, shown, within, folder = billed
    for each in tell("statement", "make", *PERIOD, *within)["statements"]:
        paper = ("--pdf", str(folder / "statement.pdf"))
        assert "Paper:" in shown("statement", "show", each["number"], *paper)
        tell("statement", "agree", each["number"], *within)
    asked = ("levy", "report", "OP1", "--period", "2026-12", *within)
    told = tell(*asked, "--to", str(folder / "levies.csv"))
    assert {each["levy"] for each in told["totals"]} == {"USF", "R-AND-D", "LICENCE-FEE"}
    assert "USF" in (folder / "levies.csv").read_text(encoding="utf-8")
    assert "1.5" in shown(*asked)
    assert "Nothing was" in shown("levy", "report", "OP1", *PERIOD, *within)
    _pay_levies(billed, monkeypatch, told["owed"])


def _pay_levies(billed, monkeypatch, owed):
    """Of the first by words, of the others by a file; what was paid is in the report."""
    tell, shown, within, folder = billed
    monkeypatch.setattr(bootstrap, "moments", lambda: FixedMoment(datetime(2027, 1, 9, tzinfo=UTC)))
    sums = {each["levy"]: each["open"]["value"] for each in owed}
    words = ("levy", "pay", "OP1", "USF", "--period", "2026-12", "--on", "2027-01-08")
    done = shown(*words, "--amount", f"PKR {sums['USF']}", "--reference", "CPR-1", *within)
    assert "CPR-1" in done
    tell("levy", "pay", "--template", str(folder / "receipts.csv"))
    head, _ = (folder / "receipts.csv").read_text(encoding="utf-8").splitlines()
    rows = [
        f"CPR-{at},OP1,{levy},2026-12,{sums[levy]},PKR,2027-01-08,\n"
        for at, levy in enumerate(("R-AND-D", "LICENCE-FEE"), start=2)
    ]
    (folder / "receipts.csv").write_text(f"{head}\n{''.join(rows)}", encoding="utf-8")
    paid = tell("levy", "pay", "--from", str(folder / "receipts.csv"), *within)
    assert [each["answer"]["levy"] for each in paid["rows"]] == ["R-AND-D", "LICENCE-FEE"]
    told = tell("levy", "report", "OP1", "--period", "2026-12", *within)
    assert {each["open"]["value"] for each in told["owed"]} == {"0.00"}


def test_what_has_come_from_abroad_is_told(billed):
    tell, shown, within, folder = billed
    asked = ("exchange", "earnings", "--period", "2026-12-01/2026-12-21", *within)
    files = ("--to", str(folder / "earned.csv"), "--gains-to", str(folder / "gains.xlsx"))
    told = tell(*asked, *files)
    collected = [float(each["collected"]["original"]["value"]) for each in told["totals"]]
    assert sum(collected) == pytest.approx(10.0)
    assert "SCO-2026-0001" in (folder / "earned.csv").read_text(encoding="utf-8")
    assert (folder / "gains.xlsx").exists()
    assert "Worth in the owner's book" in shown(*asked)
    assert "Nothing was open" in shown(*asked, "--country", "sg")
    gains = folder / "book.csv"
    tell("exchange", "report", "OP1", "--period", "2026-12", *within, "--to", str(gains))
    assert gains.read_text(encoding="utf-8").startswith("about,booked_on,what,held")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_shown_is_written_as_a_table_too(billed, suffix):
    tell, _, within, folder = billed
    tell("statement", "make", *PERIOD, *within)
    for at, words in enumerate(
        (
            ("invoice", "list"),
            ("invoice", "aged"),
            ("invoice", "show", "SCO-2026-0001"),
            ("invoice", "show", "SCO-C2026-0001"),
            ("outage", "list"),
            ("statement", "list"),
            ("dispute", "list"),
            ("ledger", "show"),
            ("ledger", "balance", "SCO"),
            ("ledger", "balance", "SCO", "--from", "2026-12-01"),
        )
    ):
        table = folder / f"{at}.{suffix}"
        tell(*words, "--to", str(table))
        rows = bootstrap.table_source(table).read_rows()
        assert rows.header
        assert bool(rows.rows) is (words[0] != "dispute")
