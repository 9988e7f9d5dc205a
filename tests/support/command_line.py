"""The command line as a user meets it: another process, its output and its exit code."""

import os
import subprocess
import sys
from dataclasses import dataclass


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
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
        env={**os.environ, "NO_COLOR": "", "COLUMNS": "100", **environment},
    )
    return Answer(out=done.stdout, err=done.stderr, code=done.returncode)


TIMEOUT_S = 240
RUN = "from karakoram.interfaces.cli.main import main; main()"
