from dataclasses import replace

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import CableId, OperatorId, SiteId
from karakoram.network.lookup import folded, records_from_words, site_id_from_word
from tests.support.small_corridor import small_network


@pytest.fixture(scope="module")
def network():
    return small_network()


@pytest.mark.parametrize(
    ("word", "site_id"),
    [
        ("KHI", "KHI"),
        ("khi", "KHI"),
        ("cls-cyb", "CLS-CYB"),
        ("Karachi", "KHI"),
        ("urumqi", "URC"),
        ("Ürümqi", "URC"),
        ("Rawalpindi", "RWP"),
        ("rawalpindi (sco hq / interconnect)", "RWP"),
        ("al jubail", "JUB"),
        ("Hawksbay", "CLS-HWK"),
        ("site:KHI", "KHI"),
        ("Site:karachi", "KHI"),
        ("  Gilgit ", "GIL"),
    ],
)
def test_a_site_is_found_by_identifier_or_name_however_it_is_spelled(network, word, site_id):
    assert site_id_from_word(network, word) == site_id


def test_an_identifier_as_written_wins_over_one_in_another_case(network):
    lower = replace(network.sites[SiteId("KHI")], site_id=SiteId("khi"), name="Other")
    both = replace(network, sites={**network.sites, SiteId("khi"): lower})
    assert site_id_from_word(both, "khi") == "khi"
    assert site_id_from_word(both, "KHI") == "KHI"


def test_a_name_that_fits_several_sites_is_refused_with_all_of_them(network):
    with pytest.raises(NotFoundError) as refusal:
        site_id_from_word(network, "cable landing station")
    assert "CLS-CYB" in str(refusal.value)
    assert "CLS-HWK" in str(refusal.value)
    assert refusal.value.near_misses == ()


@pytest.mark.parametrize(
    ("word", "meant"),
    [("Gilgt", "GIL (Gilgit)"), ("Rawalpndi", "RWP"), ("Ürümci", "URC"), ("CLS-CYP", "CLS-CYB")],
)
def test_an_unknown_word_is_answered_with_near_misses(network, word, meant):
    with pytest.raises(NotFoundError) as refusal:
        site_id_from_word(network, word)
    assert any(miss.startswith(meant) for miss in refusal.value.near_misses)
    assert repr(word) in str(refusal.value)


@pytest.mark.parametrize("word", ["", " ", "()", "xyzzy"])
def test_a_word_like_nothing_is_refused_without_a_guess(network, word):
    with pytest.raises(NotFoundError) as refusal:
        site_id_from_word(network, word)
    assert refusal.value.near_misses == ()


def test_exclusions_may_name_a_site_a_span_an_operator_or_a_cable(network):
    words = ("Karachi", "chl-bbs", "Cybernet", "PEACE", "SEA-ME-WE 5")
    found, refusals = records_from_words(network, words)
    assert refusals == ()
    assert found.site_ids == {"KHI"}
    assert found.span_ids == {"CHL-BBS"}
    assert found.operator_ids == {"CYB"}
    assert found.cable_ids == {"PEACE", "SMW5"}


def test_every_unknown_exclusion_is_reported_at_once(network):
    found, refusals = records_from_words(network, ("Gilgt", "KHI", "PEACEFUL", "xyzzy"))
    assert found.site_ids == {"KHI"}
    assert [str(refusal).split("'")[1] for refusal in refusals] == ["Gilgt", "PEACEFUL", "xyzzy"]
    assert refusals[0].near_misses == ("GIL (Gilgit)",)


def _with_an_operator_called_like_a_cable(network):
    peace = replace(network.operators[OperatorId("CYB")], operator_id=OperatorId("PEACE"))
    return replace(network, operators={**network.operators, OperatorId("PEACE"): peace})


def test_an_identifier_of_several_kinds_is_ambiguous_until_its_kind_is_said(network):
    both = _with_an_operator_called_like_a_cable(network)
    _, refusals = records_from_words(both, ("PEACE",))
    assert "operator:PEACE" in str(refusals[0])
    assert "cable:PEACE" in str(refusals[0])
    found, refusals = records_from_words(both, ("cable:PEACE", "Operator:peace"))
    assert refusals == ()
    assert found.cable_ids == {CableId("PEACE")}
    assert found.operator_ids == {OperatorId("PEACE")}


def test_a_word_with_a_colon_that_names_no_kind_is_looked_up_whole(network):
    _, refusals = records_from_words(network, ("planet:KHI",))
    assert "planet:KHI" in str(refusals[0])


def test_folding_keeps_letters_and_digits_only():
    assert folded("  SEA-ME-WE 5 / Ürümqi ") == "sea me we 5 urumqi"
