"""Several clients of one store, killed at random: nothing is lost, nothing is done twice.

```make soak``` takes 10,000 steps; here are enough of them to meet every sort of step.
"""

import subprocess
import sys
from pathlib import Path

SOAK = Path(__file__).parents[2] / "benchmarks" / "sales_soak.py"


def soak(*words):
    return subprocess.run(
        [sys.executable, str(SOAK), *words], check=False, capture_output=True, text=True
    )


def test_clients_who_are_killed_and_begin_again_break_no_law():
    done = soak("600", "--clients", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 crashed, 0 faults" in done.stdout
    told = done.stdout.splitlines()[0]
    for word in ("yes", "illegal-transition", "external-id-reused", "NotFoundError"):
        assert f"{word} " in told


def test_a_store_that_answers_before_it_has_written_is_found_out():
    done = soak("60", "--clients", "1", "--broken", "tells-too-early")
    assert done.returncode == 1
    assert "which is lost" in done.stdout
