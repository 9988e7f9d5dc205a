import pytest

from karakoram.core.provenance import Confidence, Figure, Provenance, weakest

STATED, DERIVED, ASSUMED = Confidence.STATED, Confidence.DERIVED, Confidence.ASSUMED


@pytest.mark.parametrize(
    ("confidences", "result"),
    [
        ((), STATED),
        ((STATED, STATED), STATED),
        ((STATED, DERIVED), DERIVED),
        ((DERIVED, ASSUMED, STATED), ASSUMED),
    ],
)
def test_a_result_is_no_better_than_its_weakest_input(confidences, result):
    assert weakest(confidences) is result


def test_a_figure_carries_its_provenance():
    provenance = Provenance(source="a public specification", confidence=STATED)
    figure = Figure(value=0.2, provenance=provenance)
    assert figure.provenance.source == "a public specification"
    assert (provenance.source_date, provenance.note) == ("", "")
