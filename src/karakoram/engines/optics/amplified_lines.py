"""What is left of a full launch at the end of many lines whose amplifiers are of many types?"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplified import AmplifierSettings, amplified
from karakoram.engines.optics.amplifier_types import PreparedAmplifiers
from karakoram.engines.optics.fibre import FibreColumns, LineColumns
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.engines.optics.section import PreparedSections, prepared_sections
from karakoram.engines.optics.shares import NoiseShares, pure_signal
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


def amplified_line_ends(
    lines: LineColumns,
    comb: Comb,
    *,
    places: AmplifierPlaces,
    amplifiers: PreparedAmplifiers | None,
    input_power_w: Float[np.ndarray, "line channel"],
    method: PropagationMethod = DEFAULT_METHOD,
) -> LineEnds:
    """Power and noise at the end of every line, from a noiseless start.

    All lines advance together, the longest first in every batch, so that lines that have come
    to their end cost nothing. For S sections of N channels: S N² multiply-adds for
    interference and, with Raman scattering, at least 4 S N² more.

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
    input_power_w
        Total channel power that enters each line, before its first amplifier [W].
    method
        Models of nonlinear interference and Raman scattering.
    """
    line_count, section_count = lines.fibre.length_m.shape
    assert places.kind.shape == (line_count, section_count + 1)
    assert input_power_w.shape == (line_count, comb.channel_count)
    # Lines by falling length: those still under way are the first of a batch.
    order = np.argsort(-lines.section_count, kind="stable")
    used = np.arange(section_count) < lines.section_count[order, None]
    by_length = prepared_sections(_rows(lines.fibre, order), comb, method, used=used)
    power_w, state = input_power_w[order], _Shares(input_power_w.shape)
    _amplify(power_w, state, places=places, amplifiers=amplifiers, lines=order, place=0)
    for place in range(section_count):
        under_way = int((lines.section_count > place).sum())
        _cross(power_w, state, sections=by_length, under_way=under_way, place=place)
        _amplify(
            power_w,
            state,
            places=places,
            amplifiers=amplifiers,
            lines=order[:under_way],
            place=place + 1,
        )
    return _in_order(power_w, state, order)


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


def _cross(
    power_w: Float[np.ndarray, "line channel"],
    state: _Shares,
    *,
    sections: PreparedSections,
    under_way: int,
    place: int,
) -> None:
    """Write what the first lines are after their section at a place."""
    rows = slice(0, under_way)
    here = sections.part((rows, place))
    ratio = here.interference_ratio(power_w[rows])
    for share in (state.signal, state.ase, state.nli):
        share[rows] *= 1.0 - ratio
    state.nli[rows] += ratio
    power_w[rows] = here.output_power_w(power_w[rows])


def _amplify(
    power_w: Float[np.ndarray, "line channel"],
    state: _Shares,
    *,
    places: AmplifierPlaces,
    amplifiers: PreparedAmplifiers | None,
    lines: Int[np.ndarray, " some"],
    place: int,
) -> None:
    """Write what the first lines, these of the batch, are after their amplifier at a place."""
    rows = np.flatnonzero(places.kind[lines, place] != NO_AMPLIFIER)
    if rows.size == 0:
        return
    assert amplifiers is not None, "amplifiers are of a library"
    power_w[rows], added = amplified(
        power_w[rows],
        pure_signal((rows.size, power_w.shape[1])),
        amplifiers=amplifiers,
        settings=places.at(lines[rows], place),
    )
    for share in (state.signal, state.ase, state.nli):
        share[rows] *= added.signal
    state.ase[rows] += added.ase


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
