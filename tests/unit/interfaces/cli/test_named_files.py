"""No file that a command writes takes the place of one that it reads, or of another."""

import pytest
import typer
from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.named_files import refuse_overwriting


def refused(written, read):
    with pytest.raises(typer.BadParameter) as told:
        refuse_overwriting(written=written, read=read)
    return str(told.value)


def test_one_file_under_several_names_is_one(tmp_path):
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    one, other = tmp_path / "a.csv", tmp_path / "link.csv"
    assert "--to would overwrite" in refused({"--to": other}, {"--from": one})
    new = tmp_path / "new.csv"
    again = tmp_path / "." / "x" / ".." / "new.csv"
    assert "name one and the same file" in refused({"--to": new, "--pdf": again}, {})


def test_what_is_not_given_or_differs_is_let_pass(tmp_path):
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    refuse_overwriting(
        written={"--to": one, "--pdf": None}, read={"--from": other, "--usage": None}
    )


@pytest.mark.parametrize(
    ("words", "second"),
    [
        (("invoice", "show", "I"), "--pdf"),
        (("statement", "show", "S"), "--pdf"),
        (("quote", "show", "Q"), "--pdf"),
        (("exchange", "earnings", "--period", "2026"), "--gains-to"),
    ],
)
def test_a_table_and_what_else_is_written_are_two_files(words, second, tmp_path):
    path = str(tmp_path / "one.csv")
    told = CliRunner().invoke(app, [*words, "--to", path, second, path])
    assert told.exit_code == 2
    assert f"--to and {second} name one and the same file" in " ".join(told.output.split())
