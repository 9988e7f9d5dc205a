"""Bands and uncertainties say where they come from."""

from dataclasses import replace

import pytest

from karakoram.core.provenance import Confidence
from karakoram.refdata.optical_planning import (
    UncertainFigure,
    read_optical_bands,
    read_optical_uncertainties,
)


def test_bands_do_not_overlap_and_are_assumed():
    c_band, l_band = read_optical_bands()
    assert l_band.upper_thz < c_band.lower_thz
    assert all(
        band.provenance.confidence is Confidence.ASSUMED and band.provenance.note
        for band in (c_band, l_band)
    )


def test_every_kind_of_figure_has_one_uncertainty_with_its_source():
    records = read_optical_uncertainties()
    assert [one.figure for one in records] == list(UncertainFigure)
    for one in records:
        assert one.provenance.source
        assert one.provenance.confidence is not Confidence.STATED
        assert one.own_spread > 0.0


def test_a_band_without_width_is_refused():
    with pytest.raises(ValueError, match=r"upper_thz must be above lower_thz 191\.3"):
        replace(read_optical_bands()[0], upper_thz=191.3)
