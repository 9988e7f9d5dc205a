"""How do the words ``name=value`` and ``name=one|other`` of a catalogue's cells read?"""

from collections.abc import Iterable, Mapping

from karakoram.core.cells import shown

EQUALS = "="
OR = "|"


def values_by_word(words: Iterable[str]) -> Mapping[str, str]:
    """What stands behind ``=``, by what stands before it.

    Raises
    ------
    ValueError
        Where a word has no ``=``, nothing on one side of it, or a name stands twice.

    >>> values_by_word(("STM-1=1", "STM-4=4"))
    {'STM-1': '1', 'STM-4': '4'}
    """
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = (part.strip() for part in word.rpartition(EQUALS))
        if not (name and sign and value):
            raise ValueError(f"{shown(word)} must be two words with = between, as in STM-4=4")
        if name in found:
            raise ValueError(f"{shown(name)} must stand once, got it twice")
        found[name] = value
    return found


def choices_by_name(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The values that each name may have.

    Raises
    ------
    ValueError
        As of :func:`values_by_word`, or where a value is empty.

    >>> choices_by_name(("bit_rate_gbps=100|400",))
    {'bit_rate_gbps': ('100', '400')}
    """
    found = {}
    for name, joined in values_by_word(words).items():
        choices = tuple(part.strip() for part in joined.split(OR))
        if not all(choices):
            raise ValueError(f"{shown(joined)} must have a value on each side of {OR}")
        found[name] = choices
    return found


def holds(words: Iterable[str], values: Mapping[str, str]) -> bool:
    """Whether each name has one of the values that the words say.

    >>> holds(("signal=E1|E3",), {"signal": "E3"}), holds((), {})
    (True, True)
    """
    wanted = choices_by_name(words)
    return all(values.get(name) in choices for name, choices in wanted.items())
