"""What the pages say of ``optics regenerators`` is what it does."""

import re
from pathlib import Path

from karakoram.adapters.formats.regenerator_files import (
    COLUMNS,
    DEMANDS_MAX,
    json_from_regenerators,
)
from karakoram.engines.optimise import SearchLimit
from karakoram.planning.regenerator_plan import PATHS_MAX, PlanChoices, regenerator_plan
from karakoram.planning.regenerator_plan import WavelengthDemand as Wanted
from karakoram.usecases.plan.plan_regenerators import MAIN_PAIRS, PATHS_ASKED_MAX

REFERENCE = Path("docs/reference/cli.md").read_text(encoding="utf-8")
THEORY = " ".join(Path("docs/theory/regenerators.md").read_text(encoding="utf-8").split())


def section(title):
    _, found, rest = REFERENCE.partition(f" {title}\n")
    assert found
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def leaves(value, place=""):
    if isinstance(value, dict):
        return {one for key, inner in value.items() for one in leaves(inner, f"{place}.{key}")}
    if isinstance(value, list):
        return {one for inner in value or [None] for one in leaves(inner, f"{place}[]")}
    return {place.removeprefix(".")}


def test_the_json_has_the_documented_keys(prepared_corridor):
    demands = [
        Wanted(a_site_id=a, z_site_id=z, bit_rate_gbps=rate)
        for a, z, rate in (("KHG", "KHI", 400.0), ("RWP", "LHE", 90_000.0))
    ]
    plan = regenerator_plan(prepared_corridor, demands, choices=PlanChoices())
    made = {one for one in leaves(json_from_regenerators(plan)) if not one.endswith("lightpaths[]")}
    cells = re.findall(r"^\| (`.*?) \|", section("JSON of `optics regenerators`"), re.MULTILINE)
    assert made == {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


def test_the_pages_name_the_limits_and_columns_that_hold():
    text = section("`karakoram optics regenerators`")
    assert all(f"`{name}`" in text for name in COLUMNS)
    assert f"1 to {PATHS_ASKED_MAX} | {PATHS_MAX} |" in text
    assert f"at most {DEMANDS_MAX:,}" in text
    assert len(MAIN_PAIRS) == 12
    limit = SearchLimit()
    assert f"most columns ({limit.columns_max:,}) and seconds for each step ({limit.time_s:g})" in (
        THEORY
    )
    assert f"K shortest paths ({PATHS_MAX}, `--paths`)" in THEORY
