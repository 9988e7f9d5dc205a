"""``karakoram exchange add`` and ``karakoram exchange rates``."""

import json

from typer.testing import CliRunner

from karakoram.adapters.formats.settlement_folder import NewSettlementFolder
from karakoram.interfaces.cli.main import app
from tests.support.settling import terms


def test_a_rate_is_added_and_listed_with_its_last_day(tmp_path):
    folder = tmp_path / "terms"
    NewSettlementFolder(folder).write_terms(terms())
    given = ["--on", "2027-01-01", "--source", "my bank", "--terms", str(folder)]
    done = CliRunner().invoke(app, ["exchange", "add", "USD", "PKR", "284.10", *given])
    assert (done.exit_code, "Added" in done.stdout) == (0, True), done.output
    told = CliRunner().invoke(
        app, ["exchange", "rates", "pkr", "--terms", str(folder)], env={"COLUMNS": "99"}
    )
    assert "worth in PKR is known until 2027-03-18" in told.stdout
    wrong = CliRunner().invoke(app, ["exchange", "add", "USD", "PKR", "nan", *given])
    assert wrong.exit_code == 2
    same = CliRunner().invoke(app, ["exchange", "add", "USD", "usd", "1", *given])
    assert same.exit_code == 2
    assert "QUOTE: must be another currency than BASE, got USD for both" in same.output
    packaged = CliRunner().invoke(app, ["exchange", "add", "USD", "PKR", "1", *given[:4]])
    assert packaged.exit_code == 2


def test_rates_of_a_file_are_added_all_or_none_and_once(tmp_path):
    folder, rows = tmp_path / "terms", tmp_path / "rates.csv"
    NewSettlementFolder(folder).write_terms(terms())

    def add(*words, code=0):
        told = CliRunner().invoke(
            app, ["exchange", "add", "--terms", str(folder), *words, "--json"]
        )
        assert told.exit_code == code, told.output
        return json.loads(told.stdout)

    add("--template", str(rows))
    head, example = rows.read_text(encoding="utf-8-sig").splitlines()
    assert head == "base,quote,worth,valid_from,source"
    bank = ("--from", str(rows), "--source", "my bank")
    rows.write_text(f"{head}\n{example}\nUSD,PKR,285,2027-01-02,\n", encoding="utf-8")
    added = add(*bank)["rows"]
    assert [(each["row"], each["isNew"], each["source"]) for each in added] == [
        (2, True, "my bank"),
        (3, True, "my bank"),
    ]
    assert [each["isNew"] for each in add(*bank)["rows"]] == [False, False]
    wrong = "USD,PKR,286,2027-01-03,\nUSD,PKR,300,2027-01-02,\n"
    rows.write_text(f"{head}\n{wrong}", encoding="utf-8")
    (no,) = add(*bank, code=2)["error"]["findings"]
    assert (no["code"], no["row"], no["field"]) == ("rate-twice", 3, "worth")
    rows.write_text(f"{head}\nUSD,PKR,0,2027-01-03,\nUSX,PKR,1,2027-01-03,\n", encoding="utf-8")
    assert {each["row"] for each in add(*bank, code=2)["error"]["findings"]} == {2, 3}
    text = (folder / "exchange_rates.csv").read_text(encoding="utf-8-sig")
    assert ("2027-01-02" in text, "2027-01-03" in text) == (True, False)
    both = CliRunner().invoke(app, ["exchange", "add", "USD", "--terms", str(folder), *bank])
    assert both.exit_code == 2
