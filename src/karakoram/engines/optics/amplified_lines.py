"""What is left of a full launch at the end of many lines whose amplifiers are of many types?"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplified import AmplifierSettings, amplified_power_w
from karakoram.engines.optics.amplifier_types import PreparedAmplifiers
from karakoram.engines.optics.fibre import FibreColumns, LineColumns
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.section import PreparedSections, prepared_sections
from karakoram.engines.optics.shares import NoiseShares
from karakoram.engines.optics.spectrum import Comb

NO_AMPLIFIER = -1
"""The kind of a place without an amplifier: light passes it unchanged."""

_SETTINGS = ("gain", "tilt", "input_loss", "output_loss")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmplifierPlaces:
    """Amplifiers of a batch of lines: place 0 is the booster, place k follows section k - 1.

    What stands beyond a line's end is never read.
    """

    kind: Int[np.ndarray, "line place"]
    """Which type of the library stands there, or ``NO_AMPLIFIER``."""
    gain: Float[np.ndarray, "line place"]
    """Set gain [1], between the attenuators."""
    tilt: Float[np.ndarray, "line place"]
    """Gain at the lower over gain at the upper edge of the band [1]; 1 is flat."""
    input_loss: Float[np.ndarray, "line place"]
    """Attenuator before the amplifier: input over output power [1], >= 1."""
    output_loss: Float[np.ndarray, "line place"]
    """Attenuator after the amplifier: input over output power [1], >= 1."""

    def __post_init__(self) -> None:
        kind = np.array(self.kind, dtype=np.int64)
        kind.flags.writeable = False
        object.__setattr__(self, "kind", kind)
        for name in _SETTINGS:
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == kind.shape, f"{name} has another shape"

    def part(self, lines: Int[np.ndarray, " some"]) -> "AmplifierPlaces":
        """The amplifiers of some lines."""
        return AmplifierPlaces(
            kind=self.kind[lines], **{name: getattr(self, name)[lines] for name in _SETTINGS}
        )

    def at(self, lines: Int[np.ndarray, " some"], place: int) -> AmplifierSettings:
        """The amplifiers of some lines at one place; each of them has one there."""
        return AmplifierSettings(
            kind=self.kind[lines, place],
            **{name: getattr(self, name)[lines, place] for name in _SETTINGS},
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineEnds:
    """Channels at the end of each line of a batch."""

    power_w: Float[np.ndarray, "line channel"]
    """Total channel power."""
    shares: NoiseShares
    """What of it is signal, ASE and interference, axes [line, channel]."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "power_w", read_only(self.power_w))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedAmplifiedLines:
    """All of a batch of lines that no power changes: computed once, by falling length.

    Lines that are still under way are then the first of a batch, at every place.
    """

    order: Int[np.ndarray, " line"]
    """Which line of those that were given each one is."""
    section_count: Int[np.ndarray, " line"]
    sections: PreparedSections
    places: AmplifierPlaces
    amplifiers: PreparedAmplifiers | None
    """Library at the channels; None where no amplifier stands anywhere."""

    def of(self, lines: Int[np.ndarray, " some"]) -> "PreparedAmplifiedLines":
        """Lines of those that were given, in any order, each as often as it is named."""
        place = np.empty_like(self.order)
        place[self.order] = np.arange(self.order.size)
        chosen = place[lines]
        order = np.argsort(chosen, kind="stable")
        longest = int(self.section_count[chosen].max(initial=0))
        return PreparedAmplifiedLines(
            order=order,
            section_count=self.section_count[chosen[order]],
            sections=self.sections.part((slice(None), slice(longest))).part(chosen[order]),
            places=self.places.part(chosen[order]),
            amplifiers=self.amplifiers,
        )

    def ends(self, input_power_w: Float[np.ndarray, "line channel"]) -> LineEnds:
        """Power and noise at the end of every line, from a noiseless start.

        All lines advance together; those that have come to their end cost nothing. For S
        sections of N channels: S N² multiply-adds for interference and, with Raman scattering,
        at least 4 S N² more.

        Parameters
        ----------
        input_power_w
            Total channel power that enters each line, in the order in which lines were given,
            before its first amplifier [W].
        """
        assert input_power_w.shape[0] == self.order.size
        power_w, state = input_power_w[self.order], _Shares(input_power_w.shape)
        self._amplify(power_w, state, under_way=self.order.size, place=0)
        for place in range(int(self.section_count.max(initial=0))):
            under_way = int((self.section_count > place).sum())
            self._cross(power_w, state, under_way=under_way, place=place)
            self._amplify(power_w, state, under_way=under_way, place=place + 1)
        return _in_order(power_w, state, self.order)

    def _cross(
        self,
        power_w: Float[np.ndarray, "line channel"],
        state: "_Shares",
        *,
        under_way: int,
        place: int,
    ) -> None:
        """Write what the first lines are after their section at a place."""
        rows = slice(0, under_way)
        here = self.sections.part((rows, place))
        ratio = here.interference_ratio(power_w[rows])
        for share in (state.signal, state.ase, state.nli):
            share[rows] *= 1.0 - ratio
        state.nli[rows] += ratio
        power_w[rows] = here.output_power_w(power_w[rows])

    def _amplify(
        self,
        power_w: Float[np.ndarray, "line channel"],
        state: "_Shares",
        *,
        under_way: int,
        place: int,
    ) -> None:
        """Write what the first lines are after their amplifier at a place."""
        rows = np.flatnonzero(self.places.kind[:under_way, place] != NO_AMPLIFIER)
        if rows.size == 0:
            return
        assert self.amplifiers is not None, "amplifiers are of a library"
        power_w[rows], ratio = amplified_power_w(
            power_w[rows], amplifiers=self.amplifiers, settings=self.places.at(rows, place)
        )
        for share in (state.signal, state.ase, state.nli):
            share[rows] *= 1.0 - ratio
        state.ase[rows] += ratio


