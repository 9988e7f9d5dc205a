import errno
import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import pairwise
from pathlib import Path

import pytest

from karakoram.adapters.formats.report.page import html_from_design, write_report
from karakoram.adapters.formats.report.parts import Table, table
from karakoram.adapters.formats.report.summary import offer_groups
from karakoram.core.identifiers import CableId, SiteId
from karakoram.planning.demand import Exclusions
from karakoram.planning.offers import (
    OfferLabel,
)
from tests.support.markup import all_of, classes, local_name, of_class, outline, text_of, tree
from tests.support.offers import infeasible_answer, service_design
from tests.support.report_pages import (
    DESIGN,
    NETWORK,
    PAGE,
    PAGES,
    ROOT,
    rows_of,
    section_of,
    table_of,
)
from tests.support.small_corridor import small_network

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'

every_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


@every_page
def test_every_element_is_closed_where_it_should_be(page):
    assert page.startswith("<!DOCTYPE html>\n<html ")
    assert outline(page).misnested == []
    tree(page)


@every_page
def test_the_page_has_a_language_a_title_and_one_main_part(page):
    root = tree(page)
    assert root.get("lang") == "en"
    assert "Urumqi to Marseille" in text_of(all_of(root, "title")[0])
    assert len(all_of(root, "main")) == len(all_of(root, "h1")) == 1
    assert all_of(root, "meta")[0].get("charset") == "utf-8"


@every_page
def test_headings_skip_no_level(page):
    levels = [int(tag[1]) for tag, _ in outline(page).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_page
def test_identifiers_are_unique_and_every_reference_finds_one(page):
    root = tree(page)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert max(ids.values()) == 1
    for element in root.iter():
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.get(name, "").split()) <= set(ids)
        href = element.get("href", "")
        if href.startswith("#"):
            assert href[1:] in ids
        for reference in re.findall(r"url\(#([^)]*)\)", element.get("fill", "")):
            assert reference in ids


@every_page
def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page):
    for found in all_of(tree(page), "table"):
        assert text_of(all_of(found, "caption")[0])
        assert all(cell.get("scope") in {"col", "row"} for cell in all_of(found, "th"))
        widths = {len(list(row)) for row in all_of(found, "tr")}
        assert len(widths) == 1


@every_page
def test_every_drawing_has_a_title_and_a_description_or_is_hidden(page):
    for drawing in all_of(tree(page), "svg"):
        if drawing.get("aria-hidden") != "true":
            assert drawing.get("role") == "img"
            assert text_of(next(c for c in drawing if local_name(c) == "title"))
            assert text_of(next(c for c in drawing if local_name(c) == "desc"))


