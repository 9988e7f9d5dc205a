import pytest

from karakoram.core.findings import Finding, Place, Severity, errors_of, finding_at


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(table="network"), "network"),
        (Place(table="spans", file="spans.csv"), "spans.csv"),
        (Place(table="spans", row=12), "spans row 12"),
        (Place(table="spans", record="CHL-BBS"), "spans (CHL-BBS)"),
        (Place(table="spans", field="length_km"), "spans, field length_km"),
        (
            Place(table="spans", file="spans.csv", row=12, record="CHL-BBS", field="length_km"),
            "spans.csv row 12 (CHL-BBS), field length_km",
        ),
    ],
)
def test_a_place_reads_as_one_reference(place, text):
    assert str(place) == text


def test_a_finding_says_where_it_is():
    finding = Finding(code="span-length", place=Place(table="spans", row=3), message="too long")
    assert finding.where == "spans row 3"


def test_a_finding_is_an_error_unless_it_says_otherwise():
    place = Place(table="spans")
    error = Finding(code="a", place=place, message="wrong")
    warning = Finding(code="b", place=place, message="odd", severity=Severity.WARNING)
    assert errors_of((warning, error)) == (error,)
    assert errors_of((warning,)) == ()


def test_a_finding_stands_at_as_much_of_a_place_as_is_known():
    whole = finding_at("a", ("spans", "A-B", "length_km"), "wrong")
    assert whole.place == Place(table="spans", record="A-B", field="length_km")
    assert (whole.message, whole.severity) == ("wrong", Severity.ERROR)
    table = finding_at("a", ("spans", None, None), "odd", severity=Severity.WARNING)
    assert (table.where, table.severity) == ("spans", Severity.WARNING)
