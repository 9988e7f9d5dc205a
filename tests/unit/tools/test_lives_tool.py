"""The page of lives is what the tables say, and a page that is not is seen."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from karakoram.sales.products import PRODUCT_LIFE, ProductEvent, ProductState

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def lives():
    spec = importlib.util.spec_from_file_location("lives", ROOT / "tools" / "lives.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_tables_say(lives):
    page = lives.PAGE.read_text(encoding="utf-8")
    assert lives.redrawn(page) == page, "tools/lives.py draws the page anew"


def test_every_entry_of_a_table_is_one_arrow(lives):
    arrows = [line.strip() for line in lives.diagram(PRODUCT_LIFE).splitlines() if "-->" in line]
    entries = sum(len(ways) for ways in PRODUCT_LIFE.transitions.values())
    finals = sum(map(PRODUCT_LIFE.is_final, ProductState))
    assert len(arrows) == len(set(arrows)) == 1 + entries + finals
    assert "SUSPENDED --> ACTIVE: resume" in arrows


def test_the_table_of_orders_names_what_two_legs_make(lives):
    rows = [
        [cell.strip(" *") for cell in row.split("|")] for row in lives.order_table().split("\n")
    ]
    failed, held = rows[0].index("failed"), rows[0].index("held")
    completed = next(row for row in rows if row[1] == "completed")
    assert (completed[held], completed[failed], completed[2]) == ("held", "failed", "partial")


def test_every_table_that_is_drawn_is_asked_by_what_moves_a_thing(lives):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = {name for name in vars(lives) if name.endswith("_LIFE")}
    assert len(names) == len(lives.LIVES)
    assert {name for name in names if f"{name}.next_state(" not in code} == set()


def test_a_table_that_changed_puts_the_page_out_of_step(lives, monkeypatch, tmp_path, capsys):
    page = tmp_path / "lives.md"
    page.write_text(lives.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    ways = {**PRODUCT_LIFE.transitions[ProductState.SUSPENDED]}
    del ways[ProductEvent.CEASE]
    changed = {**PRODUCT_LIFE.transitions, ProductState.SUSPENDED: ways}
    others = [life for life in lives.LIVES if life is not PRODUCT_LIFE]
    monkeypatch.setattr(lives, "LIVES", (*others, replace(PRODUCT_LIFE, transitions=changed)))
    assert lives.main(page, is_check=True) is lives.Outcome.OUT_OF_STEP
    assert "run tools/lives.py" in capsys.readouterr().out
    assert lives.main(page, is_check=False) is lives.Outcome.SAME
    assert "SUSPENDED --> PENDING_TERMINATE" not in page.read_text(encoding="utf-8")
    assert lives.main(page, is_check=True) is lives.Outcome.SAME


def test_a_drawing_without_a_place_is_refused(lives):
    with pytest.raises(ValueError, match="must have places for"):
        lives.redrawn("<!-- drawn: quote -->\n<!-- end -->\n")
