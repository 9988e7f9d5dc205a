"""A table of transfers is one to post from, and balances stand in major units."""

from decimal import Decimal

from karakoram.adapters.formats.table_file import TableFile
from karakoram.adapters.formats.table_ledger import BALANCES, TRANSFERS
from karakoram.settlement.ledger.accounts import Balance, account_named
from karakoram.usecases.settle.keep_ledger import AccountBalance
from karakoram.usecases.settle.transfer_rows import transfers_from_rows
from tests.support.ledger_records import transfer


def test_transfers_that_were_written_are_the_transfers_that_are_read(tmp_path):
    posted = (transfer("t1"), transfer("t2", memo="a, b"))
    for name in ("t.csv", "t.xlsx"):
        file = TableFile(tmp_path / name)
        file.write_table(TRANSFERS.table(posted))
        assert transfers_from_rows(file.read_rows()) == posted


def test_a_balance_stands_in_major_units_of_its_currency():
    account = account_named("SCO", "Assets:Bank:JPY", "JPY")
    held = Balance(debits_posted_minor=1_200, credits_posted_minor=200)
    table = BALANCES.table([AccountBalance(account=account, balance=held)])
    row = dict(zip(table.header, table.rows[0], strict=True))
    assert (row["account"], row["debits"], row["balance"]) == (
        "SCO/Assets:Bank:JPY",
        Decimal(1_200),
        Decimal(1_000),
    )
