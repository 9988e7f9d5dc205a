"""How does a file hold the legs of an operator, and how is a key read?"""

from dataclasses import dataclass, replace
from pathlib import Path

from karakoram.adapters.formats.csv_table import csv_from_rows, rows_from_csv
from karakoram.adapters.formats.text_files import file_finding, read_text, write_text
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.tables import columns_of, records_from_rows, rows_from_records
from karakoram.network.legs import OfferedLeg, PlacedLeg
from karakoram.network.risk_tokens import KEY_BYTES_MIN, RiskKey

LEGS_MAX = 20_000
"""Rows of one file, at most: a hundred points with four ways between each two."""

KEY_FILE_BYTES_MAX = 4_096


@dataclass(frozen=True, slots=True)
class LegsFile:
    """The legs of one or more operators in a CSV file, a row each."""

    path: Path

    def read_legs(self) -> tuple[tuple[PlacedLeg, ...], tuple[Finding, ...]]:
        """The legs that can be read, and everything wrong with the file."""
        text = read_text(self.path.parent, self.path.name)
        if isinstance(text, Finding):
            return (), (text,)
        table = rows_from_csv(text, table=self.path.stem)
        legs: tuple[OfferedLeg, ...] = ()
        findings = table.findings
        if table.is_whole:
            legs, more = records_from_rows(
                table.rows, record_type=OfferedLeg, table=self.path.stem, header=table.header
            )
            findings += more
        if len(table.rows) > LEGS_MAX:
            message = f"holds {len(table.rows):,} legs; at most {LEGS_MAX:,} are put together"
            findings += (file_finding(self.path.name, code="too-many-rows", message=message),)
        elif not table.rows and not findings:
            message = "holds no leg; write one in each row"
            findings += (file_finding(self.path.name, code="empty-table", message=message),)
        row_of = {cells.get("leg_id", "").strip(): row for row, cells in reversed(table.rows)}
        return (
            tuple(PlacedLeg(leg=leg, place=self._place(leg, row_of)) for leg in legs),
            tuple(
                replace(finding, place=replace(finding.place, file=self.path.name))
                for finding in findings
            ),
        )

    def write_legs(self, legs: tuple[OfferedLeg, ...]) -> None:
        """Write the legs, in their order; what was there stays until all of it is written."""
        write_text(csv_from_rows(rows_from_records(legs), header=columns_of(OfferedLeg)), self.path)

    def _place(self, leg: OfferedLeg, row_of: dict[str, int]) -> Place:
        return Place(
            table=self.path.stem,
            file=self.path.name,
            record=leg.leg_id,
            row=row_of.get(leg.leg_id),
        )


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A secret in a file of hexadecimal digits."""

    path: Path

    def read_key(self) -> RiskKey:
        """The key; what the file holds is never shown.

        Raises
        ------
        InvalidDataError
            If the file cannot be read or holds anything else.
        """
        text = read_text(
            self.path.parent,
            self.path.name,
            bytes_max=KEY_FILE_BYTES_MAX,
            holds=f"it holds {2 * KEY_BYTES_MIN} hexadecimal digits or more",
        )
        if isinstance(text, Finding):
            raise InvalidDataError((text,))
        try:
            return RiskKey(secret=bytes.fromhex(text.strip()))
        except ValueError:
            # The words of the error could hold a part of the secret.
            message = (
                f"holds no key; write {2 * KEY_BYTES_MIN} hexadecimal digits or more, an even "
                "number of them, drawn at random"
            )
            finding = file_finding(self.path.name, code="not-a-key", message=message)
            raise InvalidDataError((finding,)) from None
