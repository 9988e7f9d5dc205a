"""The guide to selling names functions and refusals that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guides" / "selling.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "karakoram"
WRITTEN = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("usecases", "sales", "core")
    for path in sorted((SOURCE / folder).rglob("*.py"))
)
STEPS, CODES = (
    [name for row in table for name in re.findall(r"`([\w-]+)`", row)]
    for table in (
        re.findall(r"^\| [^|`]+\| (`[^|]+)\|", PAGE, re.MULTILINE),
        re.findall(r"^\| (`[^|]+)\|", PAGE, re.MULTILINE),
    )
)
BY_LEG_EVENT = {"leg-rejected", "leg-failed"}
"""Made from the word of the event."""


def test_both_tables_are_seen():
    assert {"issue_quote", "place_order", "advance_leg"} <= set(STEPS)
    assert {"quote-expired", "no-room-left"} <= set(CODES)


@pytest.mark.parametrize("name", sorted(set(STEPS)))
def test_each_step_is_a_function(name):
    assert f"\ndef {name}(" in WRITTEN


@pytest.mark.parametrize("code", sorted(set(CODES) - BY_LEG_EVENT))
def test_each_refusal_has_its_code(code):
    assert f'code="{code}"' in WRITTEN


def test_no_refusal_of_selling_is_left_out():
    names = ("issue_quote", "place_order", "advance_leg", "end_product", "sales_action")
    folder = SOURCE / "usecases" / "sell"
    texts = ((folder / f"{name}.py").read_text(encoding="utf-8") for name in names)
    assert {code for text in texts for code in re.findall(r'code="([\w-]+)"', text)} <= set(CODES)
