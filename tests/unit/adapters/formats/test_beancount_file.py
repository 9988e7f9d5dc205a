"""A book in the text of Beancount: its own checker finds it sound, and finds what is wrong."""

import re
import subprocess
import sys
from datetime import date

import pytest

from karakoram.adapters.formats.beancount_file import BeancountFile, beancount_from_book
from karakoram.adapters.formats.json_ledger import (
    json_from_account_balance,
    json_from_transfer,
)
from karakoram.settlement.ledger.transfers import TransferKind, reversal
from karakoram.usecases.settle.keep_ledger import book_content
from tests.support.ledger_records import (
    ACCOUNTS,
    BANK,
    OWED,
    RUPEE_SALES,
    RUPEES,
    SALES,
    settlement_of,
    transfer,
)
from tests.support.memory_store import MemoryStore


def book(*transfers):
    store = MemoryStore()
    store.write(lambda tx: tx.open_accounts(ACCOUNTS))
    store.write(lambda tx: tx.post(transfers))
    return store.read(lambda tx: book_content(tx, "SCO"))


HELD = transfer("p1", kind=TransferKind.PENDING, minor=5)
VOID = transfer("p2", kind=TransferKind.PENDING)
BOOK = (
    transfer(
        "t1",
        minor=123456,
        subject_kind="invoice",
        subject_id="INV 2026/11 №7",
        memo='a "quoted" \\ line\nand another',
        exchange_rate="0.0036",
    ),
    transfer("t2", BANK, OWED, minor=100, booked_on=date(2026, 12, 5)),
    HELD,
    VOID,
    settlement_of(HELD, "p3"),
    settlement_of(VOID, "p4", kind=TransferKind.VOID_PENDING),
    reversal(transfer("t2", BANK, OWED), transfer_id="t3", booked_on=date(2026, 12, 6)),
    transfer("t4", RUPEES, RUPEE_SALES, minor=1, currency="PKR", booked_on=date(2026, 1, 1)),
)


def bean_check(folder, text):
    """What the checker says of a book; nothing where it is sound."""
    path = folder / "book.beancount"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "beancount.scripts.check", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (not done.stderr.strip()), done.stderr
    return done.stderr


def test_the_checker_finds_a_book_sound(tmp_path):
    BeancountFile(tmp_path / "sco.beancount").write_book(book(*BOOK))
    assert not bean_check(tmp_path, (tmp_path / "sco.beancount").read_text(encoding="utf-8"))
    assert not bean_check(tmp_path, beancount_from_book(book()))


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("Income:Capacity:USD  -1234.56 USD", "Income:Capacity:USD  -1234.55 USD", "balance"),
        ("balance Assets:Bank:USD 0.00 USD", "balance Assets:Bank:USD 0.01 USD", "failed"),
        ("Assets:Bank:PKR  0.01 PKR", "Assets:Bank:PKR  0.01 USD", "currency"),
        ("open Income:Capacity:PKR PKR", "open Income:Other:PKR PKR", "inactive|unknown"),
        ('"tolerance_multiplier" "0"', '"tolerance_multiplier" "x"', "tolerance_multiplier"),
    ],
)
def test_the_checker_finds_what_is_wrong_to_the_last_minor_unit(tmp_path, right, wrong, says):
    text = beancount_from_book(book(*BOOK))
    assert right in text
    told = bean_check(tmp_path, text.replace(right, wrong))
    assert re.search(says, told, flags=re.IGNORECASE)


def test_by_default_the_checker_would_forgive_a_minor_unit(tmp_path):
    text = beancount_from_book(book(transfer("t1", minor=12345)))
    wrong = text.replace(
        "balance Income:Capacity:USD -123.45", "balance Income:Capacity:USD -123.44"
    )
    assert wrong != text
    assert bean_check(tmp_path, wrong)
    assert not bean_check(tmp_path, wrong.replace('option "tolerance_multiplier" "0"\n', ""))


def test_a_transfer_tells_where_it_comes_from_and_what_it_belongs_to():
    text = beancount_from_book(book(*BOOK))
    assert '2026-11-02 * "a \\"quoted\\" \\\\ line\\nand another" ^INV-2026/11--7' in text
    for line in ('transfer-id: "t1"', 'exchange-rate: "0.0036"', 'subject-kind: "invoice"'):
        assert f"  {line}\n" in text
    assert '2026-12-06 * "takes back t2" ^t2\n  transfer-id: "t3"\n  corrects: "t2"' in text
    assert '2026-11-02 custom "pending" "p1" Assets:Receivable:CT:USD Income' in text
    assert '2026-11-02 custom "void_pending" "p4"' in text
    assert "2026-12-07 balance Assets:Receivable:CT:USD 1234.61 USD" in text


def test_json_holds_exact_amounts():
    content = book(*BOOK)
    held = {each["accountId"]: each for each in map(json_from_account_balance, content.balances)}
    assert held[OWED.account_id]["net"] == {"unit": "USD", "value": "1234.61"}
    assert held[SALES.account_id]["kind"] == "income"
    told = json_from_transfer(BOOK[0])
    assert told["amount"] == {"unit": "USD", "value": "1234.56"}
    assert (told["kind"], told["bookedOn"], told["pendingId"]) == ("posted", "2026-11-02", None)
