import sys
from io import StringIO

import pytest

from karakoram.interfaces.cli.streams import OutputTold, output_refusal, tell_line


class Full(StringIO):
    def flush(self):
        raise OSError(28, "No space left on device")


def test_an_output_that_takes_everything_has_no_refusal(monkeypatch):
    for stream in (StringIO(), None):
        monkeypatch.setattr(sys, "stdout", stream)
        assert output_refusal() is None


def test_what_cannot_be_printed_at_the_end_ends_the_program_with_2(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SystemExit) as end, OutputTold():
        sys.stdout.write("answer")
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert "cannot be written: No space left on device" in told
    assert "what was asked may be done all the same" in told


def test_a_closed_output_is_refused_before_anything(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(SystemExit) as end:
        OutputTold().__enter__()
    assert end.value.code == 2
    assert "nothing was done" in capsys.readouterr().err


def test_a_line_that_nobody_takes_is_let_go(monkeypatch):
    for stream in (Full(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        tell_line("lost")
