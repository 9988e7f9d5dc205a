"""What does a file of measured channels of a cable say?

CSV with a row for each channel and direction; columns are the fields of
:class:`~karakoram.network.measured_channels.MeasuredChannel`.
"""

from pathlib import Path

from karakoram.adapters.formats.placed_records import placed_records
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.network.measured_channels import MeasuredChannel

HOLDS = "its first row names the columns measurement_id, direction, frequency_thz and others"


def read_measured_channels(path: Path) -> tuple[tuple[MeasuredChannel, Place], ...]:
    """The channels of a file and where each stands, in the order of its rows.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    channels = placed_records(path, MeasuredChannel, holds=HOLDS)
    if not channels:
        place = Place(table=path.stem, file=path.name)
        empty = Finding(code="no-rows", place=place, message=f"measures nothing; {HOLDS}")
        raise InvalidDataError((empty,))
    return channels
