"""A measured channel says one thing of each kind, or what is wrong with it."""

import pytest

from karakoram.network.measured_channels import MeasuredChannel, WayAlong


def measured(**figures):
    return MeasuredChannel(
        measurement_id="1", direction=WayAlong.FORTH, frequency_thz=193.7, **figures
    )


@pytest.mark.parametrize(
    "figures",
    [
        {"gsnr_db": 13.0},
        {"osnr_01nm_db": 20.0},
        {"snr_ase_db": 14.0, "gsnr_db": 13.0, "contract_gsnr_db": 12.0},
        {"received_snr_db": 12.0, "terminal_snr_db": 19.0},
    ],
)
def test_any_one_measurement_will_do(figures):
    assert measured(**figures).direction.value == "A-Z"


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({}, "are all empty; give one"),
        ({"contract_gsnr_db": 12.0}, "are all empty; give one"),
        ({"osnr_01nm_db": 20.0, "snr_ase_db": 14.0}, "snr_ase_db is given beside osnr_01nm_db"),
        (
            {"gsnr_db": 13.0, "received_snr_db": 12.0, "terminal_snr_db": 19.0},
            "received_snr_db is given beside gsnr_db",
        ),
        ({"received_snr_db": 12.0}, "are given together"),
        ({"gsnr_db": 13.0, "terminal_snr_db": 19.0}, "are given together"),
        (
            {"received_snr_db": 12.0, "terminal_snr_db": 12.0},
            "terminal_snr_db must be greater than received_snr_db, got 12 and 12",
        ),
        ({"gsnr_db": 130.0}, "gsnr_db must be at most 60, got 130"),
    ],
)
def test_what_contradicts_is_refused(figures, told):
    with pytest.raises(ValueError, match=told):
        measured(**figures)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(ValueError, match=r"beside osnr_01nm_db.*; MeasuredChannel: .*together"):
        measured(osnr_01nm_db=20.0, snr_ase_db=14.0, received_snr_db=12.0)
