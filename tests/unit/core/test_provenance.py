import pytest

from karakoram.core.provenance import (
    Confidence,
    Figure,
    Provenance,
    computed_from,
    confidence_word,
    derived_confidence,
    weakest,
)

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


def test_what_is_computed_is_never_more_than_derived():
    assert derived_confidence([]) is DERIVED
    assert derived_confidence([STATED, ASSUMED]) is ASSUMED
    sources = [Provenance(source="a page", confidence=each) for each in (STATED, DERIVED)]
    assert computed_from(sources[0]) is DERIVED
    assert computed_from(*sources) is DERIVED


def test_a_confidence_that_nobody_knows_has_no_word():
    assert (confidence_word(STATED), confidence_word(None)) == ("stated", None)
