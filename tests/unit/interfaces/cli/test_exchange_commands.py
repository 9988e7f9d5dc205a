"""``karakoram exchange add`` and ``karakoram exchange rates``."""

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
    assert wrong.exit_code != 0
    packaged = CliRunner().invoke(app, ["exchange", "add", "USD", "PKR", "1", *given[:4]])
    assert packaged.exit_code == 2
