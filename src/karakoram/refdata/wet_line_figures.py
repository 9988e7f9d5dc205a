"""What is taken for a figure of a submarine line that nobody states?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from karakoram.core.fields import Finite, check_fields
from karakoram.core.identifiers import AmplifierTypeId, FibreTypeId
from karakoram.core.provenance import Figure, Provenance
from karakoram.refdata.packaged import packaged_folder, read_packaged

USUAL_FIBRE_ID = FibreTypeId("G654D")
USUAL_REPEATER_ID = AmplifierTypeId("REPEATER")
USUAL_BRANCHING_LOSS = "branching_unit_loss_db"


@dataclass(frozen=True, slots=True, kw_only=True)
class WetLineFigure:
    """A figure of a submarine line where none is stated."""

    figure_id: str
    """Its name in a description of a line, which says its unit."""
    value: Finite
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@cache
def read_wet_line_figures() -> Mapping[str, WetLineFigure]:
    """The figures by name.

    >>> read_wet_line_figures()["repeater_spacing_km"].value
    70.0
    """
    folder = packaged_folder("library")
    read = read_packaged(folder, "wet_line_figures", record_type=WetLineFigure)
    return {figure.figure_id: figure for figure in read}


def usual_branching_loss_db() -> Figure:
    """Loss of a branching unit where none is stated [dB]."""
    assumed = read_wet_line_figures()[USUAL_BRANCHING_LOSS]
    return Figure(value=assumed.value, provenance=assumed.provenance)
