"""What a check found is told in one way, and no password with it."""

import json
from dataclasses import dataclass

import pytest

from karakoram import bootstrap
from karakoram.core.findings import Finding, Place, Severity
from karakoram.interfaces.cli.commands import ledger_check, store_check
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.verdicts import tell_findings
from karakoram.usecases.store.store_ports import StoreCheck

WRONG = Finding(code="short", place=Place(table="sites", row=3), message="is too short")
DOUBTFUL = Finding(
    code="odd", place=Place(table="sites", row=4), message="is odd", severity=Severity.WARNING
)
ADDRESS = "postgresql://desk:hunter2@db.example/sales"


@dataclass(frozen=True)
class Checked:
    """A keeper that has checked already."""

    found: StoreCheck

    def check(self):
        return self.found


def test_a_folder_with_an_error_cannot_be_used(tmp_path, capsys):
    assert tell_findings((WRONG, DOUBTFUL), folder=tmp_path, as_json=True) is ExitCode.BAD_INPUT
    told = json.loads(capsys.readouterr().out)
    assert (told["valid"], told["errors"], told["warnings"]) == (False, 1, 1)
    assert [each["row"] for each in told["findings"]] == [3, 4]
    assert tell_findings((DOUBTFUL,), folder=tmp_path, as_json=False) is ExitCode.DONE
    assert "can be used" in capsys.readouterr().out


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    ("run", "options_type"),
    [
        (ledger_check.run, ledger_check.LedgerCheckOptions),
        (store_check.run, store_check.StoreCheckOptions),
    ],
)
def test_no_check_tells_the_password_of_a_store(run, options_type, as_json, monkeypatch, capsys):
    checked = Checked(StoreCheck(counts={"balance": 2, "quote": 1}, findings=()))
    monkeypatch.setattr(bootstrap, "store_keeper", lambda word: checked)
    assert run(options_type(store=ADDRESS, as_json=as_json)) is ExitCode.DONE
    told = capsys.readouterr().out
    assert "db.example/sales" in told
    assert "hunter2" not in told


def test_the_ledger_alone_is_judged_and_also_that_nothing_could_be(monkeypatch, capsys):
    place = Place(table="balance", record="a")
    off = Finding(code="off", place=place, message="is not what its transfers make it")
    elsewhere = Finding(code="odd", place=Place(table="quote", record="q"), message="is odd")
    checked = Checked(StoreCheck(counts={"balance": 2, "quote": 1}, findings=(off, elsewhere)))
    monkeypatch.setattr(bootstrap, "store_keeper", lambda word: checked)
    chosen = ledger_check.LedgerCheckOptions(store="my.db", as_json=True)
    assert ledger_check.run(chosen) is ExitCode.BAD_INPUT
    told = json.loads(capsys.readouterr().out)
    assert (told["sound"], told["counts"]) == (False, {"balance": 2})
    assert [each["code"] for each in told["findings"]] == ["off"]
