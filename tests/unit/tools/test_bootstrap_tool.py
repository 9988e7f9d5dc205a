import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap
from tools.bootstrap import Order, Stamp

ROOT = Path(__file__).parents[3]
LOCK_TEXT = "numpy==2.0.1\n"


@pytest.fixture
def order(tmp_path):
    for name in (*bootstrap.LOCKS.values(), "pyproject.toml"):
        (tmp_path / name).write_text(LOCK_TEXT)
    return Order("demo", tmp_path, tmp_path / ".venv")


class Machine:
    """A pretended machine: which programs it has, and what became of the commands."""

    def __init__(self, monkeypatch, *, programs=(), modules=("venv", "ensurepip"), fails=()):
        self.commands = []
        self.fails = fails
        monkeypatch.setattr(bootstrap, "succeeds", self.succeeds)
        monkeypatch.setattr(bootstrap.shutil, "which", dict.fromkeys(programs, "/there").get)
        monkeypatch.setattr(
            bootstrap.importlib.util, "find_spec", lambda name: name if name in modules else None
        )

    def succeeds(self, command, *, quietly=False):
        if not quietly:
            self.commands.append(command)
        if "venv" in command:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return not any(word in command for word in self.fails)


def test_a_new_environment_is_made_by_uv_when_it_is_there(order, monkeypatch):
    machine = Machine(monkeypatch, programs=["uv"])
    assert bootstrap.set_up(order) == 0
    assert [command[0] for command in machine.commands] == ["uv", "uv", "uv"]


def test_a_new_environment_is_made_by_pip_without_uv(order, monkeypatch):
    machine = Machine(monkeypatch)
    assert bootstrap.set_up(order) == 0
    make, lock, project = machine.commands
    assert make == [sys.executable, "-m", "venv", "--clear", str(order.venv)]
    assert lock[0] == str(order.python)
    assert lock[-4:] == ["--no-deps", "--require-hashes", "--requirement", str(order.lock)]
    assert project[-2:] == ["--editable", str(order.root)]


@pytest.mark.parametrize("installer", bootstrap.INSTALLERS)
def test_the_project_is_installed_without_a_network(order, installer):
    _, project = bootstrap.install_commands(installer, order)
    assert {"--no-deps", "--no-build-isolation"} <= set(project)


def test_pip_takes_over_when_uv_does_not_succeed(order, monkeypatch, capsys):
    machine = Machine(monkeypatch, programs=["uv"], fails=["uv"])
    assert bootstrap.set_up(order) == 0
    assert machine.commands[-1][0] == str(order.python)
    assert "uv did not succeed" in capsys.readouterr().err


def test_a_second_run_does_nothing(order, monkeypatch):
    machine = Machine(monkeypatch)
    bootstrap.set_up(order)
    machine.commands.clear()
    assert bootstrap.set_up(order) == 0
    assert machine.commands == []


def test_an_environment_for_tests_serves_the_demo(order, monkeypatch):
    machine = Machine(monkeypatch)
    bootstrap.set_up(order._replace(purpose="test"))
    machine.commands.clear()
    assert bootstrap.set_up(order) == 0
    assert machine.commands == []


def test_an_environment_for_the_demo_is_added_to_for_tests(order, monkeypatch):
    machine = Machine(monkeypatch)
    bootstrap.set_up(order)
    machine.commands.clear()
    assert bootstrap.set_up(order._replace(purpose="test")) == 0
    assert not any("venv" in command for command in machine.commands)
    assert str(order.root / "requirements.lock") in machine.commands[0]


def test_another_lock_makes_the_environment_anew(order, monkeypatch):
    machine = Machine(monkeypatch)
    bootstrap.set_up(order)
    machine.commands.clear()
    order.lock.write_text("numpy==2.0.2\n")
    assert bootstrap.set_up(order) == 0
    assert "--clear" in machine.commands[0]


def test_an_environment_of_the_users_own_is_added_to(order, monkeypatch):
    order.python.parent.mkdir(parents=True)
    order.python.touch()
    machine = Machine(monkeypatch)
    assert bootstrap.set_up(order) == 0
    assert not any("venv" in command for command in machine.commands)


def test_a_failed_installation_leaves_no_stamp(order, monkeypatch, capsys):
    Machine(monkeypatch, fails=["--requirement"])
    assert bootstrap.set_up(order) == bootstrap.FAILED
    assert bootstrap.found_stamp(order.venv) is None
    assert "PIP_INDEX_URL" in capsys.readouterr().err


