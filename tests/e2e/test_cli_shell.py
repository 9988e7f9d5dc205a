"""The command line in a shell: pipes, interrupts, completion, help, speed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.command_line import RUN, karakoram

COMMANDS = (
    ("design",),
    ("routes",),
    ("network",),
    ("network", "show"),
    ("network", "validate"),
    ("network", "new"),
)


@pytest.mark.parametrize("command", [(), *COMMANDS])
def test_every_command_has_help(command):
    answer = karakoram(*command, "--help")
    assert answer.code == 0
    assert answer.out.startswith("Usage: karakoram")


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != ("network",)])
def test_every_command_shows_examples_of_itself(command):
    answer = karakoram(*command, "--help")
    _, _, examples = answer.out.partition("Examples:")
    assert f"karakoram {' '.join(command)}" in examples


def test_help_names_every_command():
    listed = karakoram("--help").out
    for word in ("design", "routes", "network", "--version", "--install-completion"):
        assert word in listed


def test_the_installed_program_is_the_same():
    program = Path(sys.executable).parent / "karakoram"
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("karakoram 0.")


def test_a_reader_that_stops_reading_ends_the_program_quietly():
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "network", "show", "--geojson"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode in {-signal.SIGPIPE, 0}


def interrupted_design():
    # Whoever runs the tests in the background may have switched interrupts off for all of it.
    heeded = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    begun = f"{heeded}; from karakoram.interfaces.cli.main import main; print(flush=True); main()"
    with subprocess.Popen(
        [sys.executable, "-c", begun, "design", "URC", "MRS", "--protection", "1+1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    return process.returncode, err


def test_an_interrupt_is_exit_code_130_without_a_traceback():
    # A busy machine may be so late with the signal that the answer is already there.
    for code, err in (interrupted_design() for _ in range(5)):
        assert "Traceback" not in err
        if code != 0:
            break
    assert code == 130


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("karakoram ", {"design", "routes", "network"}),
        ("karakoram network va", {"validate"}),
        ("karakoram design URC MRS --prot", {"--protection"}),
        ("karakoram network show --geo", {"--geojson"}),
    ],
)
def test_the_shell_completes_commands_and_options(typed, completed):
    answer = karakoram(
        _KARAKORAM_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(typed.count(" "))
    )
    assert completed <= set(answer.out.split())


def test_progress_never_reaches_a_pipe():
    answer = karakoram("routes", "Gilgit", "Chilas")
    assert answer.err == ""
    assert "\x1b" not in answer.out


def test_colours_never_reach_a_pipe():
    assert "\x1b" not in karakoram("network", "show").out


def test_help_imports_no_numbers():
    code = (
        "import sys\nfrom typer.testing import CliRunner\n"
        "from karakoram.interfaces.cli.main import app\n"
        "CliRunner().invoke(app, ['--help'])\n"
        "import json; print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert not {"numpy", "scipy", "jaxtyping", "pygments", "rich.console"} & loaded
