import pytest

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.network.records import Status
from karakoram.planning.demand import Protection
from karakoram.planning.route_answers import RouteMetric
from karakoram.usecases.words import (
    bit_rate_gbps_from_text,
    choice_from_word,
    exclusions_reading,
    optional_reading,
    reading,
    refuse_unread,
    sites_reading,
    statuses_reading,
)
from tests.support.small_corridor import small_network


@pytest.mark.parametrize(
    ("text", "bit_rate_gbps"),
    [
        ("400G", 400.0),
        ("400", 400.0),
        (" 400 g ", 400.0),
        ("100g", 100.0),
        ("0.4T", 400.0),
        (".8T", 800.0),
        ("100GbE", 100.0),
        ("400Gbps", 400.0),
        ("400 Gbit/s", 400.0),
        ("400Gb/s", 400.0),
        ("1.2Tb/s", 1_200.0),
        ("2500M", 2.5),
    ],
)
def test_a_bit_rate_is_read_as_people_write_it(text, bit_rate_gbps):
    assert bit_rate_gbps_from_text(text) == pytest.approx(bit_rate_gbps)


@pytest.mark.parametrize(
    "text", ["", "fast", "400X", "400 gigs", "G400", "-400G", "4,000G", "1e3", "400G 100G", "4²"]
)
def test_what_is_no_bit_rate_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="400G or 0.4T") as refusal:
        bit_rate_gbps_from_text(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.parametrize("text", ["0", "0G", "0.0T", "9" * 400])
def test_a_bit_rate_that_is_not_positive_and_finite_is_refused(text):
    with pytest.raises(ValueError, match="greater than 0"):
        bit_rate_gbps_from_text(text)


def test_a_choice_is_known_by_its_value_whatever_the_case():
    assert choice_from_word("NONE", Protection) is Protection.NONE
    assert choice_from_word(" 1+1 ", Protection) is Protection.ONE_PLUS_ONE
    assert choice_from_word("Price", RouteMetric) is RouteMetric.PRICE
    assert choice_from_word("In-Service", Status) is Status.IN_SERVICE
    assert choice_from_word("in service", Status) is Status.IN_SERVICE


def test_a_wrong_choice_is_answered_with_every_choice_and_a_near_miss():
    with pytest.raises(NotFoundError) as refusal:
        choice_from_word("1:1", Protection)
    assert "none, 1+1" in str(refusal.value)
    assert refusal.value.near_misses == ("1+1",)


def test_the_reasons_of_every_reading_are_told_at_once():
    readings = (
        reading("bit_rate", "fast", bit_rate_gbps_from_text),
        reading("bit_rate", "400G", bit_rate_gbps_from_text),
        statuses_reading(("plannd", "option", "xyz")),
    )
    with pytest.raises(InvalidDataError) as refusal:
        refuse_unread(readings)
    assert [finding.place.field for finding in refusal.value.findings] == [
        "bit_rate",
        "include",
        "include",
    ]
    assert {finding.code for finding in refusal.value.findings} == {
        "question-bit-rate",
        "question-include",
    }


def test_readings_without_reasons_are_let_through():
    read = reading("bit_rate", "400G", bit_rate_gbps_from_text)
    refuse_unread((read,))
    assert read.value == 400.0


def test_a_reading_with_a_reason_has_no_value():
    with pytest.raises(AssertionError):
        _ = reading("bit_rate", "fast", bit_rate_gbps_from_text).value


def test_sites_keep_their_order_and_unknown_ones_are_all_told():
    network = small_network()
    assert sites_reading("via", ("Karachi", "Gilgit"), network=network).value == ("KHI", "GIL")
    wrong = sites_reading("via", ("Karachy", "GIL", "Chillas"), network=network)
    assert wrong.read is None
    assert len(wrong.findings) == 2


def test_in_service_is_always_among_the_statuses():
    assert statuses_reading(()).value == {Status.IN_SERVICE}
    assert statuses_reading(("option",)).value == {Status.IN_SERVICE, Status.OPTION}


def test_exclusions_are_told_apart_by_kind():
    network = small_network()
    avoid = exclusions_reading(("PEACE", "Karachi", "SCO", "CHL-BBS"), network=network)
    assert avoid.findings == ()
    assert avoid.value.cable_ids == {"PEACE"}
    assert avoid.value.site_ids == {"KHI"}
    assert avoid.value.operator_ids == {"SCO"}
    assert avoid.value.span_ids == {"CHL-BBS"}


def test_an_empty_word_where_none_is_needed_means_nothing_and_is_no_mistake():
    nothing = optional_reading("bit_rate", "", bit_rate_gbps_from_text)
    assert (nothing.read, nothing.findings) == (None, ())
    assert optional_reading("bit_rate", "400G", bit_rate_gbps_from_text).value == 400.0
    (wrong,) = optional_reading("bit_rate", "fast", bit_rate_gbps_from_text).findings
    assert wrong.place.field == "bit_rate"