@every_page
def test_nothing_is_fetched_and_nothing_runs(page):
    parsed = outline(page)
    tags = {tag for tag, _ in parsed.elements}
    assert not tags & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "image",
    }
    for tag, attributes in parsed.elements:
        assert not {"src", "srcset", "data", "action", "xlink:href"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        href = attributes.get("href", "#")
        assert href.startswith("#") or (tag == "a" and href.startswith("https://"))
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


@every_page
def test_the_keyboard_reaches_the_answer_and_every_frame_that_scrolls(page):
    root = tree(page)
    first = next(element for element in all_of(root, "body")[0] if local_name(element) == "a")
    assert first.get("href") == "#answer"
    for frame in of_class(root, "scroll"):
        assert (frame.get("tabindex"), frame.get("role")) == ("0", "region")
        assert frame.get("aria-label")


@every_page
def test_sources_of_coordinates_and_coasts_are_credited(page):
    foot = text_of(all_of(tree(page), "footer")[0])
    assert "GeoNames (CC BY 4.0)" in foot
    assert "Natural Earth" in foot
    assert "Karakoram" in foot


def test_the_page_has_a_dark_and_a_paper_face():
    assert "@media (prefers-color-scheme: dark)" in PAGE
    assert "@media print" in PAGE


def test_the_answer_is_one_sentence_with_price_delay_and_availability():
    lead = text_of(of_class(ROOT, "lead")[0])
    assert lead.startswith("Yes: 400G from Urumqi to Marseille, protected 1+1, can be offered")
    assert "USD 70,818.50 a month" in lead
    assert "136.8 ms there and back" in lead
    assert "99.80 %" in lead
    assert "1,052 minutes a year" in lead


def test_offers_that_are_the_same_service_share_a_column_and_a_section():
    groups = offer_groups(DESIGN)
    assert [group.labels for group in groups] == [
        (OfferLabel.CHEAPEST, OfferLabel.LOWEST_LATENCY),
        (OfferLabel.MOST_DIVERSE,),
    ]
    heads = [text_of(cell) for cell in all_of(table_of(ROOT, "The services side by side"), "th")]
    assert heads[1:3] == ["Cheapest and lowest latency", "Most diverse"]
    assert text_of(section_of(ROOT, "offer-1")).startswith("Cheapest and lowest latency")


def test_every_label_of_three_different_offers_has_its_section():
    offers = tuple(
        replace(DESIGN.offers[0], label=label, unavailability=0.001 * number)
        for number, label in enumerate(OfferLabel, start=1)
    )
    page = tree(html_from_design(network=NETWORK, design=replace(DESIGN, offers=offers)))
    assert [h.get("id") for h in all_of(page, "h2")][1:4] == ["offer-1", "offer-2", "offer-3"]


def test_standing_is_a_word_at_key_figures():
    for row in all_of(table_of(ROOT, "The services side by side"), "tr"):
        name, words = text_of(row[0]), text_of(row)
        if name.startswith(("Glass", "Latency", "Smallest", "Availability", "Monthly", "One-off")):
            assert {"stated", "derived", "assumed"} & set(words.split()), name
    assert all(
        text_of(chip) in {"stated", "derived", "assumed"} for chip in of_class(ROOT, "trust")
    )


def test_advice_is_shown_and_its_heading_goes_when_there_is_none():
    assert "A second way north of Chilas" in text_of(ROOT)
    silent = html_from_design(network=NETWORK, design=replace(DESIGN, advice=()))
    assert "What would make it better" not in silent


def test_a_refusal_gives_every_reason_and_what_would_help():
    root = tree(PAGES["refused"])
    assert text_of(of_class(root, "lead")[0]).startswith("No: 400G from Urumqi to Marseille")
    rows = rows_of(all_of(root, "table")[0])
    assert [row[0] for row in rows] == ["latency-bound", "no-protection-path"]
    assert "allow at least 68.4 ms" in rows[0][2]
    assert "at most 10.0 ms one way" in text_of(all_of(root, "header")[0])


def test_a_single_reason_is_one_reason():
    refusal = replace(infeasible_answer(), reasons=infeasible_answer().reasons[:1])
    assert "for one reason." in html_from_design(network=NETWORK, design=refusal)


def test_what_was_asked_for_is_repeated():
    demand = replace(
        DESIGN.demand,
        avoid=Exclusions(
            site_ids=frozenset({SiteId("LHE")}), cable_ids=frozenset({CableId("SMW4")})
        ),
        via_site_ids=(SiteId("GIL"),),
    )
    page = tree(html_from_design(network=NETWORK, design=replace(DESIGN, demand=demand)))
    words = text_of(of_class(page, "request")[0])
    assert "avoiding LHE, SMW4" in words
    assert "by GIL" in words
    assert "Prices of 2026-11-22; term 36 months" in words


def test_a_design_without_offers_is_still_a_page():
    page = tree(html_from_design(network=NETWORK, design=replace(DESIGN, offers=())))
    assert "no offer was made" in text_of(of_class(page, "lead")[0])


def poisoned(value):
    """The same record with a hostile end to every text in it that is free text."""
    if isinstance(value, Enum) or not is_dataclass(value):
        return value
    free = {"name", "message", "note", "source", "figure", "subject", "status_note", "where"}
    changes = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name in free and isinstance(found, str) and not isinstance(found, Enum):
            changes[field.name] = found + HOSTILE
        elif isinstance(found, tuple):
            changes[field.name] = tuple(map(poisoned, found))
        elif is_dataclass(found):
            changes[field.name] = poisoned(found)
        elif isinstance(found, dict):
            changes[field.name] = {key: poisoned(record) for key, record in found.items()}
    return replace(value, **changes)


@pytest.mark.parametrize("answer", [DESIGN, infeasible_answer()], ids=["offers", "refusal"])
def test_hostile_text_anywhere_in_the_data_is_shown_and_never_run(answer):
    page = html_from_design(network=poisoned(NETWORK), design=poisoned(answer))
    parsed = outline(page)
    assert parsed.misnested == []
    assert not {"script", "img"} & {tag for tag, _ in parsed.elements}
    assert not any(name.startswith("on") for _, found in parsed.elements for name in found)
    assert "<script>alert(1)</script>" in text_of(tree(page))


def test_the_page_is_written_whole_and_replaces_an_older_one(tmp_path):
    target = tmp_path / "answer.html"
    target.write_text("older", encoding="utf-8")
    write_report(target, network=NETWORK, design=DESIGN)
    assert target.read_text(encoding="utf-8") == PAGE
    assert list(tmp_path.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == 0o644


def test_a_failed_write_leaves_the_older_page_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "answer.html"
    target.write_text("older", encoding="utf-8")

    def refuse(self, other):
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_report(target, network=NETWORK, design=DESIGN)
    assert target.read_text(encoding="utf-8") == "older"
    assert list(tmp_path.iterdir()) == [target]


def test_the_same_answer_gives_the_same_page():
    assert html_from_design(network=small_network(), design=service_design()) == PAGE


def test_the_page_is_of_a_size_to_send_by_mail():
    assert len(PAGE.encode("utf-8")) < 1_000_000


def test_a_table_without_a_total_has_no_foot():
    made = tree(table(Table(caption="C", headings=["a", "b"], rows=[("x", "1")])))
    assert not all_of(made, "tfoot")
    assert "n" not in {name for cell in all_of(made, "td") for name in classes(cell)}
