"""The command line as a user meets it: another process, its output and its exit code."""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Timer

TIMEOUT_S = 240
RUN = "from karakoram.interfaces.cli.main import main; main()"
WAIT = "from tests.support.forked_commands import answer_orders; answer_orders({}, {}); " + RUN
ROOT = Path(__file__).parent.parent.parent
READ_AT_START = ("PYTHON", "LC_", "LANG")
"""How names of variables begin that an interpreter reads when it starts."""


@dataclass(frozen=True)
class Answer:
    out: str
    err: str
    code: int

    @property
    def words(self) -> str:
        """The output with all white space as single blanks, so that wrapping does not matter."""
        return " ".join(self.out.split())


def karakoram(*arguments, cwd=None, **environment) -> Answer:
    """Run ``karakoram`` with ``arguments``."""
    words, around = list(map(str, arguments)), {"NO_COLOR": "", "COLUMNS": "100", **environment}
    if any(name.startswith(READ_AT_START) for name in around):
        return begun(words, cwd, {**os.environ, **around})
    return forked(words, cwd, {**os.environ, **around})


def begun(words, cwd, environment) -> Answer:
    """What a process tells that begins with the interpreter."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, *words],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
        env=environment,
    )
    return Answer(out=done.stdout, err=done.stderr, code=done.returncode)


def forked(words, cwd, environment) -> Answer:
    """What a process tells that begins where everything is imported."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        out.touch()
        err.touch()
        order = {"arguments": words, "environment": environment, "cwd": str(cwd or Path.cwd())}
        code = waiting_process()(order | {"out": str(out), "err": str(err)})
        return Answer(
            out=out.read_text(encoding="utf-8"), err=err.read_text(encoding="utf-8"), code=code
        )


@cache
def waiting_process():
    """The process that forks for every order of this one, begun when it is first asked for."""
    (orders, order), (answer, answers) = os.pipe(), os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", WAIT.format(orders, answers)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        pass_fds=(orders, answers),
        cwd=ROOT,
    )
    os.close(orders)
    os.close(answers)
    asked, told = os.fdopen(order, "w", 1, encoding="utf-8"), os.fdopen(answer, encoding="utf-8")

    def end():
        asked.close()
        process.wait()
        process.stdout.close()
        told.close()

    def run(order) -> int:
        asked.write(f"{json.dumps(order)}\n")
        child = int(told.readline())
        late = Timer(TIMEOUT_S, os.kill, (child, signal.SIGKILL))
        late.start()
        try:
            return int(told.readline())
        finally:
            late.cancel()

    atexit.register(end)
    return run