@pytest.mark.parametrize("modules", [(), ("venv",)])
def test_a_debian_without_venv_is_told_what_to_install(order, monkeypatch, modules, capsys):
    Machine(monkeypatch, modules=modules)
    assert bootstrap.set_up(order) == bootstrap.SYSTEM_LACKS
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_uv_needs_no_part_of_debian(order, monkeypatch):
    Machine(monkeypatch, programs=["uv"], modules=())
    assert bootstrap.set_up(order) == 0


@pytest.mark.parametrize("text", ["", "demo", "else a b", "demo a b c"])
def test_a_stamp_that_is_none_of_ours_is_none(text):
    assert bootstrap.stamp_from_text(text) is None


def test_a_stamp_is_read_as_it_was_written():
    stamp = Stamp("demo", "a", "b")
    assert bootstrap.stamp_from_text(stamp.text) == stamp


def test_a_copied_folder_is_set_up_anew(order):
    stamp = bootstrap.wanted_stamp(order)
    moved = stamp._replace(place=bootstrap.digest([b"elsewhere"]))
    assert not bootstrap.is_enough(moved, stamp)
    assert not bootstrap.can_be_extended(moved, stamp)


def test_a_digest_tells_where_each_part_ends():
    assert bootstrap.digest([b"ab", b"c"]) != bootstrap.digest([b"a", b"bc"])


def test_an_old_python_is_told_which_one_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap, "handed_over", lambda arguments: None)
    assert bootstrap.main(["demo"]) == bootstrap.SYSTEM_LACKS
    told = capsys.readouterr().err
    assert "needs Python 3.11 or newer; this is Python 3.9" in told
    assert "apt-get install" in told


def test_a_newer_python_does_the_work_of_an_old_one(monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap, "handed_over", len)
    assert bootstrap.main(["demo", "--venv", "x"]) == 3


def test_no_newer_python_hands_nothing_over(monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    assert bootstrap.handed_over(["demo"]) is None


def test_a_newer_python_gets_the_same_order(monkeypatch, capfd):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: sys.executable)
    assert bootstrap.handed_over(["--help"]) == 0
    assert "virtual environment" in capfd.readouterr().out


def test_a_newer_python_is_asked_before_it_is_used(monkeypatch):
    asked = []
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/" + name)
    monkeypatch.setattr(
        bootstrap, "succeeds", lambda command, quietly: asked.append(command[0]) or False
    )
    assert bootstrap.handed_over(["demo"]) is None
    assert asked == ["/" + name for name in bootstrap.NEWER_PYTHONS]


def test_a_folder_that_cannot_be_written_is_no_traceback(monkeypatch, capsys):
    def refuse(order):
        raise PermissionError(13, "Permission denied", str(order.venv))

    monkeypatch.setattr(bootstrap, "set_up", refuse)
    assert bootstrap.main(["demo"]) == bootstrap.SYSTEM_LACKS
    assert "Permission denied" in capsys.readouterr().err


def test_the_environment_may_have_another_name():
    assert bootstrap.order_from_arguments(["test", "--venv", ".venv-other"]) == Order(
        "test", ROOT, ROOT / ".venv-other"
    )


def test_a_command_that_is_not_there_does_not_succeed():
    assert not bootstrap.succeeds(["a-program-that-nobody-has"])
    assert bootstrap.succeeds([sys.executable, "-c", "pass"])
    assert not bootstrap.succeeds([sys.executable, "-c", "raise SystemExit(3)"], quietly=True)


def test_the_interpreter_is_asked_whether_it_serves(tmp_path):
    assert not bootstrap.is_usable("uv", Order("demo", tmp_path, tmp_path))
    assert bootstrap.is_usable("uv", Order("demo", tmp_path, Path(sys.prefix)))


def test_the_script_runs_on_its_own_and_explains_itself():
    script = ROOT / "tools" / "bootstrap.py"
    shown = subprocess.run(
        [sys.executable, "-I", str(script), "--help"], capture_output=True, text=True, check=True
    )
    assert "virtual environment" in shown.stdout


@pytest.mark.parametrize(
    ("purpose", "program", "is_told"),
    [("test", None, True), ("test", "postgres", False), ("demo", None, False)],
)
def test_whoever_sets_up_the_tests_without_a_server_is_told(
    order, monkeypatch, capsys, purpose, program, is_told
):
    Machine(monkeypatch, programs=[program])
    monkeypatch.setattr(bootstrap, "SERVER_PLACES", order.root / "nowhere")
    assert bootstrap.set_up(order._replace(purpose=purpose)) == 0
    assert ("apt-get install postgresql" in capsys.readouterr().err) == is_told
