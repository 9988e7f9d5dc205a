"""What may somebody send that is kept as it is and told again?

Whatever a store cannot hold, no answer can tell or no terminal may print is refused before anything
is done for it; else the record would be made, and its answer never.
"""

import sys
from collections import deque

from karakoram.core.cells import control_breach
from karakoram.core.names import line_breach, lone_breach, name_breach

NUMBER_MAX = sys.float_info.max
"""RFC 8259, section 6: beyond what a double holds, whoever reads a number reads another or none."""
_SHOWN_DIGITS = 20
DEPTH_MAX = 32
"""Objects and lists within each other; requests of the specifications have ten."""


def one_line(word: str) -> str:
    """The word, which stands on one line.

    Raises
    ------
    ValueError
        If it does not, or steers what shows it.
    """
    breach = line_breach(word)
    if breach is not None:
        raise ValueError(breach)
    return word


def one_name(word: str) -> str:
    """The word, which names something.

    Raises
    ------
    ValueError
        If it is blank, too long or not one line.
    """
    breach = name_breach(word)
    if breach is not None:
        raise ValueError(breach)
    return word


def tellable(sent: object) -> object:
    r"""A body, or a part of one, that can be kept and told again.

    >>> tellable({"note": [{"text": "two\nlines"}]})
    {'note': [{'text': 'two\nlines'}]}

    Raises
    ------
    ValueError
        Naming the first thing that cannot, and where it stands.
    """
    waiting: deque[tuple[str, object, int]] = deque([("", sent, 0)])
    while waiting:
        place, value, depth = waiting.popleft()
        breach = f"holds more than {DEPTH_MAX} levels" if depth > DEPTH_MAX else _breach(value)
        if breach is not None:
            raise ValueError(f"{place}: {breach}" if place else breach)
        waiting.extend(
            (f"{place}.{name}".lstrip("."), each, depth + 1) for name, each in _in(value)
        )
    return sent


def _in(value: object) -> list[tuple[object, object]]:
    """What stands in an object or a list, by name or number."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _breach(value: object) -> str | None:
    """Why a value cannot be kept; of an object, why one of its names cannot."""
    if isinstance(value, int | float) and not -NUMBER_MAX <= value <= NUMBER_MAX:
        return f"must be a number up to {NUMBER_MAX:.1e} in size, got {_shown(str(value))}"
    words = value if isinstance(value, dict) else [value]
    told = (_text_breach(word) for word in words if isinstance(word, str))
    return next((breach for breach in told if breach is not None), None)


def _shown(number: str) -> str:
    """A number, cut short where it has more digits than anybody reads."""
    count = len(number.lstrip("-"))
    return number if count <= _SHOWN_DIGITS else f"{number[:_SHOWN_DIGITS]}… of {count} digits"


def _text_breach(text: str) -> str | None:
    control = control_breach(text)
    return lone_breach(text) if control is None else control.message
