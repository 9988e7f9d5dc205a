"""Whether a store with a ledger gets clients and what was sent."""

from contextlib import closing

from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.tables import SCHEMA
from karakoram.sales.submissions import Submission
from tests.support.old_stores import make_old_store


def test_a_store_of_the_second_form_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.db"
    make_old_store(path, "0002")
    assert migrate_store(str(path)) == ("0002", SCHEMA)
    sent = Submission(submission_id="q", buyer_id="CT", dialect="TMF648", body="{}")
    with closing(open_store(str(path))) as store:
        store.write(lambda tx: tx.add(sent))
        assert store.read(lambda tx: tx.find(Submission, "q")) == sent
        assert store.read(lambda tx: tx.count(Submission, buyer_id="CT")) == 1
        assert store.read(lambda tx: tx.count(Submission, buyer_id="P1")) == 0
        assert store.read(lambda tx: tx.find_all(Submission, offset=1)) == ()
