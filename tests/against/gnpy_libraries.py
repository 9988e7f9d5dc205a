"""GNPy's equipment files read by us and by GNPy, once for all comparisons of files."""

import logging

import pytest
from gnpy.tools import json_io as gnpy_io

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from tests.support.gnpy_oracle import DATA, EQUIPMENT


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """GNPy speaks of every default it takes."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def libraries():
    """Ours and theirs, by file."""
    return {
        file: (
            read_gnpy_equipment(DATA / file).required(),
            gnpy_io.load_equipment(DATA / file),
        )
        for file in EQUIPMENT
    }
