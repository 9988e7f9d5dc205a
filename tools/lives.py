"""How do the lives of quotes, orders, resources and invoices look, drawn from their tables?

Rewrites the drawn parts of ``docs/theory/lives.md``; the words around them stay. With ``--check``
nothing is written, and the exit code is 1 where the page is not what the tables say.
"""

import re
import sys
from collections.abc import Mapping
from enum import Enum
from itertools import product as every
from pathlib import Path
from typing import Any

from karakoram.core.life import Life
from karakoram.sales.api_clients import CLIENT_LIFE
from karakoram.sales.inventory.resources import RESOURCE_LIFE
from karakoram.sales.jobs import JOB_LIFE
from karakoram.sales.orders import LEG_LIFE, LegState, order_state
from karakoram.sales.products import PRODUCT_LIFE
from karakoram.sales.purchases import PURCHASE_LIFE
from karakoram.sales.quotes import QUOTE_LIFE
from karakoram.settlement.disputes import DISPUTE_LIFE
from karakoram.settlement.invoices import INVOICE_LIFE
from karakoram.settlement.statements import STATEMENT_LIFE

PAGE = Path(__file__).parent.parent / "docs" / "theory" / "lives.md"
LIVES: tuple[Life[Any, Any], ...] = (
    QUOTE_LIFE,
    LEG_LIFE,
    PRODUCT_LIFE,
    RESOURCE_LIFE,
    PURCHASE_LIFE,
    INVOICE_LIFE,
    STATEMENT_LIFE,
    DISPUTE_LIFE,
    JOB_LIFE,
    CLIENT_LIFE,
)
ORDER = "order"
DRAWN = re.compile(r"<!-- drawn: (?P<name>\w+) -->\n.*?<!-- end -->", re.DOTALL)


def diagram(life: Life[Any, Any]) -> str:
    """A life as a Mermaid state diagram; every arrow is one entry of its table."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.value}" as {state.name}' for state in life.transitions]
    lines.append(f"    [*] --> {life.first.name}")
    for state, ways in life.transitions.items():
        lines += [f"    {state.name} --> {after.name}: {way.value}" for way, after in ways.items()]
        if life.is_final(state):
            lines.append(f"    {state.name} --> [*]")
    return "\n".join([*lines, "```"])


def order_table() -> str:
    """What an order is whose legs are in one of two states, for every two."""
    states = list(LegState)
    lines = [
        "| legs | " + " | ".join(state.value for state in states) + " |",
        "|---" * (len(states) + 1) + "|",
    ]
    found = {pair: order_state(pair).value for pair in every(states, repeat=2)}
    for one in states:
        cells = (found[one, other] for other in states)
        lines.append(f"| **{one.value}** | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def drawings() -> Mapping[str, str]:
    """Everything that is drawn on the page, by the name that its place bears."""
    return {**{life.subject: diagram(life) for life in LIVES}, ORDER: order_table()}


def redrawn(page: str) -> str:
    """The page with each drawn part as the tables are now.

    Raises
    ------
    ValueError
        If a drawing has no place on the page, or a place no drawing.
    """
    drawn = drawings()
    places = [found["name"] for found in DRAWN.finditer(page)]
    if sorted(places) != sorted(drawn):
        raise ValueError(f"the page must have places for {sorted(drawn)}, has {sorted(places)}")
    return DRAWN.sub(
        lambda found: f"<!-- drawn: {found['name']} -->\n{drawn[found['name']]}\n<!-- end -->", page
    )


class Outcome(Enum):
    """How a run ends."""

    SAME = 0
    OUT_OF_STEP = 1


def main(page: Path, *, is_check: bool) -> Outcome:
    """Write the page anew, or only say whether it is in step."""
    before = page.read_text(encoding="utf-8")
    after = redrawn(before)
    if after == before:
        return Outcome.SAME
    if is_check:
        print(f"{page} is not what the tables say; run tools/lives.py")
        return Outcome.OUT_OF_STEP
    page.write_text(after, encoding="utf-8")
    return Outcome.SAME


if __name__ == "__main__":
    sys.exit(main(PAGE, is_check="--check" in sys.argv[1:]).value)
