"""Names that nobody has are refused with those most like them."""

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.sales.parties import Party
from karakoram.usecases.settle.known_names import (
    refuse_unknown,
    refuse_unknown_account,
    refuse_unknown_book,
    refuse_unknown_owner,
    refuse_unknown_subject,
    refuse_unknown_transfer,
)
from tests.support.ledger_records import BANK, OWED, transfer
from tests.support.memory_store import MemoryStore
from tests.support.sales_records import buyer


@pytest.fixture
def store():
    store = MemoryStore()

    def write(tx):
        tx.add(buyer("CTG"))
        tx.open_accounts([BANK, OWED])
        tx.post([transfer("t1", BANK, OWED, subject_id="INV-1")])

    store.write(write)
    return store


CHECKS = {
    "party": (lambda tx, word: refuse_unknown(tx, Party, word), "CTG", "CTH", "CTG"),
    "owner": (refuse_unknown_owner, "SCO", "SCOO", "SCO"),
    "book": (refuse_unknown_book, "SCO", "SC0", "SCO"),
    "account": (refuse_unknown_account, BANK.account_id, BANK.account_id[:-1], BANK.account_id),
    "transfer": (refuse_unknown_transfer, "t1", "t2", ""),
    "subject": (refuse_unknown_subject, "INV-1", "INV-2", ""),
}
CALLED = {"subject": "transfer about"}


@pytest.mark.parametrize("what", CHECKS)
def test_a_name_that_nobody_has_is_refused_with_the_nearest_one(store, what):
    check, known, unknown, near = CHECKS[what]
    with pytest.raises(
        NotFoundError, match=f"there is no .*{CALLED.get(what, what)}.* '{unknown}'"
    ) as refused:
        store.read(lambda tx: check(tx, unknown))
    assert near in (refused.value.near_misses or ("",))
    store.read(lambda tx: check(tx, known))


@pytest.mark.parametrize("what", CHECKS)
def test_no_name_is_no_question(store, what):
    store.read(lambda tx: CHECKS[what][0](tx, ""))
