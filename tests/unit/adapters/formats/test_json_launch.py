"""Launch powers as JSON hold every channel."""

from karakoram.adapters.formats.json_launch import json_from_launch
from tests.support.launches import launch_answer, wide_answer


def test_json_holds_every_channel_with_its_powers():
    told = json_from_launch(wide_answer())
    (section,) = told["sections"]
    assert len(section["channels"]) == 64
    assert section["best"]["gsnr_db_min"] == min(one["gsnr_db"] for one in section["channels"])
    assert section["gsnr_confidence"] == "assumed"
    assert section["length_confidence"] in {"stated", "derived", "assumed"}
    assert len(told["bands"]) == 2
    assert len(told["uncertainties"]) == 5


def test_one_band_needs_no_amplifiers_besides_those_of_the_network():
    assert json_from_launch(launch_answer(section="AKS-KRL"))["bands"] == []
