"""Demands in words, from a file to a plan, its JSON and its screen."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from karakoram.adapters.formats.regenerator_files import (
    DEMANDS_MAX,
    json_from_regenerators,
    read_demands,
)
from karakoram.core.errors import InvalidDataError
from karakoram.engines.optimise import SiteSearch
from karakoram.interfaces.cli.regenerators_screen import show_regenerators
from karakoram.usecases.plan_regenerators import (
    DemandWords,
    RegeneratorAnswer,
    RegeneratorQuestion,
    plan_regenerators,
)
from tests.support.planning_networks import fibre, mode, network_of, small_library
from tests.support.ports import GivenNetwork

LIBRARY = small_library(transceiver_modes={"400G": mode("400G", 400.0, cd_ps_per_nm_max=5_500.0)})
CHAIN = network_of(
    *(fibre(a, z, 160.0) for a, z in ("AB", "BC", "CD", "DZ")), library=LIBRARY, more_sites=["X"]
)


def answer(*demands, network=CHAIN, **asked):
    question = RegeneratorQuestion(demands=demands or None, **asked)
    return plan_regenerators(question, networks=GivenNetwork(network))


def words(from_site="A", to_site="Z", bit_rate="400G", **more):
    return DemandWords(from_site=from_site, to_site=to_site, bit_rate=bit_rate, **more)


def findings_of(call, *arguments, **named):
    with pytest.raises(InvalidDataError) as refusal:
        call(*arguments, **named)
    return refusal.value.findings


def written(tmp_path, text):
    path = tmp_path / "wanted.csv"
    path.write_text(text, encoding="utf-8")
    return path


def screen_text(found):
    console = Console(file=StringIO(), width=100, markup=False, highlight=False)
    show_regenerators(console, found)
    return " ".join(console.file.getvalue().split())


def test_a_file_is_read_row_by_row_whatever_the_order_of_its_columns(tmp_path):
    path = written(tmp_path, "bit_rate,from,to\n400G,A,Z town\n0.8T,A,B\n")
    first, second = read_demands(path)
    assert (first.from_site, first.to_site, first.bit_rate) == ("A", "Z town", "400G")
    assert str(second.place) == "wanted.csv row 3"
    found = answer(first)
    assert found.plan.demands[0].demand.z_site_id == "Z"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("from,to\nA,Z\n", "missing-column", "has no column bit_rate"),
        ("from,to,bit_rate,form\nA,Z,400G,B\n", "unknown-column", "did you mean from?"),
        ("from,to,bit_rate\n", "empty-table", "holds no demand"),
        ("from,to,bit_rate\nA,Z\n", "row-width", ""),
        ("from,to,bit_rate\n" + "A,Z,400G\n" * (DEMANDS_MAX + 1), "too-many-rows", "at most 2,000"),
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path, text, code, message):
    found = findings_of(read_demands, written(tmp_path, text))
    assert any(message in one.message for one in found)
    if code != "row-width":
        assert [one.code for one in found] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert findings_of(read_demands, tmp_path / "none.csv")[0].code == "missing-file"


def test_every_word_that_means_nothing_is_told_with_its_row(tmp_path):
    path = written(tmp_path, "from,to,bit_rate\nQ,Z,400G\nA,W,fast\n")
    found = findings_of(answer, *read_demands(path))
    assert [one.where for one in found] == [
        "wanted.csv row 2, field from",
        "wanted.csv row 3, field to",
        "wanted.csv row 3, field bit_rate",
    ]


def test_a_demand_between_a_site_and_itself_is_told(tmp_path):
    path = written(tmp_path, "from,to,bit_rate\nA,A town,400G\n")
    (finding,) = findings_of(answer, *read_demands(path))
    assert "are one site" in finding.message
    assert finding.where == "wanted.csv row 2, field to"
    assert "are one site" in findings_of(answer, words("A", "A"))[0].message


def test_words_without_a_file_are_told_by_their_field():
    (finding,) = findings_of(answer, words(from_site="Q"))
    assert finding.place.field == "from"


@pytest.mark.parametrize("paths", [0, 101])
def test_a_number_of_paths_that_cannot_be_is_told(paths):
    (finding,) = findings_of(answer, words(), paths=paths)
    assert "must be 1 to 100" in finding.message


def test_a_site_to_regenerate_at_is_a_site():
    (finding,) = findings_of(answer, words(), at=("Nowhere",))
    assert finding.place.field == "at"


def test_regenerators_stand_where_they_are_asked_for():
    assert set(answer(words()).plan.regenerators) == {"C"}
    assert answer(words("A", "D"), at=("B",)).plan.regenerators == {"B": 1}


def test_without_demands_a_network_of_other_sites_is_refused():
    (finding,) = findings_of(answer)
    assert "name yours in a file" in finding.message


def test_json_and_screen_say_the_same():
    found = answer(words(), words("A", "B"), words("A", "X"))
    payload = json_from_regenerators(found.plan)
    assert payload["totals"] == {"transponders": 6, "regenerator_sites": 1, "length_km": 800.0}
    assert payload["regenerators"] == [{"site": "C", "regenerators": 1}]
    assert payload["infeasible"] == [2]
    assert payload["demands"][0]["sites"] == ["A", "B", "C", "D", "Z"]
    assert [one["to"] for one in payload["demands"][0]["lightpaths"]] == ["C", "Z"]
    assert payload["demands"][2]["lightpaths"] == []
    assert payload["demands"][2]["length_km"] is None
    assert payload["proof"]["proven"] is True
    text = screen_text(found)
    assert "3 demands: 6 transponders, regenerators at 1 site, 800.0 km" in text
    assert "A Z 400 640.0 4 C" in text
    assert "none: over plant in service" in text
    assert "C town (C) 1" in text
    assert "Proven: no plan has fewer transponders" in text


def test_the_screen_says_what_is_not_proven():
    found = answer(words("A", "B"))
    assert "Regenerators Site" not in screen_text(found)
    plan = replace(found.plan, proven=False, search=SiteSearch.GREEDY, site_count_bound=2)
    text = screen_text(RegeneratorAnswer(network=found.network, plan=plan))
    assert "at least 2 sites and 160.0 km are needed, which is all that is proven" in text
    assert "sites were left out one by one" in text
