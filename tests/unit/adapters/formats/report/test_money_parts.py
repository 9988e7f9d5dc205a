import pytest

from tests.support.markup import all_of, text_of
from tests.support.report_pages import DESIGN, ROOT, rows_of, section_of, table_of


def test_the_split_adds_up_and_every_price_line_is_there():
    offer = DESIGN.offers[0]
    split = table_of(section_of(ROOT, "offer-1"), "Split by operator")
    assert str(offer.price.mrc) in text_of(all_of(split, "tfoot")[0])
    shares = [float(row[3].removesuffix(" %")) for row in rows_of(split)]
    assert sum(shares) == pytest.approx(100.0, abs=0.3)
    lines = rows_of(table_of(section_of(ROOT, "offer-1"), "Price lines"))
    assert len(lines) == len(offer.price.lines)
    assert lines[0][3:7] == ["per km of glass, each month", "2,130", "USD 2.5", "USD 5,325.00"]


def test_the_term_is_priced_in_whole_minor_units():
    price = DESIGN.offers[0].price
    whole = (36 * price.mrc.minor + price.nrc.minor) / 100
    assert f"USD {whole:,.2f} over 36 months" in text_of(ROOT)
