"""Does the first page lead to every page, and the page on validation name every comparison?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INDEX = (DOCS / "index.md").read_text(encoding="utf-8")
VALIDATION = (DOCS / "validation.md").read_text(encoding="utf-8")
PAGES = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
COMPARISONS = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "against").glob("test_*.py")
)
GOLDEN = sorted(path.parent.name for path in (ROOT / "tests" / "golden").rglob("case.toml"))
NAMED = sorted(set(re.findall(r"`pytest ([\w/.]+)`", VALIDATION)))
BENCHED = sorted(set(re.findall(r"`bench (\w+)`", VALIDATION)))


@pytest.mark.parametrize("page", [page for page in PAGES if page != "index.md"])
def test_the_first_page_leads_to_every_page(page):
    assert re.search(rf"\]\({re.escape(page)}(?:#[\w-]+)?\)", INDEX)


@pytest.mark.parametrize("path", COMPARISONS)
def test_every_independent_comparison_is_on_the_page(path):
    assert path in NAMED


@pytest.mark.parametrize("case", GOLDEN)
def test_every_golden_case_is_on_the_page(case):
    assert f"`{case}`" in VALIDATION


@pytest.mark.parametrize("path", NAMED)
def test_every_comparison_on_the_page_can_be_run(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("word", BENCHED)
def test_every_benchmark_on_the_page_can_be_run(word):
    assert (ROOT / "benchmarks" / f"bench_{word}.py").is_file()


def test_every_benchmark_is_on_the_page():
    files = (ROOT / "benchmarks").glob("bench_*.py")
    assert {file.stem.removeprefix("bench_") for file in files} == set(BENCHED)


def test_the_pairs_of_each_topology_are_those_that_are_compared():
    source = (ROOT / "tests" / "against" / "test_routing_ilp.py").read_text(encoding="utf-8")
    pairs = re.findall(
        r'"([\w-]+)": (\d+)', re.search(r"^PAIRS = \{.*?\}", source, re.MULTILINE)[0]
    )
    assert len(pairs) == 3
    for name, count in pairs:
        assert f"{name} ({count} pairs)" in VALIDATION
