"""Whether the benchmark of sales runs, on few services, and says what it measured."""

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[3] / "benchmarks" / "bench_sales.py"


def test_it_sells_traces_backs_up_and_restores():
    done = subprocess.run(
        [sys.executable, str(BENCH), "40", "6", "3000"],
        check=True,
        capture_output=True,
        text=True,
    )
    told = done.stdout
    assert re.search(r"^40 active services", told, re.MULTILINE)
    assert re.search(r"6 random wishes of \d+ offerings, [4-6] offered", told)
    assert re.search(r"trace of fibre:BBS-NRN, 40 services among \d+ riders", told)
    assert len(re.findall(r"^page of ten of \d+ \w+, after \d+: median", told, re.MULTILINE)) == 6
    assert len(re.findall(r"3,000 records", told)) == 4
    billed = re.findall(r"^(\S+) billed to \S+ who pay: (\d+) invoices", told, re.MULTILINE)
    assert [month for month, _ in billed] == ["2026-12", "2027-01", "2027-01"]
    assert [int(count) > 0 for _, count in billed] == [True, True, False]
