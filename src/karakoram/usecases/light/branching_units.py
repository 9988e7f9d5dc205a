"""Which branching units does somebody name, and which line of a way does each stand in?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import nextafter

from karakoram.core.errors import InvalidDataError
from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.wet_line import BRANCHING_UNIT_BOUNDS, BranchingUnit
from karakoram.refdata.wet_line_figures import usual_branching_loss_db
from karakoram.usecases.words import Reading, question_finding, reading

FIELD = "branching_unit"
"""What findings about a unit name."""

_HOLDS = "write KM, or KM:DB with its loss, e.g. 1200:1.5"


def units_reading(words: Sequence[str]) -> Reading[tuple[BranchingUnit, ...]]:
    """The units that words name by kilometre and perhaps loss [dB]; else the loss is assumed.

    With a finding for every word that means nothing.

    Parameters
    ----------
    words
        ``KM`` or ``KM:DB``, counted from where the way begins.
    """
    read = [
        reading(FIELD, word, partial(_unit, number=number))
        for number, word in enumerate(words, start=1)
    ]
    findings = tuple(finding for one in read for finding in one.findings)
    return Reading(read=None if findings else tuple(one.value for one in read), findings=findings)


def _unit(word: str, *, number: int) -> BranchingUnit:
    """A unit.

    Raises
    ------
    ValueError
        Where the word has another form, or a figure is out of bounds.
    """
    km_word, colon, loss_word = word.partition(":")
    values: dict[str, float] = {}
    for name, part in (("km", km_word), *((("loss_db", loss_word),) if colon else ())):
        try:
            values[name] = float(part)
        except ValueError:
            raise ValueError(f"{word!r} names no branching unit; {_HOLDS}") from None
        breach = BRANCHING_UNIT_BOUNDS[name].breach(values[name])
        if breach is not None:
            raise ValueError(f"{word!r} names no branching unit: {name} {breach}; {_HOLDS}")
    told = Provenance(source="as asked", confidence=Confidence.STATED)
    loss_db = usual_branching_loss_db()
    if "loss_db" in values:
        loss_db = Figure(value=values["loss_db"], provenance=told)
    return BranchingUnit(
        name=f"U{number}", km=Figure(value=values["km"], provenance=told), loss_db=loss_db
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A line of a way, as far as branching units are concerned."""

    name: str
    length_km: float
    is_wet: bool


def units_by_stretch(
    units: Sequence[BranchingUnit], stretches: Sequence[Stretch]
) -> tuple[tuple[BranchingUnit, ...], ...]:
    """The units of each line of a way, their kilometres counted from where that line begins.

    Parameters
    ----------
    units
        Counted from where the way begins.
    stretches
        In the order of light.

    Raises
    ------
    InvalidDataError
        With a finding for every unit that stands on land, or beyond the end.
    """
    found: list[tuple[BranchingUnit, ...]] = []
    placed: set[str] = set()
    findings = []
    begin_km = 0.0
    for stretch in stretches:
        end_km = begin_km + stretch.length_km
        here = [one for one in units if begin_km < one.km.value <= nextafter(end_km, 1e9)]
        placed.update(one.name for one in here)
        if not stretch.is_wet:
            findings += [
                question_finding(
                    FIELD,
                    f"{one.name} at {one.km.value:g} km stands on land, on {stretch.name} from "
                    f"{begin_km:g} to {end_km:g} km; branching units stand under the sea",
                )
                for one in here
            ]
        found.append(tuple(_from(one, begin_km) for one in here if stretch.is_wet))
        begin_km = end_km
    findings += [
        question_finding(
            FIELD, f"{one.name} at {one.km.value:g} km stands beyond the end, at {begin_km:g} km"
        )
        for one in units
        if one.name not in placed
    ]
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(found)


def _from(unit: BranchingUnit, begin_km: float) -> BranchingUnit:
    return replace(unit, km=replace(unit.km, value=unit.km.value - begin_km))
