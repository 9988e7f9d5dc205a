"""How does a table fit the screen without a word of it broken or lost?"""

from collections.abc import Callable, Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli.screen import show_lines
from karakoram.interfaces.cli.texts import trusted
from karakoram.usecases.table_ports import Table as FileTable
from karakoram.usecases.table_ports import text_from_cell

_INDENT = 2
_GAPS = (3, 2, 1)
"""Blanks between columns, the widest that fit."""
_SAY_NOTHING = ("", "-")
_MARKS = tuple(trusted("", confidence) for confidence in Confidence)


def show_cells(console: Console, table: FileTable) -> None:
    """Print a table as it would be written to a file, columns without a cell filled left out."""
    rows = [[text_from_cell(cell) for cell in row] for row in table.rows]
    filled = [at for at in range(len(table.header)) if any(row[at] for row in rows)]
    headings = [table.header[at].replace("_", " ").capitalize() for at in filled]
    show_table(console, headings, ([row[at] or "-" for at in filled] for row in rows))


def show_table(
    console: Console,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    total: Sequence[str] | None = None,
) -> None:
    """Print a table, indented like the lines around it; cells wrap at blanks only.

    How far figures may be trusted stands in the heading where it is the same for a whole column.
    Where the screen is too narrow for the longest words of all columns side by side, the rows
    are stacked instead: each begins with its first cell, and the others follow by heading.

    Parameters
    ----------
    console
        Where to, and how wide it is.
    headings
        One a column; that of a column of numbers, which never wrap, begins with ``#``.
    rows
        As many cells each as there are headings.
    total
        A last row, set apart.
    """
    body = [tuple(row) for row in rows]
    every = body if total is None else [*body, tuple(total)]
    assert all(len(row) == len(headings) for row in every), "a cell for each heading"
    told, columns = _trust_told_once(headings, every)
    for gap in _GAPS:
        room = console.width - _INDENT - gap * (len(headings) - 1)
        widths = _widths(told, columns, room=room)
        if widths is not None:
            table = _table(told, widths, gap=gap)
            for place, row in enumerate(columns):
                if place == len(body):
                    table.add_section()
                table.add_row(*row)
            console.print(Padding(table, (0, 0, 0, _INDENT), expand=False))
            return
    for row in every:
        _show_stacked(console, headings, row)


def _trust_told_once(
    headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[tuple[str, ...]]]:
    r"""Headings and rows, with a mark that all cells of a column end with moved to its heading.

    >>> _trust_told_once(["#km"], [["1.5 (assumed)"], ["2.5 (assumed)"]])
    (['#km\n(assumed)'], [('1.5',), ('2.5',)])
    >>> _trust_told_once(["#km"], [["1.5 (assumed)"], ["2.5 (stated)"]])
    (['#km'], [('1.5 (assumed)',), ('2.5 (stated)',)])
    """
    told, columns = list(headings), [[row[at] for row in rows] for at in range(len(headings))]
    for at, cells in enumerate(columns):
        mark = next((one for one in _MARKS if all(cell.endswith(one) for cell in cells)), None)
        if len(cells) > 1 and mark is not None:
            told[at] = f"{headings[at]}\n{mark.strip()}"
            columns[at] = [cell.removesuffix(mark) for cell in cells]
    return told, list(zip(*columns, strict=True))


def _table(headings: Sequence[str], widths: Sequence[int], *, gap: int) -> Table:
    """An empty table of columns so wide; the box itself puts one blank between two of them."""
    padding = {3: (0, 1, 0, 1), 2: (0, 1, 0, 0), 1: (0, 0, 0, 0)}[gap]
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        header_style="bold",
        padding=padding,
    )
    for heading, width in zip(headings, widths, strict=True):
        table.add_column(
            _plain(heading), width=width, justify="right" if _is_number(heading) else "left"
        )
    return table


def _widths(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, room: int
) -> list[int] | None:
    """Widths of the columns that break no word; ``None`` where the room is too small for it.

    Columns that are narrower than their share keep their width; the rest share what is left.
    """
    columns = [[row[i] for row in rows] for i in range(len(headings))]
    least = [
        max(_longest_word(_plain(heading)), *map(_longest(heading), cells), 1)
        for heading, cells in zip(headings, columns, strict=True)
    ]
    if sum(least) > room:
        return None
    wanted = [
        max(map(_longest_line, (_plain(heading), *cells)), default=1)
        for heading, cells in zip(headings, columns, strict=True)
    ]
    widths = least
    for level in range(1, room + 1):
        wider = [max(low, min(high, level)) for low, high in zip(least, wanted, strict=True)]
        if sum(wider) > room:
            break
        widths = wider
    return widths


def _show_stacked(console: Console, headings: Sequence[str], row: Sequence[str]) -> None:
    """A row as lines: the first cell, then ``heading: cell``; a dash or nothing is left out."""
    cells = [
        (_plain(heading).replace("\n", " "), cell.replace("\n", " "))
        for heading, cell in zip(headings, row, strict=True)
        if cell not in _SAY_NOTHING
    ]
    for _, first in cells[:1]:
        show_lines(console, first)
    rest = "; ".join(f"{heading}: {cell}" if heading else cell for heading, cell in cells[1:])
    if rest:
        show_lines(console, rest, indent=2 * _INDENT)


def _longest(heading: str) -> Callable[[str], int]:
    return _longest_line if _is_number(heading) else _longest_word


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _is_number(heading: str) -> bool:
    return heading.startswith("#")


def _plain(heading: str) -> str:
    return heading.removeprefix("#")
