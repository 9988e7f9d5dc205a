"""Countries, each with its source."""

from karakoram.core.provenance import Confidence
from karakoram.refdata.countries import country_codes, read_countries


def test_every_country_has_two_letters_and_a_source():
    countries = read_countries()
    assert len(countries) == len(country_codes()) == 249
    assert all(len(code) == 2 and code.isupper() and code.isascii() for code in country_codes())
    assert all(each.provenance.confidence is Confidence.STATED for each in countries)
    assert {each.name for each in countries} >= {"Pakistan", "Côte d'Ivoire"}


def test_what_is_reserved_or_withdrawn_is_no_country():
    assert not country_codes() & {"EU", "UK", "SU", "XX", "--"}
