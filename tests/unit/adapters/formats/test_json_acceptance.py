"""Measured channels as JSON: null where a measurement does not tell."""

import json

from karakoram.adapters.formats.json_acceptance import json_from_judged
from tests.support.measured import channel, judged


def test_a_direction_holds_verdict_and_channels():
    (way,) = judged(channel("1", gsnr_db=13.5), channel("2", thz=193.75, snr_ase_db=14.0))
    told = json_from_judged(way, reference_gbaud=50.0)
    json.dumps(told, allow_nan=False)
    assert (told["direction"], told["accepted"], told["mean_surplus_db"]) == ("A-Z", False, None)
    first, second = told["channels"]
    assert first["frequency_thz"] == 193.7
    assert first["measured"] == {"snr_ase_db": None, "snr_nli_db": None, "gsnr_db": 13.5}
    assert (first["contract_gsnr_db"], first["surplus_db"], first["met"]) == (13.0, 0.5, True)
    assert first["designed"]["snr_nli_db"] == 20.0
    assert (second["measured"]["snr_ase_db"], second["surplus_db"]) == (14.0, None)
    assert second["met"] is False
