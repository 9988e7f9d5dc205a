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
    (first, _) = json.loads(told("map", "RWP", "--json"))["crossConnects"]
    assert first["in"]["slots"] == ["VC-4 1, TU-12 1.1.1"]
