"""How much CPU time does a command cost from a cold start, and how much the peer's?

Cold means a new process with compiled modules on disk: each command runs once uncounted, then five
times. The peer is what GNPy's command imports before it computes anything, in the same run.
"""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

REPEATS = 5
KARAKORAM = str(Path(sys.executable).with_name("karakoram"))
PEER = [sys.executable, "-c", "import gnpy.tools.cli_examples"]
PEER_NAME = "import of gnpy.tools.cli_examples (peer)"
DESIGN = ["design", "URC", "MRS", "--bit-rate", "400G", "--protection", "1+1", "--json"]
COMMANDS = (
    ("karakoram --help", [KARAKORAM, "--help"], 0.35),
    ("karakoram " + " ".join(DESIGN), [KARAKORAM, *DESIGN], 1.5),
)
"""What is measured, and the CPU time that it should cost at most [s]."""


def cpu_s(command: list[str]) -> float:
    """CPU time, user and system, of one run [s].

    Raises
    ------
    CalledProcessError
        When the command does not end well: a failure is quick, and no measurement.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def median_cpu_s(command: list[str]) -> float:
    """Median CPU time over the repeats, after one run that is not counted [s]."""
    cpu_s(command)
    return statistics.median(cpu_s(command) for _ in range(REPEATS))


def measured_s(command: list[str], name: str) -> float | None:
    """Median CPU time [s]; ``None``, and a line that says why, when it cannot be measured."""
    try:
        return median_cpu_s(command)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"{name:<70}  cannot be measured: {problem}")
        return None


def main() -> int:
    """Print one line per command; 1 when one of ours could not be measured."""
    print(f"{'command':<70}{'CPU s':>8}{'target':>8}{'of peer':>9}")
    peer_s = measured_s(PEER, PEER_NAME)
    if peer_s is not None:
        print(f"{PEER_NAME:<70}{peer_s:>8.3f}{'':>8}{1:>9.2f}")
    code = 0
    for name, command, target_s in COMMANDS:
        taken_s = measured_s(command, name)
        if taken_s is None:
            code = 1
            continue
        ratio = "" if peer_s is None else f"{taken_s / peer_s:.2f}"
        verdict = "met" if taken_s <= target_s else "missed"
        print(f"{name:<70}{taken_s:>8.3f}{target_s:>8.2f}{ratio:>9}  target {verdict}")
    return code


if __name__ == "__main__":
    sys.exit(main())
