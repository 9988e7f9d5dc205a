"""The guide to an open cable says what the command says of its own files."""

import json
import re
from pathlib import Path

import pytest

from tests.support.command_line import karakoram

PAGE = (Path(__file__).parents[2] / "docs" / "guides" / "open-cable.md").read_text("utf-8")


def test_the_files_of_the_page_are_judged_as_it_says(tmp_path):
    for name, kind in (("line.toml", "toml"), ("measured.csv", "csv")):
        (text,) = re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (command,) = re.findall(r"^karakoram (.*--measured.*)$", PAGE, flags=re.MULTILINE)
    told = karakoram(*command.split(), "--json", cwd=tmp_path)
    assert told.code == 1, told.err
    answer = json.loads(told.out)
    units = answer["legs"][0]["wet"]["branching_units"]
    assert [(one["name"], one["figures"][1]["value"]) for one in units] == [
        ("West", 1.0),
        ("East", 0.8),
    ]
    forth, back = answer["measured"]
    first = forth["channels"][0]
    for name, value_db in re.findall(r"(SNR_ASE) = .* = ([0-9.]+) dB", PAGE):
        assert first["measured"][f"{name.lower()}_db"] == pytest.approx(float(value_db), abs=0.005)
    gsnr_db, nli_db = re.findall(r"gives ([0-9.]+) dB", PAGE)
    assert first["measured"]["gsnr_db"] == pytest.approx(float(gsnr_db), abs=0.005)
    assert first["measured"]["snr_nli_db"] == pytest.approx(float(nli_db), abs=0.005)
    assert first["surplus_db"] == pytest.approx(0.76, abs=0.005)
    assert (forth["accepted"], back["accepted"]) == (True, False)
    assert back["channels"][0]["measured"]["gsnr_db"] == pytest.approx(14.22, abs=0.005)
    assert back["channels"][0]["surplus_db"] == pytest.approx(-0.28, abs=0.005)
