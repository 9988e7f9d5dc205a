"""Everything that is wrong with measured channels is told with its row and field."""

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Place
from karakoram.network.measured_channels import WayAlong
from karakoram.planning.wet_light import Slots
from karakoram.usecases.light.cable_measurements import AcceptanceQuestion, accepted_ways
from tests.support.measured import channel, design

SLOTS = Slots(spacing_ghz=200.0, symbol_rate_gbaud=50.0)


def asked(*channels, contract_gsnr_db=13.0, uncertainty_db=None):
    written = [
        (one, Place(table="m", file="m.csv", row=row, record=one.measurement_id))
        for row, one in enumerate(channels, start=2)
    ]
    question = AcceptanceQuestion(
        measured=lambda: written,
        contract_gsnr_db=contract_gsnr_db,
        uncertainty_db=uncertainty_db,
    )
    return accepted_ways(question, design(), SLOTS, reference_gbaud=50.0)


def test_nothing_measured_is_nothing_judged():
    assert accepted_ways(AcceptanceQuestion(), design(), SLOTS, reference_gbaud=50.0) == ()


def test_a_measured_line_is_judged_with_its_uncertainty():
    short, long = channel("1", gsnr_db=12.9), channel("2", thz=193.75, gsnr_db=13.2)
    assert not asked(short, long)[0].verdict.is_accepted
    assert asked(short, long, uncertainty_db=0.2)[0].verdict.is_accepted


def test_all_rows_are_told_at_once():
    with pytest.raises(InvalidDataError) as caught:
        asked(
            channel("1", gsnr_db=14.0, contract_gsnr_db=13.0),
            channel("2", gsnr_db=14.0, contract_gsnr_db=13.0),
            channel("3", gsnr_db=14.0, contract_gsnr_db=13.0, direction=WayAlong.BACK),
            channel("4", thz=193.49, gsnr_db=14.0, contract_gsnr_db=13.0),
            channel("5", thz=193.51, gsnr_db=14.0),
            contract_gsnr_db=None,
        )
    found = {(one.code, one.place.row, one.place.field) for one in caught.value.findings}
    assert found == {
        ("measured-twice", 3, "frequency_thz"),
        ("not-lit", 5, "frequency_thz"),
        ("no-contract", 6, "contract_gsnr_db"),
    }
    assert "193.5000 to 193.9000 THz, not 193.490000" in str(
        [one.message for one in caught.value.findings]
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (AcceptanceQuestion(contract_gsnr_db=12.0), "goes with --measured"),
        (AcceptanceQuestion(uncertainty_db=0.1), "goes with --measured"),
        (AcceptanceQuestion(measured=tuple, uncertainty_db=-0.1), "must be at least 0"),
        (AcceptanceQuestion(measured=tuple, contract_gsnr_db=99.0), "must be at most 60"),
    ],
)
def test_terms_without_sense_are_told(question, told):
    (finding,) = question.findings()
    assert told in finding.message


def test_terms_that_make_sense_are_not():
    question = AcceptanceQuestion(measured=tuple, contract_gsnr_db=12.0, uncertainty_db=0.0)
    assert question.findings() == ()