def prepared_amplified_lines(
    lines: LineColumns,
    comb: Comb,
    *,
    places: AmplifierPlaces,
    amplifiers: PreparedAmplifiers | None,
    method: PropagationMethod = DEFAULT_METHOD,
) -> PreparedAmplifiedLines:
    """Kernels and losses of a batch of lines, ready for any powers.

    Parameters
    ----------
    lines
        Sections with axes [line, section].
    comb
        Channels, the same in every line; launch powers are not used.
    places
        Amplifiers with axes [line, place], one place more than sections.
    amplifiers
        Library at the channels of ``comb``; None where no amplifier stands anywhere.
    method
        Models of nonlinear interference and Raman scattering.
    """
    line_count, section_count = lines.fibre.length_m.shape
    assert places.kind.shape == (line_count, section_count + 1)
    order = np.argsort(-lines.section_count, kind="stable")
    used = np.arange(section_count) < lines.section_count[order, None]
    return PreparedAmplifiedLines(
        order=order,
        section_count=lines.section_count[order],
        sections=prepared_sections(_rows(lines.fibre, order), comb, method, used=used),
        places=places.part(order),
        amplifiers=amplifiers,
    )


def _rows(fibre: FibreColumns, rows: Int[np.ndarray, " line"]) -> FibreColumns:
    """Some lines of a batch, in another order."""
    columns: dict[str, Any] = {field.name: getattr(fibre, field.name) for field in fields(fibre)}
    chosen = {name: column[rows] for name, column in columns.items() if column is not None}
    return FibreColumns(**chosen)


class _Shares:
    """Shares of the channels of all lines, written to while the lines are walked."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.signal = np.ones(shape)
        self.ase = np.zeros(shape)
        self.nli = np.zeros(shape)


def _in_order(
    power_w: Float[np.ndarray, "line channel"], state: _Shares, order: Int[np.ndarray, " line"]
) -> LineEnds:
    """The lines as they were given."""
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    return LineEnds(
        power_w=power_w[back],
        shares=NoiseShares(signal=state.signal[back], ase=state.ase[back], nli=state.nli[back]),
    )
