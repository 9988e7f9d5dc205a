"""The commands of selling on a store in memory, and the files that they take and give."""

import json

from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.adapters.formats.table_file import TableFile
from karakoram.interfaces.cli.main import app
from tests.support.memory_store import FixedMoment
from tests.support.selling import START, seller


class Desk:
    """Runs commands; every command works on the same seller."""

    def __init__(self, monkeypatch):
        selling = seller()
        self.selling = selling
        for name in ("sales_store", "settlement_store"):
            monkeypatch.setattr(bootstrap, name, lambda word: selling.store)
        monkeypatch.setattr(bootstrap, "job_store", lambda word: selling.store)
        for name in ("selling", "opening_lines"):
            monkeypatch.setattr(bootstrap, name, lambda word, **folders: selling)
        monkeypatch.setattr(bootstrap, "identifiers", lambda: selling.ids)
        self.moments = FixedMoment(START)
        monkeypatch.setattr(bootstrap, "moments", lambda: self.moments)

    def run(self, *words, code=0):
        """The output; with ``code=None`` whatever the exit code is."""
        answer = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
        assert code is None or answer.exit_code == code, answer.output
        return answer.stdout

    def told(self, *words, code=0):
        return json.loads(self.run(*words, "--json", code=code))

    def findings(self, *words):
        """Row, field and code of each finding with which a command refuses a file."""
        error = self.told(*words, code=2)["error"]
        return [(one["row"], one["field"], one["code"]) for one in error["findings"]]

    def quote(self, name="q", *words, code=0):
        ends = ("--set", "a_site=A", "--set", "z_site=Z")
        asked = ("WAVE-100G-1P1", "--buyer", "CT", *ends, "--external-id", name)
        return self.told("quote", "issue", *asked, *words, code=code)

    def order(self, name="o"):
        quote = self.quote(f"quote of {name}")
        return self.told("order", "place", quote["id"], "--buyer", "CT", "--external-id", name)


def csv_file(path, *rows):
    """A CSV file with the header and rows, each a line of text."""
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def rows_of(path):
    """The rows of a table, as texts by column."""
    return [cells for _, cells in TableFile(path).read_rows().rows]
