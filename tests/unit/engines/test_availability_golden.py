"""Does the service unavailability reproduce what can be derived without our code?"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from karakoram.engines.availability import service_unavailability

CASES = sorted((Path(__file__).parents[2] / "golden" / "availability").glob("*/case.toml"))


def test_there_are_golden_cases():
    assert len(CASES) >= 5


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_service_unavailability_is_as_derived_by_hand(path):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    names = list(case["unavailability"])
    incidence = np.array([[name in members for name in names] for members in case["paths"]])
    found = service_unavailability(
        np.array(list(case["unavailability"].values())), incidence=incidence
    )
    assert found == pytest.approx(
        case["expected"]["service_unavailability"], rel=case["rtol"], abs=0.0
    )
