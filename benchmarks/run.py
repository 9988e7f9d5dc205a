"""Runs every benchmark, each in a process of its own, and says what each of them took.

``python benchmarks/run.py commands routing`` runs those whose file name holds one of the words.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Taken(NamedTuple):
    """What one benchmark took."""

    name: str
    exit_code: int
    wall_s: float
    cpu_s: float


def children_cpu_s() -> float:
    """CPU time, user and system, of every process that was started and has ended [s]."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def chosen(words: list[str]) -> list[Path]:
    """The benchmarks whose name holds one of the words; all of them without words."""
    files = sorted(HERE.glob("bench_*.py"))
    return [file for file in files if not words or any(word in file.stem for word in words)]


def run(file: Path) -> Taken:
    """Run one benchmark; what it prints goes straight to the reader."""
    print(f"\n== {file.stem.removeprefix('bench_')} " + "=" * 60, flush=True)
    wall_start_s, cpu_start_s = time.perf_counter(), children_cpu_s()
    ended = subprocess.run([sys.executable, str(file)], check=False, stdin=subprocess.DEVNULL)
    wall_s, cpu_s = time.perf_counter() - wall_start_s, children_cpu_s() - cpu_start_s
    return Taken(file.stem, ended.returncode, wall_s, cpu_s)


def main(words: list[str]) -> int:
    """Run the benchmarks chosen and print the closing table; 1 when one of them failed."""
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {python}, {os.cpu_count()} cores, {sys.platform}")
    results = [run(file) for file in chosen(words)]
    print(f"\n{'benchmark':<28}{'wall s':>10}{'CPU s':>10}  result")
    for name, exit_code, wall_s, cpu_s in results:
        result = "done" if exit_code == 0 else f"failed, exit code {exit_code}"
        print(f"{name:<28}{wall_s:>10.2f}{cpu_s:>10.2f}  {result}")
    return int(any(result.exit_code for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
