from dataclasses import replace
from datetime import date

from karakoram.core.findings import Severity
from karakoram.network.validate_legs import validate_legs
from tests.support.legs import DAY, KEY, OTHER_KEY, keyed_leg, leg, placed

PRICED = {"price_minor": 100, "currency": "USD", "term_months": 36, "bit_rate_gbps": 100.0}


def found(*legs):
    return validate_legs(placed(*legs), on_day=DAY)


def codes(*legs):
    return [finding.code for finding in found(*legs)]


def test_legs_that_fit_together_are_not_found_fault_with():
    assert not found(
        keyed_leg("NOR", "A", "B", risks={"group:S": 3}, z_to=["SUD"], **PRICED),
        keyed_leg("SUD", "B", "Z", risks={"group:S": 3}, a_to=["NOR"], **PRICED),
    )


def test_a_leg_told_twice_is_found_by_name_and_by_what_it_tells():
    one = keyed_leg("NOR", "A", "B", risks={"span:1": 3})
    assert codes(one, one) == ["duplicate-leg"]
    (finding,) = found(one, replace(one, leg_id="NOR:A-B:9"))
    assert finding.code == "duplicate-leg"
    assert "is the same way as legs.csv row 2" in finding.message


def test_two_keys_are_found_once_an_operator_and_name_both_fingerprints():
    legs = [
        keyed_leg("NOR", "A", "B"),
        keyed_leg("SUD", "B", "Z", key=OTHER_KEY),
        keyed_leg("SUD", "C", "Z", key=OTHER_KEY),
    ]
    (finding,) = found(*legs)
    assert finding.code == "key-mismatch"
    assert finding.severity is Severity.ERROR
    assert (finding.place.row, finding.place.field) == (3, "key_fingerprint")
    assert KEY.fingerprint in finding.message
    assert OTHER_KEY.fingerprint in finding.message


def test_two_tokens_for_one_point_are_found_though_the_fingerprints_agree():
    odd = keyed_leg("SUD", "B", "Z", a_site_token=KEY.token("site:b"))
    (finding,) = found(keyed_leg("NOR", "A", "B"), odd)
    assert (finding.code, finding.place.field) == ("point-token-differs", "a_site_token")


def test_prices_that_cannot_be_added_are_found():
    legs = leg("NOR", "A", "B", **PRICED), leg("SUD", "B", "Z", **{**PRICED, "term_months": 12})
    (finding,) = found(*legs)
    assert finding.code == "price-terms-differ"
    assert "100 Gbit/s over 12 months in USD" in finding.message


def test_offers_of_other_days_are_warned_of_once_an_operator():
    old = {"offered_on": date(2025, 1, 1), "valid_to": date(2026, 1, 1)}
    early = leg("MAR", "A", "Z", offered_on=date(2027, 1, 1))
    findings = found(leg("NOR", "A", "B", **old), leg("NOR", "B", "C", **old), early)
    assert [finding.code for finding in findings] == ["not-valid", "not-valid"]
    assert [finding.place.field for finding in findings] == ["valid_to", "offered_on"]
    assert all(finding.severity is Severity.WARNING for finding in findings)
    assert "ceased to hold on 2026-01-01" in findings[0].message


def test_a_hand_over_that_one_side_names_is_warned_of():
    assert codes(leg("NOR", "A", "B", z_to=["SUD"]), leg("SUD", "B", "Z")) == [
        "one-sided-hand-over"
    ]


def test_a_hand_over_to_where_the_other_has_no_leg_is_warned_of():
    findings = found(leg("NOR", "A", "B", z_to=["SUD"]), leg("SUD", "C", "Z"))
    assert [finding.code for finding in findings] == ["unknown-hand-over-point"]
    assert "ask SUD for legs to B" in findings[0].message


def test_an_operator_whose_file_is_not_there_is_not_missed():
    assert not found(leg("NOR", "A", "B", z_to=["SUD"]))


def test_minutes_that_differ_are_warned_of():
    (finding,) = found(
        keyed_leg("NOR", "A", "B", risks={"group:S": 3}),
        keyed_leg("SUD", "B", "Z", risks={"group:S": 5}),
    )
    assert (finding.code, finding.severity) == ("minutes-differ", Severity.WARNING)
    assert "takes 5 minutes a year here and 3 in NOR:A-B:1" in finding.message
