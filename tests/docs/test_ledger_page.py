"""Every refusal of the ledger stands on its page."""

import re
from pathlib import Path

PAGE = Path("docs/theory/ledger.md").read_text(encoding="utf-8")
TEXT = "".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path("src/karakoram/settlement/ledger").glob("*.py"))
)


def test_every_refusal_of_the_ledger_is_on_the_page_and_none_is_gone():
    codes = set(re.findall(r'_refusal\(\s*transfer,\s*"([\w-]+)"', TEXT))
    codes |= set(re.findall(r'code="([\w-]+)"', TEXT))
    codes |= set(re.findall(r'code="[\w-]+" if \w+ else "([\w-]+)"', TEXT))
    rows = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", PAGE, flags=re.MULTILINE)
    documented = {code for row in rows for code in re.findall(r"`([\w-]+)`", row)}
    assert len(documented) > 15
    assert documented == codes
