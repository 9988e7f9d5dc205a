"""What the closed-form model cannot follow is a finding, about it and no other model."""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.core.findings import Severity
from karakoram.network.photonic.simulation import NonlinearMethod
from karakoram.network.photonic.spectral import SpectralProfile
from karakoram.planning.photonic.model_limits import BAND_THZ_MAX, model_findings
from tests.support.gnpy_files import write

CLOSED_FORM = NonlinearMethod.ISRS_GN_CLOSED_FORM
BAND_HZ = np.array([191e12, 196e12])


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("whole"))
    library = read_gnpy_equipment(folder / "equipment.json").required()
    network = read_gnpy_network(folder / "network.json", library).required()
    return network.elements, library


def told(plant, *elements, frequency_hz=BAND_HZ, method=CLOSED_FORM):
    found = model_findings(elements, plant[1], frequency_hz=frequency_hz, method=method)
    return [(one.code, one.place.record, one.place.field, one.severity) for one in found]


def test_pumps_are_beyond_the_closed_form_and_it_says_so(plant):
    pumped = plant[0]["glass 2"]
    assert told(plant, *plant[0].values()) == [
        ("pumps-not-modelled", "glass 2", "raman_pumping", Severity.ERROR)
    ]
    for method in set(NonlinearMethod) - {CLOSED_FORM}:
        assert told(plant, pumped, method=method) == []


def test_a_band_wider_than_the_model_holds_for_is_refused(plant):
    wide_hz = np.array([184e12, 184e12 + (BAND_THZ_MAX + 0.1) * 1e12])
    assert told(plant, frequency_hz=wide_hz) == [("band-too-wide", None, None, Severity.ERROR)]
    assert told(plant, frequency_hz=wide_hz - np.array([0.0, 0.2e12])) == []


def test_a_short_fibre_and_a_gain_of_its_own_are_told(plant):
    glass = plant[0]["glass 1"]
    assert told(plant, glass) == []
    short = replace(glass, length_km=20.0, lumped_losses=())
    assert told(plant, short) == [("fibre-too-short", "glass 1", "length_km", Severity.WARNING)]
    (finding,) = model_findings([short], plant[1], frequency_hz=BAND_HZ, method=CLOSED_FORM)
    # 4 dB leave 0.398 of the power: (1 - 0.398)² is -4.41 dB.
    assert "up to 4.4 dB too high" in finding.message
    profile = SpectralProfile(frequencies_thz=(190.0, 197.0), values=(0.2, 0.25))
    assert told(plant, replace(short, loss_db_per_km=profile)) == told(plant, short)
    own = replace(glass, raman_gain=plant[0]["glass 2"].raman_gain)
    assert told(plant, own) == [("gain-not-used", "glass 1", "raman_gain", Severity.WARNING)]
