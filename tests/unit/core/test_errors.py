import pickle

import pytest

from karakoram.core.errors import (
    IllegalTransitionError,
    InvalidDataError,
    KarakoramError,
    NotFoundError,
    RefusedError,
)
from karakoram.core.findings import Finding, Place


def test_invalid_data_carries_and_names_every_finding():
    findings = tuple(
        Finding(code="x", place=Place(table=table), message=f"{table} is wrong")
        for table in ("sites", "spans")
    )
    error = InvalidDataError(findings)
    assert error.findings == findings
    assert str(error) == "sites: sites is wrong; spans: spans is wrong"


def test_what_is_not_found_may_have_near_misses():
    error = NotFoundError("There is no site Gilgt.", near_misses=("Gilgit", "Gilgil"))
    assert str(error) == "There is no site Gilgt. Did you mean Gilgit, Gilgil?"
    assert error.near_misses == ("Gilgit", "Gilgil")


def test_without_near_misses_nothing_is_proposed():
    assert str(NotFoundError("There is no site Q.")) == "There is no site Q."


@pytest.mark.parametrize("kind", [InvalidDataError, NotFoundError, RefusedError])
def test_every_error_is_one_of_ours(kind):
    assert issubclass(kind, KarakoramError)


def test_an_illegal_transition_is_a_refusal():
    assert issubclass(IllegalTransitionError, RefusedError)


def test_findings_survive_the_way_between_processes():
    finding = Finding(code="c", place=Place(table="spans"), message="m")
    again = pickle.loads(pickle.dumps(InvalidDataError((finding,))))
    assert again.findings == (finding,)
    assert str(again) == "spans: m"
