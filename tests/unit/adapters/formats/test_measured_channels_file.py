"""A file of measured channels is read whole, or refused with every finding."""

import pytest

from karakoram.adapters.formats.measured_channels_file import read_measured_channels
from karakoram.core.errors import InvalidDataError
from karakoram.network.measured_channels import WayAlong

GOOD = """measurement_id,direction,frequency_thz,osnr_01nm_db,gsnr_db,contract_gsnr_db
a,A-Z,193.7,20.0,13.0,12.5
b,Z-A,193.7,,13.1,
"""


def read(tmp_path, text):
    path = tmp_path / "measured.csv"
    path.write_text(text, encoding="utf-8")
    return read_measured_channels(path)


def test_rows_become_channels_with_their_places(tmp_path):
    (first, place), (second, _) = read(tmp_path, GOOD)
    assert (first.osnr_01nm_db, first.contract_gsnr_db) == (20.0, 12.5)
    assert str(place) == "measured.csv row 2 (a)"
    assert second.direction is WayAlong.BACK
    assert (second.osnr_01nm_db, second.snr_ase_db, second.gsnr_db) == (None, None, 13.1)


def test_everything_wrong_is_told_with_row_and_field(tmp_path):
    text = (
        "measurement_id,direction,frequency_thz,snr_ase_db,osnr_01nm_db,gsnr_db,"
        "received_snr_db,contract_gsnr\n"
        "a,East,193.7,,,13,,\n"
        "b,A-Z,1937,,,13,,\n"
        "c,A-Z,193.7,,,high,,\n"
        "d,A-Z,193.7,14,20,,13,\n"
        "d,A-Z,193.8,,,13,,\n"
        "f,A-Z,193.9,,,,,\n"
    )
    with pytest.raises(InvalidDataError) as caught:
        read(tmp_path, text)
    found = {(one.place.row, one.place.field) for one in caught.value.findings}
    assert found == {
        (1, "contract_gsnr"),
        (2, "direction"),
        (3, "frequency_thz"),
        (4, "gsnr_db"),
        (5, "snr_ase_db"),
        (5, "received_snr_db"),
        (6, "measurement_id"),
        (7, "gsnr_db"),
    }
    assert {one.place.file for one in caught.value.findings} == {"measured.csv"}
    assert not any("MeasuredChannel" in one.message for one in caught.value.findings)


@pytest.mark.parametrize("text", ["", "measurement_id,direction,frequency_thz\n", "a,b\n1,2\n"])
def test_a_file_that_measures_nothing_is_refused(tmp_path, text):
    with pytest.raises(InvalidDataError):
        read(tmp_path, text)


def test_a_missing_file_is_a_finding(tmp_path):
    with pytest.raises(InvalidDataError) as caught:
        read_measured_channels(tmp_path / "nothing.csv")
    assert caught.value.findings[0].place.file == "nothing.csv"
