from dataclasses import replace

import pytest

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.topologies.drafts import (
    DemandDraft,
    SectionDraft,
    SiteDraft,
    TopologyDraft,
    readable_ids,
    topology_from_draft,
)
from karakoram.adapters.formats.topologies.judgement import file_provenance
from karakoram.core.findings import Place

AT = Place(table="t", file="t.x", row=1)
SITES = tuple(SiteDraft(site_id=name, place=AT) for name in ("A", "B", "C"))


def line(a, z, length_km=1.0, **fields):
    return SectionDraft(a=a, z=z, length_km=length_km, place=AT, **fields)


def read(*sections, sites=SITES, **fields):
    draft = TopologyDraft(
        name="t", sites=sites, sections=sections, provenance=file_provenance("t.x"), **fields
    )
    return topology_from_draft(draft, Log("t.x"))


def test_several_sections_each_way_pair_off_in_their_order():
    there = [line("A", "B", km, is_one_way=True) for km in (1.0, 2.0)]
    back = [line("B", "A", km, is_one_way=True) for km in (1.0, 2.0)]
    reading = read(*there, *back, line("B", "C"))
    assert reading.findings == ()
    assert [s.length_km for s in reading.required().sections] == [1.0, 2.0, 1.0]


def test_groups_of_both_directions_are_kept():
    there = line("A", "B", risk_groups=("x", "y"), is_one_way=True)
    back = line("B", "A", risk_groups=("y", "z"), is_one_way=True)
    (section,) = read(there, back, sites=SITES[:2]).required().sections
    assert section.risk_group_ids == ("x", "y", "z")


def test_nothing_is_told_about_ends_that_may_stand_in_a_line_in_error():
    reading = read(line("A", "X"), line("A", "B"), line("B", "C"), knows_every_site=False)
    assert reading.findings == ()
    assert len(reading.required().sections) == 2
    assert [f.code for f in read(line("A", "X")).findings] == ["unknown-site"]


def test_many_unknown_ends_are_all_found_though_not_all_get_a_proposal():
    sites = (SiteDraft(site_id="Aachen", place=AT),)
    reading = read(*(line("Aachen", f"Aachen{i}") for i in range(40)), sites=sites)
    assert len(reading.findings) == 40
    assert sum("did you mean" in f.message for f in reading.findings) == 20


def test_a_record_that_breaks_a_rule_is_a_finding_at_its_place():
    demand = DemandDraft(a="A", z="B", volume=-1.0, place=replace(AT, row=7))
    (finding,) = read(line("A", "B"), line("B", "C"), demands=(demand,)).findings
    assert (finding.code, finding.place.row) == ("broken-rule", 7)
    assert finding.message == "volume must be at least 0, got -1"


@pytest.mark.parametrize(
    ("names", "readable"),
    [
        ({"0": "Aachen", "1": "Bonn"}, ["Aachen", "Bonn"]),
        ({"0": "1", "1": ""}, ["0", "1"]),
        ({"0": "x" * 101, "1": "B"}, ["0", "B"]),
        ({"0": "B (2)", "1": "B", "2": "B"}, ["0", "1", "2"]),
    ],
)
def test_a_name_stands_for_a_site_only_where_all_stay_told_apart(names, readable):
    assert list(readable_ids(names).values()) == readable
