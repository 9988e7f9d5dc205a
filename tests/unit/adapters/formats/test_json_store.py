"""Back-ups and the change log as JSON."""

import json

from karakoram.adapters.formats.json_store import json_from_backup, json_from_entry
from karakoram.usecases.store.store_ports import StoreBackup
from tests.support.sales_records import entry


def test_a_back_up_says_where_it_is_and_what_it_holds():
    made = StoreBackup(place="all.gz", counts={"party": 1}, digest="ab")
    assert json_from_backup(made) == {"place": "all.gz", "counts": {"party": 1}, "sha256": "ab"}


def test_an_entry_says_all_that_is_known_of_it():
    written = json.loads(json.dumps(json_from_entry(entry(state_after="ordered", detail="x"))))
    assert (written["who"], written["at"]) == ("a clerk", "2026-11-28T12:00:00+00:00")
    assert (written["state_before"], written["state_after"], written["detail"]) == (
        "",
        "ordered",
        "x",
    )
