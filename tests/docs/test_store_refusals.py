"""Every refusal of a store stands on its page."""

import re
from pathlib import Path

PAGE = Path("docs/reference/store-commands.md").read_text(encoding="utf-8")
SOURCES = (*Path("src/karakoram/adapters/store").rglob("*.py"),)


def test_every_refusal_of_a_store_is_on_the_page_and_none_is_gone():
    texts = (path.read_text(encoding="utf-8") for path in SOURCES)
    codes = {code for text in texts for code in re.findall(r'code="([\w-]+)"', text)}
    documented = set(re.findall(r"`([\w-]+)`", PAGE.partition("## Refusals")[2]))
    assert codes
    assert documented == codes
