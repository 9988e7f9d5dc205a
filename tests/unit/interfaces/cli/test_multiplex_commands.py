"""What the commands of the cross-connect print of the fill and the maps."""

import json

from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.interfaces.cli.main import app
from tests.support.passing_store import passing_store


def test_the_commands_print_tables_and_json(monkeypatch):
    store = passing_store()
    monkeypatch.setattr(bootstrap, "sales_store", lambda word: store)

    def told(*words):
        answer = CliRunner().invoke(app, ["dxx", *words], env={"COLUMNS": "160"})
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    assert "3 containers, and room for E1" in told("fill")
    assert json.loads(told("fill", "--json"))["containers"][0]["name"] == "GIL-RWP ODU4"
    assert "TU-12 1.1.1" in told("map", "RWP")
    assert "mapped into ODU2e at 10,312.500 Mb/s" in told("signal", "10GbE")
    signals = json.loads(told("signal", "--bit-rate", "1G", "--json"))["signals"]
    assert [each["signal"] for each in signals] == ["VC-3-21v", "VC-4-7v", "VC-4-16c"]
    assert all(each["servers"] for each in signals)
    (first, _) = json.loads(told("map", "RWP", "--json"))["crossConnects"]
    assert first["in"]["slots"] == ["VC-4 1, TU-12 1.1.1"]
