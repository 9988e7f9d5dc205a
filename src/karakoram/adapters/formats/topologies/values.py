"""Which name or number does a piece of text in a topology's file stand for?"""

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.core.cells import CellBreach, parser_from_hint, shown
from karakoram.core.findings import Place
from karakoram.core.identifiers import SiteId

_number = parser_from_hint(float)
_identifier = parser_from_hint(SiteId)


def number_from_text(text: str, log: Log, *, place: Place) -> float | None:
    """The number; ``None`` where there is none, and the log says why."""
    value = _number(text)
    if isinstance(value, CellBreach):
        log.find(value.code, value.message, place=place)
        return None
    assert isinstance(value, float), "the parser of float gives nothing else"
    return value


def name_from_text(text: str, log: Log, *, place: Place) -> str | None:
    """The name without blanks around it; ``None`` where it is none, and the log says why."""
    value = _identifier(text)
    if isinstance(value, CellBreach):
        log.find(value.code, value.message, place=place)
        return None
    if not value:
        log.find("missing-name", f"{shown(text)} is no name; write one", place=place)
        return None
    return str(value)
