"""What the commands of the ledger do, and say, in process."""

import json
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.adapters.store.opening import make_store
from karakoram.interfaces.cli.ledger_options import ledger_deed
from karakoram.interfaces.cli.ledger_screen import show_balances, show_transfers
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.screen import screen
from karakoram.settlement.ledger.accounts import Balance
from karakoram.settlement.ledger.transfers import TransferKind
from karakoram.usecases.settle.keep_ledger import AccountBalance
from tests.support.ledger_records import BANK, transfer
from tests.support.memory_store import FixedMoment

NOW = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
OWED, SALES = "SCO/Assets:Receivable:CT:USD", "SCO/Income:Capacity:USD"
HEADER = "transfer_id,debit,credit,amount,currency,booked_on,subject_id\n"
ROWS = f"t1,{OWED},{SALES},1234.50,USD,2026-11-03,INV1\nt2,{SALES},{OWED},34.50,USD,2026-12-03,\n"


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Run a command of the ledger on a store of its own; its output, and its exit code."""
    store = tmp_path / "store.db"
    make_store(str(store)).close()
    monkeypatch.setenv("KARAKORAM_STORE", str(store))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(bootstrap, "moments", lambda: FixedMoment(NOW))

    def run(*words, code=0):
        result = CliRunner().invoke(app, ["ledger", *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    for account in (OWED, SALES):
        book, _, name = account.partition("/")
        run("open", book, name, "USD")
    return run


@pytest.fixture
def posted(told, tmp_path):
    """The same, two transfers being in the ledger."""
    path = tmp_path / "transfers.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    assert told("post", path) == "2 transfers are posted.\n"
    return told


def payload(told, *words, code=0):
    return json.loads(told(*words, "--json", code=code))


def test_an_account_is_opened_once_and_not_as_another(told):
    made = payload(told, "open", "SCO", "Assets:Cash:PKR", "PKR", "--limit", "none")
    assert (made["accountId"], made["kind"], made["limit"]) == (
        "SCO/Assets:Cash:PKR",
        "asset",
        "none",
    )
    again = payload(told, "open", "SCO", "Assets:Cash:PKR", "USD", code=2)
    assert again["error"]["code"] == "account-id-reused"
    assert "begin with one of" in told("open", "SCO", "Cash", "USD", code=2)
    assert "is not one of none" in told("open", "SCO", "Assets:X", "USD", "--limit", "no", code=2)


def test_a_file_is_posted_once_however_often(posted, tmp_path):
    assert payload(posted, "post", tmp_path / "transfers.csv") == {"transfers": 2, "new": 0}
    assert "2 were there before" in posted("post", tmp_path / "transfers.csv")


def test_a_trial_balance_tells_what_stood_before_moved_in_and_stands_after_a_period(posted):
    told = payload(posted, "balance", "SCO", "--from", "2026-12-01")["balances"]
    names = ("opening", "debits", "credits", "closing")
    owed, sales = ([each[name]["value"] for name in names] for each in told)
    assert owed == ["1234.50", "0.00", "34.50", "1200.00"]
    assert sales == ["-1234.50", "34.50", "0.00", "-1200.00"]
    assert "USD: debits USD 34.50, credits USD 34.50" in posted(
        "balance", "SCO", "--from", "2026-12-01"
    )
    wrong = ("balance", "SCO", "--from", "2026-12-01", "--until", "2026-12-01")
    assert "must be after" in posted(*wrong, code=2)


def test_the_statement_of_an_account_tells_what_stands_after_each_transfer(posted):
    told = payload(posted, "show", OWED)
    assert told["before"]["value"] == "0.00"
    assert [each["balance"]["value"] for each in told["transfers"]] == ["1234.50", "1200.00"]
    december = payload(posted, "show", OWED, "--from", "2026-12-01")
    assert december["before"]["value"] == "1234.50"
    assert december["transfers"][-1]["balance"]["value"] == "1200.00"
    assert "USD 1,200.00" in posted("show", OWED)
    assert "balance" not in payload(posted, "show", OWED, "--after", "t1")["transfers"][0]


def test_balances_are_shown_now_and_before_a_day(posted):
    lines = posted("balance", "SCO")
    assert "USD 1,200.00" in lines
    assert "USD: debits less credits USD 0.00" in lines
    before = payload(posted, "balance", "--until", "2026-12-01")["balances"]
    assert [each["net"]["value"] for each in before] == ["1234.50", "-1234.50"]
    assert "no book 'XX'" in posted("balance", "XX", code=2)


def test_transfers_are_shown_by_account_subject_and_place(posted):
    def ids(*words):
        return [each["transferId"] for each in payload(posted, "show", *words)["transfers"]]

    assert ids() == ids(OWED) == ids("--book", "SCO") == ["t1", "t2"]
    assert ids("--subject", "INV1") == ids("--limit", "1") == ids("--until", "2026-12-01") == ["t1"]
    assert ids("--after", "t1") == ids("--from", "2026-12-01") == ["t2"]
    assert "INV1" in posted("show", SALES)
    assert "no account" in posted("show", "gone", code=2)
    assert "no transfer" in posted("show", "--after", "gone", code=2)


def test_an_entry_is_taken_back_once_and_written_as_a_table(posted, tmp_path):
    words = ("reverse", "t1", "--why", "booked twice")
    back = payload(posted, *words, "--to", tmp_path / "back.csv")
    assert (back["corrects"], back["memo"]) == ("t1", "takes back t1: booked twice")
    assert (back["debitAccountId"], back["amount"]["value"]) == (SALES, "1234.50")
    assert back["bookedOn"] == "2026-12-20"
    table = (tmp_path / "back.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(table), table[1].split(",")[0]) == (2, back["transferId"])
    assert payload(posted, *words) == back
    assert "t1 is taken back" in posted(*words, "--on", "2026-12-20")
    assert "ledger.reverse" in CliRunner().invoke(app, ["store", "log", "SCO"]).output
    assert payload(posted, "check")["sound"]


def test_what_is_not_taken_back_says_what_would_be_right(posted):
    posted("reverse", "t2", "--why", "booked twice", "--on", "2026-12-05")

    def code(*words):
        return payload(posted, "reverse", *words, code=2)["error"]["code"]

    assert code("t2", "--why", "another reason") == "reversed-already"
    assert code("t1", "--why", "x", "--on", "2026-11-01") == "before-entry"
    assert code("t1", "--why", " ") == "bad-question"
    assert code("gone", "--why", "x") == "not-found"
    assert "--why" in posted("reverse", "t1", code=2)


def test_what_is_refused_names_file_row_and_column(posted, tmp_path):
    told = payload(posted, "close", "SCO", "2026-11-20")
    assert told == {"book": "SCO", "closedUntil": "2026-11-20", "currencies": []}
    path = tmp_path / "late.csv"
    path.write_text(
        HEADER + f"t3,{OWED},{SALES},1,USD,2026-11-19,\nt4,gone,{SALES},0,USD,2026-11-20,\n",
        encoding="utf-8",
    )
    error = payload(posted, "post", path, code=2)["error"]
    assert error["code"] == "closed-period"
    found = [(each["code"], each["row"], each["field"]) for each in error["findings"]]
    assert found == [("closed-period", 2, "booked_on"), ("unknown-account", 3, "debit")]
    assert "late.csv row 3 (t4), field debit" in posted("post", path, code=2)
    assert "not opened again" in posted("close", "SCO", "2026-11-01", code=2)
    assert "is closed" in posted("close", "SCO", "2026-11-21")


def test_the_ledger_is_checked_and_exported(posted, tmp_path):
    found = payload(posted, "check")
    assert (found["sound"], found["counts"]["ledger_transfer"]) == (True, 2)
    assert "Everything fits together." in posted("check")
    target = tmp_path / "sco.beancount"
    assert payload(posted, "export", "SCO", target)["transfers"] == 2
    assert "bean-check" in posted("export", "SCO", target, "--until", "2026-12-01")
    assert target.read_text(encoding="utf-8").count('transfer-id: "') == 1
    assert "no book 'XX'" in posted("export", "XX", tmp_path / "no", code=2)


def test_an_export_over_the_store_itself_is_refused_and_the_store_stays_sound(posted):
    store = Path(os.environ["KARAKORAM_STORE"])
    assert "perhaps the store itself" in posted("export", "SCO", store, code=2)
    posted("check")


def test_an_export_that_the_disk_refuses_leaves_what_was_there(posted, tmp_path, monkeypatch):
    target = tmp_path / "sco.beancount"
    target.write_text("the last one")

    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    posted("export", "SCO", target, code=2)
    assert target.read_text() == "the last one"


def test_a_ledger_that_is_broken_is_found(posted, tmp_path):
    with closing(make_store(str(tmp_path / "other.db"))) as store:
        store.write(
            lambda tx: tx.connection.exec_driver_sql(
                "INSERT INTO account VALUES ('a', 'b', 'Assets:A', 'asset', 'USD', 'none')"
            )
        )
    found = payload(posted, "check", "--store", tmp_path / "other.db", code=2)
    codes = {each["code"] for each in found["findings"]}
    assert codes == {"balance-unlike-transfers", "book-missing"}


def test_what_is_pending_or_corrects_another_is_said(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    held = AccountBalance(
        account=BANK, balance=Balance(debits_posted_minor=300, debits_pending_minor=250)
    )
    show_balances(screen(), [held], title="Balances")
    first = transfer(kind=TransferKind.PENDING, memo="held")
    show_transfers(screen(), [first, transfer("t2", corrects="t1")], title="Transfers")
    out = capsys.readouterr().out
    for words in ("USD 2.50", "USD: debits less credits USD 3.00", "pending; held", "corrects t1"):
        assert words in out


def test_who_acts_is_the_one_who_is_named(told, tmp_path):
    deed = ledger_deed(str(tmp_path / "store.db"), who="clerk", why="month end").deed
    assert (deed.who, deed.why) == ("clerk", "month end")
