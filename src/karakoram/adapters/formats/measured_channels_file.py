"""What does a file of measured channels of a cable say?

CSV with a row for each channel and direction; columns are the fields of
:class:`~karakoram.network.measured_channels.MeasuredChannel`.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from karakoram.adapters.formats.csv_table import rows_from_csv
from karakoram.adapters.formats.text_files import read_text
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.tables import columns_of, records_from_rows
from karakoram.network.measured_channels import MeasuredChannel

HOLDS = "its first row names the columns measurement_id, direction, frequency_thz and others"


def read_measured_channels(path: Path) -> tuple[tuple[MeasuredChannel, Place], ...]:
    """The channels of a file and where each stands, in the order of its rows.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    text = read_text(path.parent, path.name, holds=HOLDS)
    if isinstance(text, Finding):
        raise InvalidDataError((_placed(text, path),))
    table = rows_from_csv(text, table=path.stem)
    channels, findings = records_from_rows(
        table.rows, record_type=MeasuredChannel, table=path.stem, header=table.header
    )
    wrong = errors_of((*table.findings, *findings))
    if not wrong and not channels:
        place = Place(table=path.stem)
        wrong = (Finding(code="no-rows", place=place, message=f"measures nothing; {HOLDS}"),)
    if wrong:
        raise InvalidDataError(
            tuple(_placed(one, path) for finding in wrong for one in _apart(finding))
        )
    row_by_id = {cells["measurement_id"].strip(): row for row, cells in table.rows}
    return tuple(
        (
            channel,
            Place(
                table=path.stem,
                file=path.name,
                row=row_by_id[channel.measurement_id],
                record=channel.measurement_id,
            ),
        )
        for channel in channels
    )


def _apart(finding: Finding) -> Iterator[Finding]:
    """A finding for each thing that contradicts within a row."""
    for message in finding.message.split(f"; {MeasuredChannel.__name__}: "):
        yield replace(finding, message=message)


def _placed(finding: Finding, path: Path) -> Finding:
    """The finding with its file; what contradicts within a row stands at the first field named."""
    message = finding.message.removeprefix(f"{MeasuredChannel.__name__}: ")
    field = finding.place.field
    if field is None:
        words = message.replace(",", " ").split()
        field = next((word for word in words if word in columns_of(MeasuredChannel)), field)
    place = replace(finding.place, file=path.name, field=field)
    return replace(finding, place=place, message=message)
