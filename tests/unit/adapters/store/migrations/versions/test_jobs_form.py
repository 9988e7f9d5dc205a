"""Stores of the sixth form, brought up to date: they take jobs, and lose nothing."""

from contextlib import closing

import pytest

from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import migrate_store, open_store
from karakoram.adapters.store.tables import SCHEMA
from karakoram.core.errors import RefusedError
from karakoram.sales.jobs import Job
from karakoram.usecases.desk.job_ports import RowQuestion
from tests.support.jobs import job, job_row
from tests.support.old_stores import make_old_store
from tests.support.sales_records import NOON


def test_a_store_of_the_sixth_form_takes_jobs_once_it_is_migrated(tmp_path):
    path = tmp_path / "old.db"
    make_old_store(path, "0006")
    with pytest.raises(RefusedError, match="karakoram store migrate"):
        open_store(str(path))
    assert migrate_store(str(path)) == ("0006", SCHEMA)
    with closing(open_store(str(path))) as store:
        store.write(lambda tx: (tx.add(job()), tx.add_job_rows([job_row()])))
        assert store.read(lambda tx: tx.jobs_due_at(NOON)) == (job(),)
        assert store.read(lambda tx: tx.job_rows(RowQuestion(job_id="job"))) == (job_row(),)
        assert store.read(lambda tx: tx.count(Job)) == 1
    assert Keeper(str(path)).check().findings == ()
