"""How do channels that somebody measured on a cable stand against its design and its contract?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from karakoram.core.errors import InvalidDataError
from karakoram.core.fields import Bounds
from karakoram.core.findings import Finding, Place
from karakoram.core.units import hz_from_ghz
from karakoram.network.measured_channels import MeasuredChannel
from karakoram.planning.cable_acceptance import AcceptanceTerms, JudgedWay, judged_ways
from karakoram.planning.cable_light import CableLight
from karakoram.planning.wet_light import Slots
from karakoram.usecases.words import question_finding

MeasurementReader = Callable[[], Sequence[tuple[MeasuredChannel, Place]]]
"""Gives channels that somebody measured, and where each is written, or refuses them."""

_SAME_THZ = 1e-6
_CONTRACTS = Bounds(at_least=-10.0, at_most=60.0)
_UNCERTAINTIES = Bounds(at_least=0.0, at_most=5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceQuestion:
    """What was measured on a line, and what its supplier committed to."""

    measured: MeasurementReader | None = None
    """``None``: nothing was measured."""
    contract_gsnr_db: float | None = None
    """For every channel whose row states none."""
    uncertainty_db: float | None = None
    """Of the GSNR of one channel; ``None``: none."""

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with it, the measured channels apart."""
        found = []
        for name, bounds in (
            ("contract_gsnr_db", _CONTRACTS),
            ("uncertainty_db", _UNCERTAINTIES),
        ):
            value = getattr(self, name)
            if value is not None and self.measured is None:
                found.append(question_finding(name, "goes with --measured, which it judges"))
            elif value is not None and (breach := bounds.breach(value)) is not None:
                found.append(question_finding(name, breach))
        return tuple(found)


def accepted_ways(
    question: AcceptanceQuestion, light: CableLight, slots: Slots, *, reference_gbaud: float
) -> tuple[JudgedWay, ...]:
    """Measured channels of each direction judged; none where nothing was measured.

    Parameters
    ----------
    question
        What was measured.
    light, slots
        The design from end to end, and how it is lit.
    reference_gbaud
        Symbol rate of the channel that all figures are for.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong with the measured channels.
    """
    if question.measured is None:
        return ()
    written = question.measured()
    if findings := (
        *_twice(written),
        *_not_lit(written, light, spacing_ghz=slots.spacing_ghz),
        *_without_contract(written, question.contract_gsnr_db),
    ):
        raise InvalidDataError(findings)
    terms = AcceptanceTerms(
        symbol_rate_hz=hz_from_ghz(reference_gbaud),
        gsnr_db=question.contract_gsnr_db,
        uncertainty_db=question.uncertainty_db or 0.0,
    )
    return judged_ways(
        [channel for channel, _ in written],
        light,
        terms,
        symbol_rate_hz=hz_from_ghz(slots.symbol_rate_gbaud),
    )


def _twice(written: Sequence[tuple[MeasuredChannel, Place]]) -> list[Finding]:
    by_channel: dict[tuple[str, int], Place] = {}
    findings = []
    for channel, place in written:
        key = (channel.direction.value, round(channel.frequency_thz / _SAME_THZ))
        first = by_channel.setdefault(key, place)
        if first is not place:
            message = (
                f"{channel.frequency_thz:.6f} THz in direction {channel.direction.value} is "
                f"measured in row {first.row} already; delete one"
            )
            findings.append(
                _finding(place, "frequency_thz", code="measured-twice", message=message)
            )
    return findings


def _not_lit(
    written: Sequence[tuple[MeasuredChannel, Place]], light: CableLight, *, spacing_ghz: float
) -> list[Finding]:
    half_thz = spacing_ghz / 2e3
    lower_thz = float(light.frequency_hz.min()) / 1e12 - half_thz
    upper_thz = float(light.frequency_hz.max()) / 1e12 + half_thz
    return [
        _finding(
            place,
            "frequency_thz",
            code="not-lit",
            message=f"the design lights {lower_thz:.4f} to {upper_thz:.4f} THz, not "
            f"{channel.frequency_thz:.6f}; state the band of the line with --bandwidth-thz",
        )
        for channel, place in written
        if not lower_thz <= channel.frequency_thz <= upper_thz
    ]


def _without_contract(
    written: Sequence[tuple[MeasuredChannel, Place]], contract_gsnr_db: float | None
) -> list[Finding]:
    if contract_gsnr_db is not None:
        return []
    message = "is empty; state what was committed to here, or for all with --contract-gsnr-db"
    return [
        _finding(place, "contract_gsnr_db", code="no-contract", message=message)
        for channel, place in written
        if channel.contract_gsnr_db is None
    ]


def _finding(place: Place, field: str, *, code: str, message: str) -> Finding:
    return Finding(code=code, place=replace(place, field=field), message=message)
