"""Submarine lines, described and of the reference corridor."""

from functools import cache

from karakoram.core.findings import Place
from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.measured_channels import MeasuredChannel, WayAlong
from karakoram.network.wet_line import BranchingUnit, WetLine
from karakoram.refdata.library import read_library
from karakoram.usecases.light.cable_measurements import AcceptanceQuestion
from karakoram.usecases.light.light_submarine import SubmarineQuestion, light_submarine
from tests.support.launches import Corridor
from tests.support.watched import types_unchecked

GUESSED = Provenance(source="a guess", source_date="2026", confidence=Confidence.ASSUMED)
FIGURES = {
    "length_km": 6_000.0,
    "repeater_spacing_km": 80.0,
    "repeater_output_power_dbm": 17.0,
    "repeater_noise_figure_db": 4.5,
    "attenuation_db_per_km": 0.16,
    "bandwidth_thz": 4.5,
    "centre_thz": 193.7,
}


def figure(value):
    return Figure(value=value, provenance=GUESSED)


def branching_unit(km, loss_db=1.0):
    return BranchingUnit(name="a unit", km=figure(km), loss_db=figure(loss_db))


def wet_line(*, branching_units=(), **figures):
    values = {**FIGURES, **figures}
    return WetLine(
        name="a line",
        branching_units=branching_units,
        fibre_type=read_library().fibre_types["G654D"],
        **{name: figure(value) for name, value in values.items()},
    )


def submarine_answer(**words):
    """What the question is answered on the reference corridor."""
    return light_submarine(SubmarineQuestion(**words), networks=Corridor())


def judged_answer():
    """Karachi to Marseille with a branching unit in the first line, and one channel measured."""
    channel = MeasuredChannel(
        measurement_id="1",
        direction=WayAlong.FORTH,
        frequency_thz=193.7,
        osnr_01nm_db=20.0,
        gsnr_db=8.0,
        contract_gsnr_db=7.0,
    )
    written = ((channel, Place(table="measured", file="measured.csv", row=2)),)
    return submarine_answer(
        cable="PEACE",
        from_word="KHI",
        to_word="MRS",
        branching_units=("1000",),
        accepting=AcceptanceQuestion(measured=lambda: written),
    )


@cache
@types_unchecked()
def peace_answer():
    """Karachi to Marseille over PEACE: two lines under the sea and Egypt between them."""
    return submarine_answer(cable="PEACE", from_word="KHI", to_word="MRS")
