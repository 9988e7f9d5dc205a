"""A store with a wave that is settled by commands."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.adapters.formats.settlement_folder import SETTLEMENT_TABLES
from karakoram.adapters.store.opening import make_store
from karakoram.interfaces.cli.main import app
from tests.support.memory_store import FixedMoment
from tests.support.settling import settled_wave

PERIOD = ("--period", "2026-11")
NOW = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def told(tmp_path, monkeypatch):
    """What a command tells as JSON, on a store with a wave that is active since November."""
    monkeypatch.setattr(bootstrap, "moments", lambda: FixedMoment(NOW))
    path = tmp_path / "store.db"
    store = make_store(str(path))
    _, _, product = settled_wave(store, started=datetime(2026, 11, 2, tzinfo=UTC))
    store.close()
    operators = ("SCO", "OP1")

    def tell(*words, code=0):
        asked = [*words, "--store", str(path), "--json"]
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if code == 0 else done.output

    def shown(*words):
        done = CliRunner().invoke(app, [*words, "--store", str(path)])
        assert done.exit_code == 0, done.output
        return done.stdout

    terms = tmp_path / "terms"
    terms.mkdir()
    for table in SETTLEMENT_TABLES.keys() - {"owner_books"}:
        source = bootstrap.terms_source().folder.joinpath(f"{table}.csv")
        (terms / f"{table}.csv").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    head = "operator_id,functional_currency,jurisdiction,time_zone,days_to_pay,source,source_date,"
    books = "".join(f"{each},PKR,PK-PB,Asia/Karachi,30,test,2026,assumed,\n" for each in operators)
    (terms / "owner_books.csv").write_text(f"{head}confidence,note\n{books}", encoding="utf-8")
    return tell, shown, product, str(terms), tmp_path


@pytest.fixture
def billed(told):
    """November billed, an outage credited, part of it paid with tax kept back."""
    tell, shown, product, terms, folder = told
    within = ("--terms", terms)
    tell("invoice", "make", *PERIOD, *within)
    words = ("outage", "add", "TT-1", "--product", product.product_id, "--at-fault", "OP1",
             "--where", "A-Z", "--cause", "landslide")  # fmt: skip
    tell(*words, "--since", "2026-11-10T00:00Z", "--until", "2026-11-11T00:00+00:00", *within)
    tell("invoice", "credit", *PERIOD, *within)
    tell("invoice", "pay", "SCO-2026-0001", "--amount", "USD 10", "--on", "2026-12-20",
         "--reference", "B1", "--withheld", "USD 1.50", "--certificate", "C9", *within)  # fmt: skip
    return tell, shown, within, folder
