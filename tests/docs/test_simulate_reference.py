"""What the pages say of simulated failures and growth is what the program does."""

import json
import os
import subprocess
import sys

import pytest
from typer.main import get_command

from karakoram.interfaces.cli.commands import simulate_failures, simulate_growth
from tests.docs.test_cli_reference import documented_keys, leaves, section
from tests.docs.test_corridor_optics import assert_alike
from tests.support.command_line import karakoram
from tools.corridor_growth import PAGE, PICTURE

FAILURES = ("simulate", "failures", "--topology", "nsfnet-deeprmsa", "--bit-rate", "100G")
MODULES = {"failures": simulate_failures, "growth": simulate_growth}


def test_the_json_of_failures_has_the_documented_keys(tmp_path):
    asked = ("--slots", "30", "--years", "20", "--connections", "60", "--json")
    answer = karakoram(*FAILURES, *asked, cwd=tmp_path)
    (tmp_path / "pairs.csv").write_text("from,to,bit_rate\nKHI,RWP,100G\n", encoding="utf-8")
    corridor = karakoram(
        *("simulate", "failures", "--demands", "pairs.csv", "--years", "20", "--json"), cwd=tmp_path
    )
    assert (answer.code, corridor.code) == (1, 0), answer.err + corridor.err
    produced = leaves(json.loads(answer.out), json.loads(corridor.out))
    assert produced == documented_keys("JSON of `simulate failures`")


def test_the_json_of_growth_has_the_documented_keys(tmp_path):
    asked = ("--years", "1", "--failure-years", "10", "--scheme", "dynamic", "--json")
    answer = karakoram("simulate", "growth", *asked, cwd=tmp_path)
    assert answer.code == 0, answer.err
    produced = leaves(json.loads(answer.out))
    assert produced == documented_keys("JSON of `simulate growth`")


@pytest.mark.parametrize("word", MODULES)
def test_every_option_is_documented(word):
    command = get_command(MODULES[word].app)
    existing = {name for param in command.params for name in param.opts if name[:2] == "--"}
    text = section(f"`karakoram simulate {word}`")
    assert {name for name in existing - {"--help"} if f"`{name}" not in text} == set()


def test_the_page_on_growth_is_what_the_program_writes():
    """In a process of its own: checks of every array type would take minutes."""
    write = "import json; from tools.corridor_growth import *; print(json.dumps(corridor_growth()))"
    done = subprocess.run(
        [sys.executable, "-c", write],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    page, picture = json.loads(done.stdout)
    assert_alike(PAGE.read_text(encoding="utf-8"), page, apart=0.02)
    assert_alike(PICTURE.read_text(encoding="utf-8"), picture, apart=1.0)
