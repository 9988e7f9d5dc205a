"""What must be known of a submarine line so that its light can be computed, and how is it known?"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import ceil
from typing import get_type_hints

from karakoram.core.fields import Bounds
from karakoram.core.provenance import Figure
from karakoram.refdata.equipment import FibreType

# Bounds catch a slip of a column or of a prefix: they lie well beyond what has been built.
WET_LINE_BOUNDS: Mapping[str, Bounds] = {
    "length_km": Bounds(at_least=1.0, at_most=40_000.0),
    "repeater_spacing_km": Bounds(at_least=10.0, at_most=400.0),
    "repeater_output_power_dbm": Bounds(at_least=-10.0, at_most=35.0),
    "repeater_noise_figure_db": Bounds(at_least=3.0, at_most=20.0),
    "attenuation_db_per_km": Bounds(at_least=0.1, at_most=1.0),
    "bandwidth_thz": Bounds(at_least=0.05, at_most=12.0),
    "centre_thz": Bounds(at_least=150.0, at_most=300.0),
}
"""What the figures may be; an amplifier of much gain has a noise figure of 3 dB at least."""

SPAN_LOSS_DB_MAX = 40.0
"""More than any repeater makes up for: light is then noise, and there is nothing to compute."""

_KM_TOLERANCE = 1e-9

BRANCHING_UNIT_BOUNDS: Mapping[str, Bounds] = {
    "km": Bounds(above=0.0, at_most=40_000.0),
    "loss_db": Bounds(at_least=0.0, at_most=20.0),
}
"""What the figures of a branching unit may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchingUnit:
    """Where a branch leaves the trunk of a cable, as light that stays on the trunk meets it."""

    name: str
    km: Figure
    """Glass from the beginning of the line."""
    loss_db: Figure
    """From the trunk into the trunk; the next repeater makes up for it."""

    def __post_init__(self) -> None:
        breaches = [
            f"BranchingUnit.{name} of {self.name} {breach}"
            for name, bounds in BRANCHING_UNIT_BOUNDS.items()
            if (breach := bounds.breach(getattr(self, name).value)) is not None
        ]
        if breaches:
            raise ValueError("; ".join(breaches))


@dataclass(frozen=True, slots=True, kw_only=True)
class WetLine:
    """A repeatered submarine line between two landing stations, each figure with its source."""

    name: str
    length_km: Figure
    repeater_spacing_km: Figure
    """At most; the line has the fewest equal spans that are no longer."""
    repeater_output_power_dbm: Figure
    """Total power of all channels at a repeater's output."""
    repeater_noise_figure_db: Figure
    attenuation_db_per_km: Figure
    """Splices included; fibre is spliced to repeaters, so there are no connectors."""
    bandwidth_thz: Figure
    """That repeaters amplify."""
    centre_thz: Figure
    """Middle of the band."""
    fibre_type: FibreType
    """For dispersion, effective area, PMD and group index."""
    branching_units: tuple[BranchingUnit, ...] = ()
    """In any order; several may stand in one span."""

    def __post_init__(self) -> None:
        breaches = [
            f"WetLine.{name} {breach}"
            for name, bounds in WET_LINE_BOUNDS.items()
            if (breach := bounds.breach(getattr(self, name).value)) is not None
        ]
        breaches += [
            f"WetLine.branching_unit {unit.name} at {unit.km.value:g} km stands beyond the end of "
            f"the line, at {self.length_km.value:g} km"
            for unit in self.branching_units
            if unit.km.value > self.length_km.value + _KM_TOLERANCE
        ]
        if not breaches:
            breaches += self._losses_too_high()
        if breaches:
            raise ValueError("; ".join(breaches))

    def _losses_too_high(self) -> list[str]:
        if self.span_loss_db > SPAN_LOSS_DB_MAX:
            breach = (
                f"WetLine.repeater_spacing_km must be shorter: spans of {self.span_km:.1f} km lose "
                f"{self.span_loss_db:.1f} dB, and no repeater makes up for more than "
                f"{SPAN_LOSS_DB_MAX:g} dB"
            )
            return [breach]
        return [
            f"WetLine.branching_unit in span {span + 1} must lose less: with the fibre it is "
            f"{self.span_loss_db + loss_db:.1f} dB, and no repeater makes up for more than "
            f"{SPAN_LOSS_DB_MAX:g} dB"
            for span, loss_db in enumerate(self.branching_loss_db)
            if self.span_loss_db + loss_db > SPAN_LOSS_DB_MAX
        ]

    @property
    def span_count(self) -> int:
        """The fewest equal spans no longer than the spacing [1]."""
        spans = self.length_km.value / self.repeater_spacing_km.value
        return max(1, ceil(spans - _KM_TOLERANCE))

    @property
    def span_km(self) -> float:
        """Length of each span [km]."""
        return self.length_km.value / self.span_count

    @property
    def span_loss_db(self) -> float:
        """Loss of the fibre of each span [dB]."""
        return self.span_km * self.attenuation_db_per_km.value

    def span_of(self, unit: BranchingUnit) -> int:
        """Which span a branching unit stands in, from 0; at a repeater the one before it [1]."""
        spans = ceil(unit.km.value / self.span_km - _KM_TOLERANCE)
        return min(max(spans, 1), self.span_count) - 1

    @property
    def branching_loss_db(self) -> tuple[float, ...]:
        """Loss of the branching units in each span [dB]."""
        losses_db = [0.0] * self.span_count
        for unit in self.branching_units:
            losses_db[self.span_of(unit)] += unit.loss_db.value
        return tuple(losses_db)


WET_LINE_FIGURES = tuple(
    field.name for field in fields(WetLine) if get_type_hints(WetLine)[field.name] is Figure
)
"""Names of the fields that are a figure."""
