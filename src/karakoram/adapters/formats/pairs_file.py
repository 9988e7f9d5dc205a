"""Which pairs of sites does a table ask for?"""

from dataclasses import dataclass, replace
from pathlib import Path

from karakoram.adapters.formats.csv_table import CsvRows, rows_from_csv
from karakoram.adapters.formats.text_files import file_finding, read_text
from karakoram.core.cells import IDENTIFIER_CHARACTERS_MAX, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.tables import HEADER_ROW
from karakoram.usecases.plan.topology_ports import PairWords

COLUMNS = (("from", "to"), ("a", "z"), ("source", "target"))
"""What the two columns may be called; others are not read."""

_MISSING = "is missing; name a file that exists"


@dataclass(frozen=True, slots=True)
class PairsFile:
    """A CSV file with two columns of sites; columns beside them are not read."""

    path: Path

    def read_pairs(self) -> tuple[PairWords, ...]:
        """The pairs in the order of the file.

        Raises
        ------
        InvalidDataError
            If the file cannot be read, lacks the columns or holds no pair; with every finding.
        """
        text = read_text(self.path.parent, self.path.name, holds="its first row is from,to")
        if isinstance(text, Finding):
            message = _MISSING if text.code == "missing-file" else text.message
            raise InvalidDataError((replace(text, message=message),))
        found, findings = pairs_from_csv(text, file=self.path.name)
        if findings:
            raise InvalidDataError(findings)
        return found


def pairs_from_csv(text: str, *, file: str) -> tuple[tuple[PairWords, ...], tuple[Finding, ...]]:
    """The pairs in the text of a CSV file, and what is wrong with it.

    Parameters
    ----------
    text
        The first row names the columns: ``from,to``, ``a,z`` or ``source,target``.
    file
        Name of the file, for the findings.
    """
    table = file.rpartition(".")[0] or file
    rows = rows_from_csv(text, table=table)
    findings = [replace(one, place=replace(one.place, file=file)) for one in rows.findings]
    names = next((pair for pair in COLUMNS if set(pair) <= set(rows.header)), None)
    if names is None:
        if rows.header:
            findings.append(_no_columns(rows, file))
        return (), tuple(findings)
    pairs = []
    for number, cells in rows.rows:
        place = Place(table=table, file=file, row=number)
        for name in names:
            findings += _cell_findings(cells[name].strip(), replace(place, field=name))
        pairs.append(
            PairWords(
                a_word=cells[names[0]].strip(),
                z_word=cells[names[1]].strip(),
                place=place,
                a_field=names[0],
                z_field=names[1],
            )
        )
    if not pairs and not findings:
        message = "holds no pair below its first row; name at least one"
        findings.append(file_finding(file, code="no-pairs", message=message))
    return tuple(pairs), tuple(findings)


def _no_columns(rows: CsvRows, file: str) -> Finding:
    return file_finding(
        file,
        code="not-pairs",
        message=f"{shown(','.join(rows.header))} names no two columns of sites; the first row must "
        f"hold {' or '.join(','.join(pair) for pair in COLUMNS)}",
        row=HEADER_ROW,
    )


def _cell_findings(cell: str, place: Place) -> list[Finding]:
    if not cell:
        message = "is empty; every row needs a site here"
        return [Finding(code="empty-cell", place=place, message=message)]
    if len(cell) > IDENTIFIER_CHARACTERS_MAX:
        message = f"{shown(cell)} is longer than {IDENTIFIER_CHARACTERS_MAX} characters"
        return [Finding(code="out-of-bounds", place=place, message=message)]
    return []
